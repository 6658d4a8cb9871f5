"""What machines ask for: every address of the site, in bounded files."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from stories.entries import MOST_ID
from stories.models import Company, Mention, Story
from stories.models.codes import Visibility

MOST = 2_000
"""The numbers of stories or companies in one file."""


@dataclass(frozen=True)
class Parts:
    """How many files of stories and of companies there are."""

    stories: int
    companies: int


def parts(db: Session) -> Parts:
    """Files by the highest numbers: no count grows with the tables."""
    last = db.execute(
        select(
            select(func.max(Story.id)).scalar_subquery(),
            select(func.max(Company.id)).scalar_subquery(),
        )
    ).one()
    return Parts(*(-(-(number or 0) // MOST) for number in last))


def stories(db: Session, part: int) -> list[Story]:
    """The public stories of one file."""
    return list(
        db.scalars(
            select(Story)
            .where(
                Story.id.between(*_range(part)),
                Story.visibility == Visibility.PUBLIC,
            )
            .options(
                load_only(Story.id, Story.title, Story.language, Story.last_activity_at)
            )
            .order_by(Story.id)
        )
    )


def companies(db: Session, part: int) -> list[Company]:
    """The companies of one file that some story names."""
    named = select(Mention.id).where(Mention.company_id == Company.id).exists()
    return list(
        db.scalars(
            select(Company)
            .where(
                Company.id.between(*_range(part)),
                Company.merged_into_id.is_(None),
                named,
            )
            .options(load_only(Company.id, Company.name))
            .order_by(Company.id)
        )
    )


def _range(part: int) -> tuple[int, int]:
    part = min(part, MOST_ID // MOST)
    return (part - 1) * MOST + 1, part * MOST
