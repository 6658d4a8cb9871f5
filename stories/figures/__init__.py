"""What the stories about a company, or a product, add up to (rule 10).

`stories.counting` keeps the counts; here they are read, in one statement and a few rows
however many stories there are, and everything else is arithmetic.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from json import loads
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from stories.cases import NO_WORD
from stories.counting import ALL, MONTH, WEIGHED, WHOLE, month
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
WEIGHTS = -2
"""In the place of a span: of all times, what the index is made of."""
READ = (ALL, MONTH, WEIGHTS, FIRST)
QUOTE: ColumnElement[str] = literal_column("'\"'", Text)
COLON: ColumnElement[str] = literal_column("'\":'", Text)
NO_CODE: ColumnElement[str] = literal_column("''", Text)
APART = (Measure.ISSUE, Measure.ISSUE_ENDING, Measure.WAITING)
"""Patterns, and what waits for its author: read otherwise, or by day."""
OTHERS = sorted(set(Measure).difference(APART))

Owner = tuple[int, int]
Numbers = dict[str, dict[str, int]]


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
    since = month(today) - WINDOW
    asked: dict[str, Any] = {
        "since": since,
        "until": month(today),
        "silent": (now() - NO_WORD).date().isoformat(),
    }
    for at, (company, product) in enumerate(owners):
        asked |= {f"company{at}": company, f"product{at}": product}
    found: dict[tuple[Owner, int], Numbers] = defaultdict(dict)
    for company, product, span, measure, codes in db.execute(
        _asked(len(owners)), asked
    ):
        found[(company, product), span][measure] = loads(f"{{{codes}}}")
    return {
        owner: _record({span: found[owner, span] for span in READ}, since, today)
        for owner in owners
    }


def _record(read: dict[int, Numbers], since: int, today: date) -> Record:
    ever = read[ALL]
    begun = read[FIRST].get(Measure.TOLD)
    decided = ever.get(Measure.ENDED, {}).get("", 0)
    return Record(
        ever=figures(ever, month_named(begun[""]) if begun else None),
        year=figures(read[MONTH], month_named(since)),
        decided=decided,
        index=index(read[WEIGHTS], today) if decided >= LEAST else None,
    )


@lru_cache(maxsize=16)
def _asked(owners: int) -> Select[Any]:
    """For so many owners: the counts of all times, those of some months, weights, and
    the first month, in one. Made once: that takes as long as to read them.

    All codes of a measure are one row, as JSON without its brackets: a row for each
    would cost more than all else.
    """
    counts = union_all(*(part for at in range(owners) for part in _counts(at)))
    counted = counts.subquery().c
    whose = counted.company_id, counted.product_id, counted.span, counted.measure
    pair = QUOTE + counted.code + COLON + cast(counted.number, Text)
    return select(*whose, func.aggregate_strings(pair, ",")).group_by(*whose)


def _counts(at: int) -> Iterator[Select[Any]]:
    """What is read for the owner at this place.

    What waits for its author is kept by day. Only the days of which it is not too long
    ago are read: every other case that has no ending is one without a word.
    """
    company = bindparam(f"company{at}", type_=Integer())
    product = bindparam(f"product{at}", type_=Integer())
    mine = and_(Figure.company_id == company, Figure.product_id == product)
    ever = and_(mine, Figure.span == ALL, Figure.start == 0)
    months = Figure.start.between(bindparam("since"), bindparam("until"))
    lately = and_(mine, Figure.span == MONTH, months)
    waits = and_(Figure.measure == Measure.WAITING, Figure.code > bindparam("silent"))
    measure, code, number = Figure.measure, Figure.code, Figure.number
    others = measure.in_(OTHERS)
    row = partial(_row, company.label("company_id"), product.label("product_id"))

    yield row(ALL, code, number).where(ever, others)
    yield row(WEIGHTS, code, Figure.weight).where(ever, measure.in_(sorted(WEIGHED)))
    sums = row(MONTH, code, func.sum(number))
    yield sums.where(lately, others).group_by(measure, code)
    for span, counted in ((ALL, ever), (MONTH, lately)):
        days = row(span, NO_CODE, func.sum(number))
        yield days.where(counted, waits).group_by(measure)
    begun = and_(mine, Figure.span == MONTH, measure == Measure.TOLD)
    first = row(FIRST, NO_CODE, Figure.start).where(begun)
    yield select(first.order_by(Figure.start).limit(1).subquery())


def _row(company: Any, product: Any, span: int, code: Any, number: Any) -> Select[Any]:
    """Whose it is comes from what was asked for: to sort by it would take longer."""
    return select(
        company,
        product,
        literal_column(str(span), Integer).label("span"),
        cast(Figure.measure, Text).label("measure"),
        code.label("code"),
        number.label("number"),
    )
