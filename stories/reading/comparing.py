"""What is compared: companies or products, as an address or a reader names them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from stories import companies
from stories.models import Company, Product, mention_product
from stories.text import fold

Row = TypeVar("Row", Company, Product)
MOST = 4
"""More than these nobody sees side by side."""


def found_companies(db: Session, numbers: Sequence[int]) -> list[Company]:
    """The companies of these numbers, or those that they were merged into."""
    rows = db.scalars(select(Company).where(Company.id.in_(numbers)))
    known = {row.id: companies.living(db, row) for row in rows}
    return _each_once(known[number] for number in numbers if number in known)


def found_products(db: Session, numbers: Sequence[int]) -> list[Product]:
    """The products of these numbers, or those that they were merged into, each with
    its company."""
    rows = db.scalars(select(Product).where(Product.id.in_(numbers)))
    living = {row.id: companies.living_product(db, row).id for row in rows}
    wanted = select(Product).where(Product.id.in_(living.values()))
    known = {
        row.id: row for row in db.scalars(wanted.options(joinedload(Product.company)))
    }
    return _each_once(known[living[number]] for number in numbers if number in living)


def company_called(
    db: Session, name: str, beside: Sequence[int] = ()
) -> Company | None:
    """The company that a reader means by a name: the first that is called so, but none
    of the numbers that it is put beside."""
    called = companies.called(db, name)
    return next((each for each in called if each.id not in beside), None)


def product_called(
    db: Session, name: str, beside: Sequence[int] = ()
) -> Product | None:
    """The product that a reader means by a name: of those called so the one with most
    stories, but none of the numbers that it is put beside."""
    stories = (
        select(func.count())
        .where(mention_product.c.product_id == Product.id)
        .scalar_subquery()
    )
    called = (
        (Product.folded == fold(name))
        & Product.id.not_in(beside)
        & Product.merged_into_id.is_(None)
    )
    return db.scalars(
        select(Product).where(called).order_by(stories.desc(), Product.id).limit(1)
    ).first()


def _each_once(rows: Iterable[Row]) -> list[Row]:
    return list(dict.fromkeys(rows))[:MOST]
