"""A product's page, and products by name."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from stories import companies
from stories.models import Product
from stories.models.codes import Outcome
from stories.problems import Missing
from stories.reading import listing, readers
from stories.reading.listing import Page
from stories.text import fold

LAST = "\U0010ffff"
"""Sorts behind every letter."""


@dataclass(frozen=True)
class ProductPage:
    """A product, with its company, and its stories; `merged_into` is its successor.

    `same` tells how it ended for readers to whom it happened too.
    """

    product: Product
    merged_into: Product | None
    stories: Page
    same: list[tuple[Outcome, int]]


def page(
    db: Session, number: int, older: int | None = None, reads: Sequence[str] = ()
) -> ProductPage:
    """The product with this number, and its stories from `older` on, in the languages
    that somebody reads."""
    product = db.scalar(
        select(Product).where(Product.id == number).options(joinedload(Product.company))
    )
    if product is None:
        raise Missing
    merged = product.merged_into_id
    stories = listing.page(db, listing.with_product(product, older), reads=reads)
    successor = db.get(Product, merged) if merged else None
    return ProductPage(product, successor, stories, readers.of_product(db, product))


def found(db: Session, number: int) -> Product:
    """The product with this number, or the one that it was merged into, with its
    company; Missing where there is none."""
    product = db.get(Product, number)
    if product is None:
        raise Missing
    living = companies.living_product(db, product).id
    return db.get_one(
        Product,
        living,
        options=[joinedload(Product.company)],
        populate_existing=True,
    )


def matching(db: Session, typed: str, most: int) -> list[Product]:
    """Products with a name that begins like what was typed, the shortest first, each
    with its company."""
    words = fold(typed.replace("\0", ""))
    if not words:
        return []
    alike = Product.folded.between(words, words + LAST)
    return list(
        db.scalars(
            select(Product)
            .where(alike, Product.merged_into_id.is_(None))
            .options(joinedload(Product.company))
            .order_by(func.length(Product.folded), Product.folded, Product.id)
            .limit(most)
        )
    )


def sold_by(
    db: Session, company_ids: Sequence[int], typed: str, most: int
) -> list[Product]:
    """Products of these companies with a name that has what was typed, those first
    that begin with it, each with its company."""
    words = fold(typed.replace("\0", ""))
    begins = Product.folded.startswith(words, autoescape=True)
    return list(
        db.scalars(
            select(Product)
            .where(
                Product.company_id.in_(company_ids),
                Product.merged_into_id.is_(None),
                Product.folded.contains(words, autoescape=True),
            )
            .options(joinedload(Product.company))
            .order_by(begins.desc(), func.length(Product.folded), Product.folded)
            .limit(most)
        )
    )
