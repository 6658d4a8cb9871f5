"""What the stories about a company, or a product, add up to (rule 10).

`stories.counting` keeps the counts; here they are read, in one statement and a few rows
however many stories there are, and everything else is arithmetic.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from stories.cases import NO_WORD
from stories.counting import ALL, MONTH, WHOLE, month
from stories.figures.index import EXAMPLE, LEAST, Index, index
from stories.figures.shares import Share
from stories.figures.windows import NO_WORD_CODE, Days, Figures, figures
from stories.models import Company, Figure, Product, now
from stories.models.codes import Measure
from stories.models.figures import ENDED

__all__ = [
    "EXAMPLE",
    "LEAST",
    "NO_WORD_CODE",
    "Days",
    "Figures",
    "Index",
    "Record",
    "Share",
    "month_named",
    "most_decided",
    "of_companies",
    "of_company",
    "of_product",
    "of_products",
    "window_begins",
]

WINDOW = 12
"""Months of the shorter window, before the present one."""
FIRST = -1
"""In the place of a span: the first month in which a case was told."""
ZERO: ColumnElement[int] = literal(0)
EVERY_DAY: ColumnElement[str] = literal("")
PATTERNS = (Measure.ISSUE, Measure.ISSUE_ENDING)

Owner = tuple[int, int]
Numbers = dict[tuple[Measure, str], int]


@dataclass(frozen=True)
class Record:
    """A company's or a product's figures: of all times, and of the last 12 months and
    the days of the present one.

    `decided` are the cases that the index would be made of; `index` is None where
    they are too few.
    """

    ever: Figures
    year: Figures
    decided: int
    index: Index | None


def of_company(db: Session, company: Company) -> Record:
    """The figures of a company."""
    return of_companies(db, [company])[company.id]


def of_product(db: Session, product: Product) -> Record:
    """The figures of the stories about a product."""
    return of_products(db, [product])[product.id]


def of_companies(db: Session, companies: Sequence[Company]) -> dict[int, Record]:
    """The figures of some companies, by company."""
    owners = [(company.id, WHOLE) for company in companies]
    return {owner[0]: record for owner, record in _records(db, owners).items()}


def of_products(db: Session, products: Sequence[Product]) -> dict[int, Record]:
    """The figures of some products, by product."""
    owners = [(product.company_id, product.id) for product in products]
    return {owner[1]: record for owner, record in _records(db, owners).items()}


def most_decided(db: Session) -> Company | None:
    """The company with the most decided cases: formulas are shown on it."""
    most = (
        select(Company)
        .join(Figure, Figure.company_id == Company.id)
        .where(ENDED)
        .order_by(Figure.number.desc(), Company.id)
        .limit(1)
    )
    return db.scalar(most)


def month_named(number: int) -> date:
    """The first day of the month of a number (`stories.counting.month`)."""
    return date(number // 12, number % 12 + 1, 1)


def window_begins() -> date:
    """The first day of the shorter window: that of a month, so that it is counted from
    whole months."""
    return month_named(month(now().date()) - WINDOW)


def _records(db: Session, owners: Sequence[Owner]) -> dict[Owner, Record]:
    if not owners:
        return {}
    today = now().date()
    this_month = month(today)
    since = this_month - WINDOW
    numbers: dict[tuple[Owner, int], Numbers] = defaultdict(dict)
    weights: dict[Owner, Numbers] = defaultdict(dict)
    asked: dict[str, Any] = {
        "months": list(range(since, this_month + 1)),
        "silent": (now() - NO_WORD).date().isoformat(),
    }
    for at, (company, product) in enumerate(owners):
        asked |= {f"company{at}": company, f"product{at}": product}
    for company, product, span, measure, code, number, weight in db.execute(
        _asked(len(owners)), asked
    ):
        owner, what = (company, product), (Measure(measure), code)
        numbers[owner, span][what] = int(number)
        if span == ALL:
            weights[owner][what] = int(weight)
    made = {}
    for owner in owners:
        ever, first = numbers[owner, ALL], numbers[owner, FIRST]
        begun = first.get((Measure.TOLD, ""))
        decided = ever.get((Measure.ENDED, ""), 0)
        made[owner] = Record(
            ever=figures(ever, month_named(begun) if begun else None),
            year=figures(numbers[owner, MONTH], month_named(since)),
            decided=decided,
            index=index(weights[owner], today) if decided >= LEAST else None,
        )
    return made


@lru_cache(maxsize=16)
def _asked(owners: int) -> CompoundSelect[Any]:
    """For so many owners: the counts of all times, those of some months, and the first
    month, in one. Made once: that takes as long as to read them.

    What waits for its author is kept by day. Only the days of which it is not too long
    ago are read: every other case that has no ending is one without a word.
    """
    ever = and_(Figure.span == ALL, Figure.start == 0)
    months = Figure.start.in_(bindparam("months", expanding=True))
    lately = and_(Figure.span == MONTH, months)
    waits = and_(Figure.measure == Measure.WAITING, Figure.code > bindparam("silent"))
    others = Figure.measure.not_in((*PATTERNS, Measure.WAITING))
    whose = Figure.company_id, Figure.product_id, Figure.span
    counted = (*whose, Figure.measure, Figure.code)
    number = func.sum(Figure.number)
    all_owned = [_owned(at) for at in range(owners)]
    return union_all(
        *(
            select(*counted, Figure.number, Figure.weight).where(*owned, ever, others)
            for owned in all_owned
        ),
        *(
            select(*counted, number, ZERO)
            .where(*owned, lately, others)
            .group_by(*counted)
            for owned in all_owned
        ),
        *(
            select(*whose, literal(Measure.WAITING.value), EVERY_DAY, number, ZERO)
            .where(*owned, span, waits)
            .group_by(*whose)
            for owned in all_owned
            for span in (ever, lately)
        ),
        *(_first(*owned) for owned in all_owned),
    )


def _owned(at: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        Figure.company_id == bindparam(f"company{at}", type_=Integer()),
        Figure.product_id == bindparam(f"product{at}", type_=Integer()),
    )


def _first(*owned: ColumnElement[bool]) -> Select[Any]:
    """The first month in which a case was told."""
    first = (
        select(Figure.company_id, Figure.product_id, Figure.start)
        .where(*owned, Figure.span == MONTH, Figure.measure == Measure.TOLD)
        .order_by(Figure.start)
        .limit(1)
        .subquery()
        .c
    )
    return select(
        first.company_id,
        first.product_id,
        literal(FIRST),
        literal(Measure.TOLD.value),
        literal(""),
        first.start,
        ZERO,
    )
