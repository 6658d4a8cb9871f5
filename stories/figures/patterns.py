"""What repeats: stories by product and by what went wrong, with outcomes and years."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, and_, select, union_all
from sqlalchemy.orm import Session

from stories.counting import ALL, MONTH, WHOLE, YEAR, month
from stories.models import Company, Figure, Product, now
from stories.models.codes import IssueType, Measure
from stories.models.figures import PATTERNS

MOST = 12
"""So many products with what went wrong are shown, those with most stories first."""
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
        (product.id, issue): Pattern(IssueType(issue), product)
        for product, issue in db.execute(
            select(Product, Figure.code)
            .join(Product, Product.id == Figure.product_id)
            .where(Figure.company_id == company.id, PATTERNS, Figure.number >= LEAST)
            .order_by(Figure.number.desc(), Figure.product_id, Figure.code)
            .limit(MOST)
        )
    }
    products = {product_id for product_id, _ in found}
    for row in db.execute(_details(company, {WHOLE, *products})):
        _add(found, row)
    patterns = [one for one in found.values() if one.years]
    patterns.sort(key=lambda one: (-one.number, one.issue))
    return Patterns(
        issues=[one for one in patterns if one.product is None],
        products=[one for one in patterns if one.product is not None],
    )


def _details(company: Company, products: Iterable[int]) -> CompoundSelect[Any]:
    """By outcome and year of these products; by month of the whole company alone."""
    row = (
        Figure.product_id,
        Figure.span,
        Figure.measure,
        Figure.code,
        Figure.start,
        Figure.number,
    )
    mine = and_(Figure.company_id == company.id, Figure.product_id.in_(products))
    issues = Figure.measure == Measure.ISSUE
    both = Figure.measure.in_((Measure.ISSUE, Measure.ISSUE_ENDING))
    since = month(now().date()) - MONTHS + 1
    lately = and_(Figure.span == MONTH, Figure.start >= since)
    return union_all(
        select(*row).where(mine, Figure.span == ALL, both),
        select(*row).where(mine, Figure.span == YEAR, issues),
        select(*row).where(mine, Figure.product_id == WHOLE, lately, issues),
    )


def _add(found: dict[tuple[int, str], Pattern], row: Any) -> None:
    product_id, span, measure, code, start, number = row
    issue, _, ending = code.partition(" ")
    key = product_id, issue
    if product_id == WHOLE:
        found.setdefault(key, Pattern(IssueType(issue)))
    pattern = found.get(key)
    if pattern is None:
        return
    if measure == Measure.ISSUE_ENDING:
        pattern.endings[ending] = number
    elif span == ALL:
        pattern.number = number
    else:
        (pattern.years if span == YEAR else pattern.months)[start] = number
