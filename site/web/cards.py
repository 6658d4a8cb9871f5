"""Cards of stories, and the passages that a search shows in them, kept by the version
of their story."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar, cast

from flask import Flask, current_app, g
from markupsafe import Markup, escape

from stories.reading import listing, searching
from stories.reading.listing import Card
from stories.reading.searching import Passage
from web.db import db
from web.editions import Edition, Stand
from web.i18n import language
from web.keeping import Local

MOST_BYTES = 4 * 1024 * 1024
HOLE = Markup("<!--excerpt-->")
"""What nobody can write: people's words are escaped."""


class Cut(NamedTuple):
    """A card around its excerpt, and as it is without one."""

    tag: str
    before: str
    excerpt: str
    after: str
    bare: str

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return 500 + 2 * sum(map(len, self))

    def around(self, passage: str) -> Markup:
        """The card with this passage, else with its own excerpt."""
        words = passage or self.excerpt
        whole = f"{self.before}{words}{self.after}" if words else self.bare
        return Markup(whole)  # noqa: S704 - made by our macro, the words are escaped


class Words(NamedTuple):
    """A passage with the words that were asked for in <mark>."""

    tag: str
    html: str

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return 300 + 2 * len(self.html)


Kept = TypeVar("Kept", Cut, Words)
Versions = Mapping[int, int]


def install(app: Flask) -> None:
    """Keep what is asked for the most."""
    app.extensions["cards"] = Local[Cut | Words](MOST_BYTES)


def shown(versions: Versions, words: str = "") -> list[Markup]:
    """The cards of stories at these versions, in this order; where words are given,
    each with the passage that answers them best."""
    cards, passages = _cards(versions), _passages(versions, words) if words else {}
    return [
        cards[number].around(passages[number].html if number in passages else "")
        for number in versions
        if number in cards
    ]


def _cards(versions: Versions) -> dict[int, Cut]:
    before = f"{language()} {g.get('time_zone', '')}"
    found = _found(Cut, before, versions)
    for card in listing.cards(db, [each for each in versions if each not in found]):
        number = card.story.id
        found[number] = _cut(card, _tag(number, versions[number]))
        _keep(f"{before} {number}", found[number])
    return found


def _cut(card: Card, tag: str) -> Cut:
    macros = current_app.jinja_env.get_template("macros/card.html").module
    story, about, steps = card.story, card.companies, card.steps

    def drawn(excerpt: str) -> str:
        return str(macros.card(story, about, excerpt, steps, level=3))  # type: ignore[attr-defined]

    before, _, after = drawn(HOLE).partition(HOLE)
    bare = "" if card.excerpt else drawn("")
    return Cut(tag, before, str(escape(card.excerpt)), after, bare)


def _passages(versions: Versions, words: str) -> dict[int, Words]:
    found = _found(Words, words, versions)
    missing = [each for each in versions if each not in found]
    for number, passage in searching.passages(db, missing, words).items():
        found[number] = Words(_tag(number, versions[number]), marked(passage))
        _keep(f"{words} {number}", found[number])
    return found


def marked(passage: Passage) -> str:
    """The passage as HTML, with the words that were asked for in <mark>."""
    pieces = (
        f"<mark>{escape(words)}</mark>" if match else escape(words)
        for words, match in passage
    )
    return "".join(pieces)


def _found(kind: type[Kept], before: str, versions: Versions) -> dict[int, Kept]:
    """What is kept and as good as new."""
    store = _store()
    kept = ((number, store.get(f"{before} {number}")) for number in versions)
    return {
        number: each
        for number, each in kept
        if isinstance(each, kind) and each.tag == _tag(number, versions[number])
    }


def _keep(key: str, thing: Cut | Words) -> None:
    if not current_app.debug:
        _store().put(key, thing)


def _store() -> Local[Cut | Words]:
    return cast("Local[Cut | Words]", current_app.extensions["cards"])


def _tag(number: int, version: int) -> str:
    return Edition(Stand("story", "id", number), version).tag
