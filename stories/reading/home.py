"""The first page: what is new, and what has moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, null, select, union_all
from sqlalchemy.orm import Session, load_only

from stories.models import Response, Story, Update
from stories.models.codes import Visibility
from stories.reading import listing
from stories.reading.listing import Page

NEWEST = 10
LATEST = 8
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


def page(db: Session) -> HomePage:
    """The first page, in three statements."""
    return HomePage(listing.page(db, listing.newest(), NEWEST), latest(db))


def stories(db: Session, older: int | None = None) -> Page:
    """All stories, newest first."""
    return listing.page(db, listing.newest(older))


def latest(db: Session, most: int = LATEST) -> list[News]:
    """The latest updates and answers of public stories, in one statement."""
    said = union_all(*(_newest(table, most) for table in (Update, Response))).subquery()
    rows = db.execute(
        select(said, Story)
        .join(Story, Story.id == said.c.story_id)
        .options(load_only(Story.id, Story.title, Story.language, Story.kind))
        .order_by(said.c.at.desc(), said.c.id.desc())
        .limit(most)
    )
    return [
        News(
            story=row.Story,
            number=row.id,
            at=row.at,
            language=row.language,
            words=listing.opening(row.words),
            company=row.company,
        )
        for row in rows
    ]


def _newest(table: type[Update] | type[Response], most: int) -> Select[Any]:
    answers = table is Response
    at = Response.posted_at if answers else Update.published_at
    newest = (
        select(
            table.id,
            table.story_id,
            at.label("at"),
            table.language,
            func.substr(table.html, 1, OPENING).label("words"),
            (Response.company_name if answers else null()).label("company"),
        )
        .join(Story, Story.id == table.story_id)
        .where(
            table.visibility == Visibility.PUBLIC,
            Story.visibility == Visibility.PUBLIC,
        )
        .order_by(at.desc())
        .limit(most)
    )
    return select(newest.subquery())
