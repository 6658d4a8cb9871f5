"""The first page: what is new, and what has moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, null, select, union_all
from sqlalchemy.orm import Session, load_only

from stories.languages import understands
from stories.models import Response, Story, Update
from stories.models.codes import Visibility
from stories.reading import listing
from stories.reading.listing import Page

NEWEST = 10
LATEST = 8
SAID = 4 * LATEST
OPENING = 600


@dataclass(frozen=True)
class News:
    """An update by an author, or an answer by a company (`company` says which)."""

    story: Story
    number: int
    at: datetime
    language: str
    words: str
    company: str | None

    @property
    def anchor(self) -> str:
        """Where it stands in its story's page."""
        return f"{'response' if self.company else 'update'}-{self.number}"


@dataclass(frozen=True)
class HomePage:
    """The newest stories, and the latest updates and answers."""

    stories: Page
    news: list[News]


def page(db: Session, reads: Sequence[str] = ()) -> HomePage:
    """The first page, in three statements, for those who read these languages."""
    newest = listing.page(db, listing.newest(), NEWEST, reads)
    return HomePage(newest, latest(db, reads))


def stories(db: Session, older: int | None = None, reads: Sequence[str] = ()) -> Page:
    """All stories, newest first."""
    return listing.page(db, listing.newest(older), reads=reads)


def latest(db: Session, reads: Sequence[str] = ()) -> list[News]:
    """The last that was said in each of the stories that moved last; one statement."""
    newest: dict[int, News] = {}
    for row in db.execute(SAID_LAST):
        if row.story_id not in newest and _can_read(reads, row.language):
            newest[row.story_id] = _news(row)
    return list(newest.values())[:LATEST]


def _can_read(reads: Sequence[str], tag: str) -> bool:
    return not reads or understands(reads, tag)


def _news(row: Any) -> News:
    return News(
        story=row.Story,
        number=row.id,
        at=row.at,
        language=row.language,
        words=listing.opening(row.words),
        company=row.company,
    )


def _newest(table: type[Update] | type[Response]) -> Select[Any]:
    answers = table is Response
    at = Response.posted_at if answers else Update.published_at
    # as a subquery, so that the newest rows are looked at first, not all stories
    seen = select(Story.visibility).where(Story.id == table.story_id)
    newest = (
        select(
            table.id,
            table.story_id,
            at.label("at"),
            table.language,
            func.substr(table.html, 1, OPENING).label("words"),
            (Response.company_name if answers else null()).label("company"),
        )
        .where(
            table.visibility == Visibility.PUBLIC,
            seen.scalar_subquery() == Visibility.PUBLIC,
        )
        .order_by(at.desc())
        .limit(SAID)
    )
    return select(newest.subquery())


def _said_last() -> Select[Any]:
    said = union_all(_newest(Update), _newest(Response)).subquery()
    return (
        select(said, Story)
        .join(Story, Story.id == said.c.story_id)
        .options(load_only(Story.id, Story.title, Story.language, Story.kind))
        .order_by(said.c.at.desc(), said.c.id.desc())
        .limit(SAID)
    )


SAID_LAST = _said_last()
"""Made once: what is newest of each kind, then the newest of these."""
