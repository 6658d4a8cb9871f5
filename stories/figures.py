"""What the stories about a company, or a product, add up to (rule 10).

One statement counts the cases in groups; everything else is arithmetic. A case is a
complaint or a mixed story that is about the company. What was hidden or withdrawn does
not count; what was erased does (its tombstone keeps the count).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from statistics import median
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from stories.cases import NO_WORD
from stories.models import Company, Mention, Product, Story, mention_product, now
from stories.models.codes import (
    CaseState,
    Kind,
    MentionRole,
    Outcome,
    Visibility,
)

Value = TypeVar("Value")

COUNTED = (Visibility.PUBLIC, Visibility.TOMBSTONE)
DECIDED = (
    Outcome.RESOLVED,
    Outcome.PARTLY_RESOLVED,
    Outcome.NOT_RESOLVED,
    Outcome.OFFER_REFUSED,
    Outcome.NO_ANSWER,
)
"""The outcomes that the resolved share is a share of."""
CASES = (Kind.COMPLAINT, Kind.MIXED)
NO_WORD_CODE = "no_word"
Z = 1.959963984540054
"""Of the standard normal distribution, 95 % lie within this of the middle."""


@dataclass(frozen=True)
class Share:
    """`part` of `of`, with the Wilson interval that holds it with 95 % certainty."""

    part: int
    of: int

    @property
    def value(self) -> float:
        """The share itself, from 0 to 1."""
        return self.part / self.of

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return self._middle() - self._reach() if self.part else 0.0

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return self._middle() + self._reach() if self.part < self.of else 1.0

    def _middle(self) -> float:
        return (self.part + Z * Z / 2) / (self.of + Z * Z)

    def _reach(self) -> float:
        spread = self.part * (self.of - self.part) / self.of + Z * Z / 4
        return Z * sqrt(spread) / (self.of + Z * Z)


class Group(NamedTuple):
    """Stories that are alike in all that figures ask for, and how many they are."""

    kind: Kind
    outcome: Outcome
    told: int
    answered: int
    answer_days: int | None
    no_word: int
    number: int
    since: datetime | None


@dataclass(frozen=True)
class Figures:
    """The first figures, each with its n. `since` is when the first case was told.

    `kinds` counts all stories. `told` counts the cases that the company was told of;
    `answered`, `days`, `outcomes` and `resolved` are of these; `untold` are the
    outcomes of the others. An open case without a word from the author for 90 days
    after the answer is counted as `no_word`, and nowhere else.
    """

    kinds: dict[str, int]
    told: int
    since: datetime | None
    answered: Share | None
    days: float | None
    outcomes: dict[str, int]
    resolved: Share | None
    untold: dict[str, int]

    @property
    def stories(self) -> int:
        """All stories about the company."""
        return sum(self.kinds.values())


def of_company(db: Session, company: Company) -> Figures:
    """The first figures of a company."""
    return _figures(db, Mention.company_id == company.id)


def of_product(db: Session, product: Product) -> Figures:
    """The first figures of the stories about a product."""
    bought = select(mention_product.c.mention_id).where(
        mention_product.c.product_id == product.id
    )
    return _figures(db, Mention.id.in_(bought))


def _figures(db: Session, whose: ColumnElement[bool]) -> Figures:
    groups = _groups(db, whose)
    cases = [group for group in groups if group.kind in CASES]
    told = [group for group in cases if group.told]
    number = _count(told)
    answered = _count(group for group in told if group.answered)
    outcomes = _counted(told, _ending)
    decided = sum(outcomes[code] for code in DECIDED)
    return Figures(
        kinds=_counted(groups, lambda group: group.kind),
        told=number,
        since=min((group.since for group in told if group.since), default=None),
        answered=Share(answered, number) if number else None,
        days=_median(_counted(told, lambda group: group.answer_days)),
        outcomes=outcomes,
        resolved=Share(outcomes[Outcome.RESOLVED], decided) if decided else None,
        untold=_counted([group for group in cases if not group.told], _ending),
    )


def _ending(group: Group) -> str:
    return NO_WORD_CODE if group.no_word else group.outcome


def _counted(groups: Iterable[Group], by: Callable[[Group], Value]) -> "Counter[Value]":
    counts: Counter[Value] = Counter()
    for group in groups:
        counts[by(group)] += group.number
    return counts


def _count(groups: Iterable[Group]) -> int:
    return sum(group.number for group in groups)


def _median(counts: "Counter[int | None]") -> float | None:
    """The middle of all numbers, of which each is there as often as its count says."""
    days = sorted(
        day for day, count in counts.items() for _ in range(count) if day is not None
    )
    return median(days) if days else None


def _groups(db: Session, whose: ColumnElement[bool]) -> list[Group]:
    silent = and_(
        Mention.case_state == CaseState.AWAITING_AUTHOR,
        Mention.case_changed_at <= now() - NO_WORD,
        Story.outcome == Outcome.OPEN,
    )
    each = (
        select(
            Story.kind,
            Story.outcome,
            case((Mention.told_at.is_(None), 0), else_=1).label("told"),
            case((Mention.answered_at.is_(None), 0), else_=1).label("answered"),
            Mention.answer_days,
            case((silent, 1), else_=0).label("no_word"),
            Mention.told_at,
        )
        .join(Story, Story.id == Mention.story_id)
        .where(
            whose,
            Mention.role == MentionRole.SUBJECT,
            Story.visibility.in_(COUNTED),
        )
        .subquery()
    )
    alike = list(each.c)[:-1]
    counted = select(*alike, func.count(), func.min(each.c.told_at)).group_by(*alike)
    return [Group._make(row) for row in db.execute(counted)]
