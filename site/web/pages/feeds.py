"""Atom feeds: of the site, a company, a product, and of what followed a story."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, current_app, render_template, request

from stories.models import Rejoinder, Story, Update
from stories.models import Response as Answer
from stories.models.codes import CommentState, Visibility
from stories.reading import company as companies
from stories.reading import home, searching
from stories.reading import product as products
from stories.reading import story as stories
from stories.reading.listing import Card
from stories.reading.story import StoryPage
from web import asking
from web.addresses import (
    comment_url,
    company_url,
    page_url,
    product_url,
    search_url,
    story_url,
)
from web.cache import cached
from web.db import db
from web.editions import of_company, of_product, of_site, of_story
from web.finding import index
from web.i18n import gettext as _
from web.limits import limited

FOUNDED = 2026
LONG_AGO = datetime(FOUNDED, 1, 1, tzinfo=UTC)

Said = Update | Answer | Rejoinder

pages = Blueprint("feeds", __name__)


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


@dataclass(frozen=True)
class Feed:
    """A feed, the newest entry first."""

    title: str
    id: str
    address: str
    entries: list[Entry]

    @property
    def updated(self) -> datetime:
        """When its newest entry last moved."""
        return max((entry.updated for entry in self.entries), default=LONG_AGO)


@pages.get("/stories.atom")
@cached(of_site)
def site() -> Response:
    """The newest stories."""
    entries = _cards(home.stories(db).cards)
    return _sent(Feed("Earshot", _tag("stories"), page_url("stories"), entries))


@pages.get("/companies/<int:company>.atom")
@cached(of_company)
def company(company: int) -> Response:
    """The newest stories about a company."""
    page = companies.page(db, company)
    row = page.company
    title = _("Stories about %(company)s", company=row.name)
    entries = _cards(page.stories.cards)
    return _sent(Feed(title, _tag(f"company/{row.id}"), company_url(row), entries))


@pages.get("/products/<int:product>.atom")
@cached(of_product)
def product(product: int) -> Response:
    """The newest stories about a product."""
    page = products.page(db, product)
    row = page.product
    title = _("Stories about %(product)s", product=row.name)
    entries = _cards(page.stories.cards)
    return _sent(Feed(title, _tag(f"product/{row.id}"), product_url(row), entries))


@pages.get("/stories/<int:story>.atom")
@cached(of_story)
def story(story: int) -> Response:
    """A story, and what its author, companies and readers added to it."""
    page = stories.page(db, story, None)
    row = page.story
    entries = [_first(page), *_additions(page), *_remarks(page)]
    entries.sort(key=lambda entry: entry.published, reverse=True)
    return _sent(Feed(row.title, _tag(f"story/{row.id}"), story_url(row), entries))


@pages.get("/search.atom")
@limited("search")
def search() -> Response:
    """The newest stories that fit a search, asked with the words of its page."""
    asked = asking.asked(db, request.args)
    question = replace(asking.uncounted(asked), sort="newest", offset=0)
    cards = searching.results(db, index(), question).cards
    words = asked.words.to_dict(flat=False)
    title = _("Search: %(words)s", words=asked.words.get("q", ""))
    feed = Feed(
        title,
        _tag(f"search?{urlencode(words, doseq=True)}"),
        search_url(**words),
        _cards(cards),
    )
    return _sent(feed)


def _sent(feed: Feed) -> Response:
    body = render_template("feeds/feed.xml", feed=feed)
    return Response(body, mimetype="application/atom+xml")


def _tag(path: str) -> str:
    """An id that stays when addresses change (RFC 4151)."""
    host = urlsplit(str(current_app.config["ADDRESS"])).hostname
    return f"tag:{host},{FOUNDED}:{path}"


def _author(story: Story) -> str:
    if story.author is not None:
        return story.author.display_name
    return story.author_name or _("Anonymous")


def _cards(cards: Iterable[Card]) -> list[Entry]:
    return [_entry(card.story, words=card.excerpt) for card in cards]


def _entry(story: Story, words: str = "", html: str = "") -> Entry:
    return Entry(
        title=story.title,
        id=_tag(f"story/{story.id}/text"),
        address=story_url(story),
        language=story.language,
        author=_author(story),
        published=story.published_at,
        updated=story.last_activity_at,
        words=words,
        html=html,
    )


def _first(page: StoryPage) -> Entry:
    return _entry(page.story, html=page.story.html)


def _additions(page: StoryPage) -> Iterable[Entry]:
    said: list[Said] = [*page.story.updates, *page.responses, *page.rejoinders]
    shown = (row for row in said if row.visibility == Visibility.PUBLIC)
    return (_addition(page.story, row) for row in shown)


def _addition(story: Story, row: Said) -> Entry:
    kind, posted = row.__tablename__, _posted(row)
    author = row.company_name if isinstance(row, Answer) else _author(story)
    return Entry(
        title=story.title,
        id=_tag(f"{kind}/{row.id}"),
        address=story_url(story, _anchor=f"{kind}-{row.id}"),
        language=row.language,
        author=author,
        published=posted,
        updated=row.amended_at or posted,
        html=row.html,
    )


def _posted(row: Said) -> datetime:
    return row.published_at if isinstance(row, Update) else row.posted_at


def _remarks(page: StoryPage) -> Iterable[Entry]:
    for thread in page.threads:
        for row in (thread.comment, *thread.replies):
            if row.state == CommentState.PUBLIC:
                name = row.author.display_name if row.author else row.guest_name
                yield Entry(
                    title=page.story.title,
                    id=_tag(f"comment/{row.id}"),
                    address=comment_url(page.story, row),
                    language=row.language,
                    author=name or _("Anonymous"),
                    published=row.posted_at,
                    updated=row.amended_at or row.posted_at,
                    html=row.html,
                )
