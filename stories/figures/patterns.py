"""What repeats: stories by product and by what went wrong, with outcomes and years."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from stories.counting import ALL, MONTH, WHOLE, YEAR, month
from stories.models import Company, Figure, Product, now
from stories.models.codes import IssueType, Measure, Outcome
from stories.models.figures import PATTERNS

MOST = 8
"""So much of what went wrong is shown, in all and by product, the commonest first."""
LEAST = 2
"""What happened once does not repeat."""
MONTHS = 24
ZERO: ColumnElement[int] = literal_column("0", Integer)


@dataclass
class Pattern:
    """Stories alike in what went wrong, and in the product where there is one.

    `endings` count by outcome; `first` and `last` are years; `years` and `months` count
    by when it happened, where that was asked for.
    """

    issue: IssueType
    product: Product | None = None
    number: int = 0
    endings: "Counter[str]" = field(default_factory=Counter)
    first: int = 0
    last: int = 0
    years: dict[int, int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)

    @property
    def run(self) -> list[tuple[int, int]]:
        """Every year from the first to the last, with its count."""
        years = range(self.first, self.last + 1)
        return [(year, self.years.get(year, 0)) for year in years]

    @property
    def lately(self) -> list[tuple[date, int]]:
        """The last 24 months, each by its first day, with their counts; nothing where
        there was nothing."""
        if not self.months:
            return []
        last = month(now().date())
        numbers = range(last - MONTHS + 1, last + 1)
        return [(date(n // 12, n % 12 + 1, 1), self.months.get(n, 0)) for n in numbers]


@dataclass(frozen=True)
class Patterns:
    """`issues` of the whole company, `products` with theirs; most stories first."""

    issues: list[Pattern]
    products: list[Pattern]


def of_company(db: Session, company: Company) -> Patterns:
    """What repeats at a company: two statements, whatever has been told."""
    return _patterns(_found(db, company))


def over_time(db: Session, company: Company) -> Patterns:
    """The same, by year and by month too."""
    found = _found(db, company)
    if found:
        for product_id, span, issue, start, number in db.execute(
            _times(), _asked(company, found)
        ):
            pattern = found[product_id, issue]
            (pattern.years if span == YEAR else pattern.months)[start] = number
    return _patterns(found)


def _found(db: Session, company: Company) -> "dict[Key, Pattern]":
    found = {
        (product.id if product else WHOLE, issue): Pattern(
            IssueType(issue), product, number
        )
        for product, issue, number in db.execute(_most(), {"company": company.id})
    }
    if found:
        for product_id, measure, code, first, last in db.execute(
            _details(), _asked(company, found)
        ):
            issue, _, ending = code.partition(" ")
            pattern = found[product_id, issue]
            if measure == Measure.ISSUE_ENDING:
                pattern.endings[ending] = first
            else:
                pattern.first, pattern.last = first, last
    return found


def _patterns(found: "dict[Key, Pattern]") -> Patterns:
    patterns = list(found.values())
    return Patterns(
        issues=[one for one in patterns if one.product is None],
        products=[one for one in patterns if one.product is not None],
    )


Key = tuple[int, str]


def _asked(company: Company, keys: Iterable[Key]) -> dict[str, Any]:
    """What the details are asked for."""
    return {
        "company": company.id,
        "products": sorted({product_id for product_id, _ in keys}),
        "issues": sorted(keys),
        "endings": [
            (product_id, f"{issue} {end}")
            for product_id, issue in sorted(keys)
            for end in Outcome
        ],
        "since": month(now().date()) - MONTHS + 1,
    }


@cache
def _most() -> Select[Any]:
    """What goes wrong most often, in all and with a product. Made once, as the other
    one: that takes as long as to read what it asks for."""
    mine = Figure.company_id == bindparam("company")
    whole = Figure.product_id == WHOLE
    chosen = union_all(
        *(
            select(
                select(Figure.product_id, Figure.code, Figure.number)
                .where(mine, PATTERNS, kind, Figure.number >= least)
                .order_by(Figure.number.desc(), Figure.product_id, Figure.code)
                .limit(MOST)
                .subquery()
            )
            for kind, least in ((whole, 1), (~whole, LEAST))
        )
    ).subquery()
    return (
        select(Product, chosen.c.code, chosen.c.number)
        .select_from(chosen)
        .outerjoin(Product, Product.id == chosen.c.product_id)
        .order_by(chosen.c.number.desc(), chosen.c.product_id, chosen.c.code)
    )


@cache
def _details() -> CompoundSelect[Any]:
    """How many of these ended how; their first and last years."""
    whose = Figure.product_id, Figure.measure, Figure.code
    return union_all(
        select(*whose, Figure.number, ZERO).where(
            _of("products"),
            Figure.span == ALL,
            Figure.start == 0,
            Figure.measure == Measure.ISSUE_ENDING,
            _among("endings"),
        ),
        select(*whose, func.min(Figure.start), func.max(Figure.start))
        .where(_of("products"), Figure.span == YEAR, *_kept())
        .group_by(*whose),
    )


@cache
def _times() -> CompoundSelect[Any]:
    """By year of these; by month of the whole company alone."""
    row = Figure.product_id, Figure.span, Figure.code, Figure.start, Figure.number
    return union_all(
        select(*row).where(_of("products"), Figure.span == YEAR, *_kept()),
        select(*row).where(
            Figure.company_id == bindparam("company"),
            Figure.product_id == WHOLE,
            Figure.span == MONTH,
            Figure.start >= bindparam("since"),
            *_kept(),
        ),
    )


def _of(products: str) -> ColumnElement[bool]:
    chosen = Figure.product_id.in_(bindparam(products, expanding=True))
    return and_(Figure.company_id == bindparam("company"), chosen)


def _kept() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Figure.measure == Measure.ISSUE, _among("issues")


def _among(pairs: str) -> ColumnElement[bool]:
    """Whether these are counts of one of the given products and codes."""
    pair = tuple_(Figure.product_id, Figure.code)
    return pair.in_(bindparam(pairs, expanding=True))
