"""What machines ask for: every address of the site, in bounded files."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, load_only

from stories.entries import MOST_ID
from stories.models import (
    Company,
    Mention,
    Product,
    Story,
    Translation,
    mention_product,
)
from stories.models.codes import Target, Visibility
from stories.reading.translated import SHOWN

MOST = 2_000
"""The numbers of stories, companies or products in one file."""


@dataclass(frozen=True)
class Parts:
    """How many files there are of each."""

    stories: int
    companies: int
    products: int


def parts(db: Session) -> Parts:
    """Files by the highest numbers: no count grows with the tables."""
    last = db.execute(
        select(
            select(func.max(Story.id)).scalar_subquery(),
            select(func.max(Company.id)).scalar_subquery(),
            select(func.max(Product.id)).scalar_subquery(),
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


def translations(db: Session, part: int) -> dict[int, list[Translation]]:
    """The translations of the public stories of one file, by story."""
    wanted = (
        select(Translation)
        .join(Story, Story.id == Translation.story_id)
        .where(
            Translation.story_id.between(*_range(part)),
            Story.visibility == Visibility.PUBLIC,
            Translation.target == Target.STORY,
            SHOWN,
        )
        .options(
            load_only(Translation.story_id, Translation.title, Translation.language)
        )
    )
    found: dict[int, list[Translation]] = {}
    for row in db.scalars(wanted.order_by(Translation.story_id, Translation.language)):
        found.setdefault(row.story_id, []).append(row)
    return found


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


def products(db: Session, part: int) -> list[Product]:
    """The products of one file that some story names."""
    bought = mention_product.c.product_id == Product.id
    named = select(mention_product.c.mention_id).where(bought).exists()
    return list(
        db.scalars(
            select(Product)
            .where(
                Product.id.between(*_range(part)),
                Product.merged_into_id.is_(None),
                named,
            )
            .options(load_only(Product.id, Product.name))
            .order_by(Product.id)
        )
    )


def _range(part: int) -> tuple[int, int]:
    part = min(part, MOST_ID // MOST)
    return (part - 1) * MOST + 1, part * MOST
