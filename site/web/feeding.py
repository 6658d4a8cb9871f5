"""Feeds: what is followed, entry by entry, written as Atom or as JSON Feed 1.1."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from markupsafe import Markup

from stories.models import Caution, Comment, Rejoinder, Story, Translation, Update
from stories.models import Response as Answer
from stories.models.codes import Target, Visibility
from stories.reading import listing
from stories.reading.listing import Card
from stories.reading.story import StoryPage
from web.addresses import (
    absolute,
    comment_url,
    member_url,
    page_url,
    story_url,
    translation_url,
)
from web.i18n import gettext as _
from web.i18n import language
from web.rendering.telling import warned
from web.understanding import wanted

FOUNDED = 2026
LONG_AGO = datetime(FOUNDED, 1, 1, tzinfo=UTC)
JSON_FEED = "https://jsonfeed.org/version/1.1"

Said = Update | Answer | Rejoinder


@dataclass(frozen=True)
class Entry:
    """One entry; `html` is clean, `words` are plain."""

    title: str
    id: str
    address: str
    language: str
    author: str
    published: datetime
    updated: datetime
    words: str = ""
    html: str = ""
    home: str = ""
    translator: str = ""
    about: list[str] = field(default_factory=list)
    warnings: list[Caution] = field(default_factory=list)


@dataclass(frozen=True)
class Feed:
    """A feed, the newest entry first; `older` is the address of the next page."""

    title: str
    id: str
    address: str
    entries: list[Entry]
    older: str = ""
    warnings: list[Caution] = field(default_factory=list)

    @property
    def updated(self) -> datetime:
        """When its newest entry last moved."""
        return max((entry.updated for entry in self.entries), default=LONG_AGO)


def sent(feed: Feed, form: str) -> Response:
    """The feed as it goes out, `form` being atom or json."""
    kind, write = FORMS[form]
    return Response(write(feed), mimetype=kind)


def here(query: str = "") -> str:
    """The full address of this feed, with another query where one is given."""
    asked = f"{request.path}?{query}" if query else request.full_path.rstrip("?")
    return absolute(asked)


def tag(path: str) -> str:
    """An id that stays when addresses change (RFC 4151)."""
    host = urlsplit(str(current_app.config["ADDRESS"])).hostname
    return f"tag:{host},{FOUNDED}:{path}"


def of_cards(cards: Iterable[Card]) -> list[Entry]:
    """Stories in a list, with their first words."""
    return [
        replace(
            _warned(_of_card(card), card.cautions),
            about=[company.name for company in card.companies],
        )
        for card in cards
    ]


def _of_card(card: Card) -> Entry:
    """In a language that the feed keeps to, where somebody has translated it."""
    told = listing.told_in(card, wanted())
    if told is None:
        return _entry(card.story, card.excerpt)
    return _translated(card.story, told.row, words=listing.opening(told.begin))


def _translated(story: Story, row: Translation, words: str) -> Entry:
    return replace(
        _entry(story, words),
        title=row.title,
        id=tag(f"translation/{row.id}"),
        address=translation_url(story.id, row.title, row.language),
        language=row.language,
        published=row.posted_at,
        translator=row.translator.display_name if row.translator else "",
    )


def of_story(page: StoryPage, remarks: Iterable[Comment]) -> list[Entry]:
    """A story, and what its author, companies and readers added to it."""
    first = _warned(_entry(page.story, html=page.story.html), page.added.cautions)
    said = (_remark(page.story, row) for row in remarks)
    told = (
        _translated(page.story, row, row.title)
        for row in page.translations
        if row.target == Target.STORY
    )
    entries = [first, *told, *_additions(page), *said]
    return sorted(entries, key=lambda entry: entry.published, reverse=True)


def _entry(story: Story, words: str = "", html: str = "") -> Entry:
    return Entry(
        title=story.title,
        id=tag(f"story/{story.id}/text"),
        address=story_url(story),
        language=story.language,
        author=_author(story),
        home=member_url(story.author) if story.author else "",
        published=story.published_at,
        updated=story.last_activity_at,
        words=words,
        html=html,
    )


def _warned(entry: Entry, cautions: list[Caution]) -> Entry:
    """The entry, with what readers are warned of before its words."""
    lines = list(map(warned, cautions))
    before = Markup("").join(map(Markup("<p><strong>{}</strong></p>").format, lines))
    return replace(
        entry,
        warnings=cautions,
        words="\n".join(filter(None, (*lines, entry.words))),
        html=before + Markup(entry.html) if entry.html else "",  # noqa: S704 - clean
    )


def _author(story: Story) -> str:
    return listing.author(story) or _("Anonymous")


def _additions(page: StoryPage) -> Iterator[Entry]:
    said: list[Said] = [*page.story.updates, *page.responses, *page.rejoinders]
    shown = (row for row in said if row.visibility == Visibility.PUBLIC)
    return (_addition(page.story, row) for row in shown)


def _addition(story: Story, row: Said) -> Entry:
    kind, posted = row.__tablename__, _posted(row)
    author = row.company_name if isinstance(row, Answer) else _author(story)
    return Entry(
        title=story.title,
        id=tag(f"{kind}/{row.id}"),
        address=story_url(story, _anchor=f"{kind}-{row.id}"),
        language=row.language,
        author=author,
        published=posted,
        updated=row.amended_at or posted,
        html=row.html,
    )


def _posted(row: Said) -> datetime:
    return row.published_at if isinstance(row, Update) else row.posted_at


def _remark(story: Story, row: Comment) -> Entry:
    name = row.author.display_name if row.author else row.guest_name
    return Entry(
        title=story.title,
        id=tag(f"comment/{row.id}"),
        address=comment_url(story, row),
        language=row.language,
        author=name or _("Anonymous"),
        published=row.posted_at,
        updated=row.amended_at or row.posted_at,
        html=row.html,
    )


def _atom(feed: Feed) -> str:
    return render_template("feeds/feed.xml", feed=feed, here=here())


def _json(feed: Feed) -> str:
    body = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": absolute(feed.address),
        "feed_url": here(),
        "description": "\n".join(map(warned, feed.warnings)),
        "next_url": feed.older,
        "language": language(),
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(_given(body), ensure_ascii=False)


def _item(entry: Entry) -> dict[str, Any]:
    author = {"name": entry.author, "url": entry.home and absolute(entry.home)}
    item = {
        "id": entry.id,
        "url": absolute(entry.address),
        "title": entry.title,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.words or entry.title,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [_given(author)],
        "language": "" if entry.language == "und" else entry.language,
        "tags": entry.about,
        "_translation": {"translator": entry.translator} if entry.translator else "",
        "_earshot": _known(entry.warnings),
    }
    return _given(item)


def _known(cautions: list[Caution]) -> dict[str, Any] | str:
    """What programs can read of warnings: an extension, as JSON Feed allows them."""
    told = [
        {"concern": each.concern, "since": each.since.isoformat(), "by": each.by}
        for each in cautions
    ]
    meant = absolute(page_url("how-it-works", _anchor="warnings"))
    return {"about": meant, "warnings": told} if told else ""


def _given(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known; a feed without entries still has their list."""
    return {k: v for k, v in data.items() if v not in ("", []) or k == "items"}


FORMS: dict[str, tuple[str, Callable[[Feed], str]]] = {
    "atom": ("application/atom+xml", _atom),
    "json": ("application/feed+json", _json),
}
"""Each form with its media type."""
