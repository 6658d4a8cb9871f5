"""All products of a company, by name or by how many stories are about them."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.counting import stories_about
from stories.models import Company, Product

PAGE = 60
LAST_PAGE = 200


class Order(StrEnum):
    """How the products stand."""

    NAME = "name"
    STORIES = "stories"


@dataclass(frozen=True)
class Sold:
    """A product, and how many stories are about it."""

    product: Product
    stories: int


@dataclass(frozen=True)
class Products:
    """One page of them, and whether there is another."""

    entries: list[Sold]
    more: bool


_stories = stories_about(Product.company_id, Product.id)
_ORDERS = {
    Order.NAME: (Product.folded, Product.id),
    Order.STORIES: (_stories.desc(), Product.folded, Product.id),
}


def page(db: Session, company: Company, order: Order, number: int = 1) -> Products:
    """One page of a company's products, pages being numbered from 1."""
    of = Product.company_id == company.id, Product.merged_into_id.is_(None)
    listed = select(Product, _stories).where(*of).order_by(*_ORDERS[order])
    first = (min(max(number, 1), LAST_PAGE) - 1) * PAGE
    rows = db.execute(listed.offset(first).limit(PAGE + 1)).all()
    return Products([Sold(*row) for row in rows[:PAGE]], len(rows) > PAGE)
