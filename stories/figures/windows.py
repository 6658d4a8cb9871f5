"""What the counts of a window say: the figures of rule 10, each with its n."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from stories.counting.pieces import DECIDED
from stories.figures.shares import Share, share
from stories.models.codes import (
    Again,
    Measure,
    OfferState,
    Outcome,
    PromiseState,
    Receipt,
)
from stories.models.pace import LATE_DAYS, ON_TIME_DAYS

NO_WORD_CODE = "no_word"
UP_TO = (0, 3, 7, ON_TIME_DAYS, LATE_DAYS, 60, 90)
"""The last days of the groups in which days to the first answer are drawn."""
SETTLED = (PromiseState.KEPT, PromiseState.LATE, PromiseState.BROKEN)

ACCEPTED = (OfferState.ACCEPTED, Receipt.RECEIVED, Receipt.NOT_RECEIVED)

Numbers = Mapping[str, Mapping[str, int]]
"""By measure and code."""


@dataclass(frozen=True)
class Group:
    """Answers that took `first` to `last` days; `last` is None in the open end."""

    first: int
    last: int | None
    number: int


@dataclass(frozen=True)
class Days:
    """Days to the first answer: how many answers took how many."""

    counts: Mapping[int, int]

    @property
    def number(self) -> int:
        """All answers."""
        return sum(self.counts.values())

    @property
    def median(self) -> float:
        """Half of the answers came within so many days."""
        half = self.number / 2
        return (self._reached(half, beyond=0) + self._reached(half, beyond=1)) / 2

    def _reached(self, half: float, *, beyond: int) -> int:
        """The day on which half of the answers (or one more) have come."""
        so_far = 0
        for days in sorted(self.counts):
            so_far += self.counts[days]
            if so_far > half or (not beyond and so_far == half):
                return days
        raise ValueError("No answers.")

    @property
    def groups(self) -> list[Group]:
        """The distribution, in groups that end where the clock turns."""
        sums: Counter[int] = Counter()
        for days, number in self.counts.items():
            sums[bisect_left(UP_TO, days)] += number
        firsts = (0, *(last + 1 for last in UP_TO))
        lasts = (*UP_TO, None)
        ends = zip(firsts, lasts, strict=True)
        return [Group(*both, sums[n]) for n, both in enumerate(ends)]


@dataclass(frozen=True)
class Figures:
    """The figures of one window; `since` is its first month.

    `kinds` counts all stories, `invited` those of them that were written on the
    company's own invitation. `told` counts the cases that the company was told of,
    and everything after it is of these; `untold` are the outcomes of the others. An
    open case without a word from the author for 90 days after the answer is counted
    as `no_word`, and nowhere else.
    """

    since: date | None
    kinds: Mapping[str, int]
    told: int
    answered: Share | None
    days: Days | None
    outcomes: Mapping[str, int]
    resolved: Share | None
    again: Share | None
    agains: Mapping[str, int]
    promises: Share | None
    promised: Mapping[str, int]
    offers: Mapping[str, int]
    grades: int
    grade: float | None
    minutes: int
    efforts: int
    contacts: int
    untold: Mapping[str, int]
    invited: Mapping[str, int] = field(default_factory=dict)

    @property
    def stories(self) -> int:
        """All stories about the company."""
        return sum(self.kinds.values())

    @property
    def offered(self) -> int:
        """All offers that the company made here."""
        return sum(self.offers.values())

    @property
    def accepted(self) -> int:
        """Those of them that their authors accepted."""
        return sum(self.offers[code] for code in ACCEPTED)

    @property
    def untold_number(self) -> int:
        """All cases of which the company was not told."""
        return sum(self.untold.values())


def figures(numbers: Numbers, since: date | None) -> Figures:
    """Everything that the counts of one window say."""
    told = _number(numbers, Measure.TOLD)
    days = {int(code): n for code, n in _of(numbers, Measure.DAYS).items()}
    outcomes = _outcomes(numbers, told)
    agains = _of(numbers, Measure.AGAIN)
    promised = _of(numbers, Measure.PROMISE)
    grades = _of(numbers, Measure.GRADE)
    graded = sum(grades.values())
    points = sum(int(grade) * number for grade, number in grades.items())
    return Figures(
        since=since,
        kinds=_of(numbers, Measure.KIND),
        told=told,
        answered=share(_number(numbers, Measure.ANSWERED), told),
        days=Days(days) if days else None,
        outcomes=outcomes,
        resolved=share(
            outcomes[Outcome.RESOLVED], sum(outcomes[code] for code in DECIDED)
        ),
        again=share(agains[Again.YES], sum(agains.values())),
        agains=agains,
        promises=share(
            promised[PromiseState.KEPT], sum(promised[state] for state in SETTLED)
        ),
        promised=promised,
        offers=_of(numbers, Measure.OFFER),
        grades=graded,
        grade=points / graded if graded else None,
        minutes=_number(numbers, Measure.MINUTES),
        efforts=_number(numbers, Measure.EFFORT),
        contacts=_number(numbers, Measure.CONTACTS),
        untold=_of(numbers, Measure.UNTOLD),
        invited=_of(numbers, Measure.INVITED),
    )


def _outcomes(numbers: Numbers, told: int) -> "Counter[str]":
    """How cases ended; what neither ended nor still waits ended without a word."""
    outcomes = _of(numbers, Measure.ENDING)
    outcomes[Outcome.OPEN] += _number(numbers, Measure.WAITING)
    outcomes[NO_WORD_CODE] = told - outcomes.total()
    return +outcomes


def _of(numbers: Numbers, measure: Measure) -> "Counter[str]":
    return Counter(numbers.get(measure, {}))


def _number(numbers: Numbers, measure: Measure) -> int:
    """Of what has no codes."""
    return numbers.get(measure, {}).get("", 0)
