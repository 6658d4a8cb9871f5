"""What is compared: companies or products, as an address or a reader names them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories import companies
from stories.models import Company, Product

Row = TypeVar("Row", Company, Product)
MOST = 4
"""More than these nobody sees side by side."""


def found_companies(db: Session, numbers: Sequence[int]) -> list[Company]:
    """The companies of these numbers, or those that they were merged into."""
    rows = db.scalars(select(Company).where(Company.id.in_(numbers)))
    known = {row.id: companies.living(db, row) for row in rows}
    return _each_once(known[number] for number in numbers if number in known)


def found_products(db: Session, numbers: Sequence[int]) -> list[Product]:
    """The products of these numbers, each with its company."""
    wanted = select(Product).where(Product.id.in_(numbers))
    rows = db.scalars(wanted.options(joinedload(Product.company)))
    known = {row.id: row for row in rows}
    return _each_once(known[number] for number in numbers if number in known)


def company_called(db: Session, name: str) -> Company | None:
    """The company that a reader means by a name: the first that is called so."""
    return next(iter(companies.called(db, name)), None)


def _each_once(rows: Iterable[Row]) -> list[Row]:
    return list(dict.fromkeys(rows))[:MOST]
