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
    Select,
    and_,
    bindparam,
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


@dataclass
class Pattern:
    """Stories alike in what went wrong, and in the product where there is one.

    `endings` count by outcome; `years` and `months` by when it happened.
    """

    issue: IssueType
    product: Product | None = None
    number: int = 0
    endings: "Counter[str]" = field(default_factory=Counter)
    years: dict[int, int] = field(default_factory=dict)
    months: dict[int, int] = field(default_factory=dict)

    @property
    def run(self) -> list[tuple[int, int]]:
        """Every year from the first to the last, with its count."""
        years = range(min(self.years), max(self.years) + 1)
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
    found = {
        (product.id if product else WHOLE, issue): Pattern(
            IssueType(issue), product, number
        )
        for product, issue, number in db.execute(_most(), {"company": company.id})
    }
    if found:
        for row in db.execute(_details(), _asked(company, found)):
            _add(found, row)
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
    """By outcome and year of these; by month of the whole company alone."""
    row = (
        Figure.product_id,
        Figure.span,
        Figure.measure,
        Figure.code,
        Figure.start,
        Figure.number,
    )
    whose = Figure.company_id == bindparam("company")
    mine = and_(whose, Figure.product_id.in_(bindparam("products", expanding=True)))
    kept = and_(Figure.measure == Measure.ISSUE, _among("issues"))
    return union_all(
        select(*row).where(
            mine,
            Figure.span == ALL,
            Figure.start == 0,
            Figure.measure == Measure.ISSUE_ENDING,
            _among("endings"),
        ),
        select(*row).where(mine, Figure.span == YEAR, kept),
        select(*row).where(
            whose,
            Figure.product_id == WHOLE,
            Figure.span == MONTH,
            Figure.start >= bindparam("since"),
            kept,
        ),
    )


def _among(pairs: str) -> ColumnElement[bool]:
    """Whether these are counts of one of the given products and codes."""
    pair = tuple_(Figure.product_id, Figure.code)
    return pair.in_(bindparam(pairs, expanding=True))


def _add(found: dict[Key, Pattern], row: Any) -> None:
    product_id, span, measure, code, start, number = row
    issue, _, ending = code.partition(" ")
    pattern = found[product_id, issue]
    if measure == Measure.ISSUE_ENDING:
        pattern.endings[ending] = number
    else:
        (pattern.years if span == YEAR else pattern.months)[start] = number
