"""Cards of stories, and the passages that a search shows in them, kept by the version
of their story."""

from collections.abc import Mapping
from typing import NamedTuple, TypeVar, cast

from flask import Flask, current_app, g
from markupsafe import Markup, escape

from stories.models import Company, now
from stories.reading import listing, searching
from stories.reading.listing import Card
from stories.reading.searching import Passage
from web.db import db
from web.keeping import Local
from web.release import release
from web.understanding import wanted

MOST_BYTES = 4 * 1024 * 1024
LEVEL = 3
"""Of the headings of cards on the search page."""
HOLE = Markup("<!--excerpt-->")
"""What nobody can write: people's words are escaped."""


class Cut(NamedTuple):
    """A card around its excerpt, and as it is without one; `told` is the translation
    that it shows, if it shows one."""

    tag: str
    before: str
    excerpt: str
    after: str
    bare: str
    told: int = 0

    @property
    def size(self) -> int:
        """Bytes in memory, about."""
        return 500 + 2 * sum(map(len, self[:-1]))

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
    app.jinja_env.globals["drawn"] = drawn


def drawn(card: Card, level: int = 2, names: str = "all") -> Markup:
    """A card in a list; `names="none"`: all in the list are about one company."""
    tag, before = _tag(card.story.version, _stamp()), _before(level, names)
    kept = _found(Cut, before, {card.story.id: card.story.version})
    cut = kept.get(card.story.id)
    if cut is None:
        about = card.companies if names == "all" else []
        cut = _cut(card, about, level, tag)
        _keep(f"{before} {card.story.id}", cut)
    return cut.around("")


def shown(versions: Versions, words: str = "") -> list[Markup]:
    """The cards of stories at these versions, in this order; where words are given,
    each with the passage that answers them best."""
    cards = _cards(versions)
    told = {number: each.told for number, each in cards.items() if each.told}
    passages = _passages(versions, words, told) if words else {}
    return [
        cards[number].around(passages[number].html if number in passages else "")
        for number in versions
        if number in cards
    ]


def _cards(versions: Versions) -> dict[int, Cut]:
    before = _before(LEVEL, "all")
    found, stamp = _found(Cut, before, versions), _stamp()
    for card in listing.cards(db, [each for each in versions if each not in found]):
        number = card.story.id
        tag = _tag(versions[number], stamp)
        found[number] = _cut(card, card.companies, LEVEL, tag)
        _keep(f"{before} {number}", found[number])
    return found


def _before(level: int, names: str) -> str:
    """What the key of a card begins with: all that it depends on but its story."""
    return f"{' '.join(wanted())} {level} {names} {g.get('time_zone', '')}"


def _cut(card: Card, about: list[Company], level: int, tag: str) -> Cut:
    told = listing.told_in(card, wanted())
    macros = current_app.jinja_env.get_template("macros/card.html").module
    made = macros.card(  # type: ignore[attr-defined]
        card.story,
        about,
        HOLE,
        card.steps,
        card.effort,
        card.answers,
        card.cautions,
        card.same,
        told.row if told else None,
        level=level,
    )
    before, _, after = str(made).partition(HOLE)
    excerpt = str(escape(listing.opening(told.begin) if told else card.excerpt))
    bare = "" if excerpt else _bare(before, after)
    return Cut(tag, before, excerpt, after, bare, told.row.id if told else 0)


def _bare(before: str, after: str) -> str:
    """Without the paragraph of the excerpt."""
    return before.rpartition("<p ")[0] + after.partition("</p>")[2]


def _passages(
    versions: Versions, words: str, told: Mapping[int, int]
) -> dict[int, Words]:
    plain = {each: at for each, at in versions.items() if each not in told}
    found, stamp = _found(Words, words, plain), _stamp()
    missing = [each for each in plain if each not in found]
    for number, passage in searching.told_passages(db, told, words).items():
        found[number] = Words("", marked(passage))
    for number, passage in searching.passages(db, missing, words).items():
        found[number] = Words(_tag(versions[number], stamp), marked(passage))
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
    store, stamp = _store(), _stamp()
    kept = ((number, store.get(f"{before} {number}")) for number in versions)
    return {
        number: each
        for number, each in kept
        if isinstance(each, kind) and each.tag == _tag(versions[number], stamp)
    }


def _keep(key: str, thing: Cut | Words) -> None:
    if not current_app.debug:
        _store().put(key, thing)


def _store() -> Local[Cut | Words]:
    return cast("Local[Cut | Words]", current_app.extensions["cards"])


def _tag(version: int, stamp: str) -> str:
    return f"{version}-{stamp}"


def _stamp() -> str:
    """What makes a card stale without a deed: another release, another day."""
    return f"{release()}-{now():%y%m%d}"
