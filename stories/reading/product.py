"""A product's page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories.models import Product
from stories.problems import Missing
from stories.reading import listing
from stories.reading.listing import Page


@dataclass(frozen=True)
class ProductPage:
    """A product, with its company, and its stories; `merged_into` is its successor."""

    product: Product
    merged_into: Product | None
    stories: Page


def page(db: Session, number: int, older: int | None = None) -> ProductPage:
    """The product with this number, and its stories from `older` on."""
    product = db.scalar(
        select(Product).where(Product.id == number).options(joinedload(Product.company))
    )
    if product is None:
        raise Missing
    merged = product.merged_into_id
    stories = listing.page(db, listing.with_product(product, older))
    return ProductPage(product, db.get(Product, merged) if merged else None, stories)
