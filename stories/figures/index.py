"""The index of rule 10, from 0 to 10, with everything that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from stories.counting import growth
from stories.models.codes import Again, Measure, Outcome

LEAST = 10
"""Below so many decided cases there is no index: one case would move it too far."""
PRIOR = 7
NEUTRAL = 0.5
NEUTRAL_GRADE = 5.0

Weights = Mapping[str, Mapping[str, int]]
"""By measure and code."""


@dataclass(frozen=True)
class Part:
    """A part of the index: a weighted sum of a weighted number of cases, moved towards
    the middle by seven neutral ones; it counts `factor` times."""

    sum: float
    cases: float
    neutral: float
    factor: int

    @property
    def value(self) -> float:
        """The share, from 0 to 1, or the grade, from 0 to 10."""
        return (self.sum + PRIOR * self.neutral) / (self.cases + PRIOR)

    @property
    def points(self) -> float:
        """What it adds to the sum: a share counts by its percentage."""
        percent = self.value if self.neutral == NEUTRAL_GRADE else 100 * self.value
        return self.factor * percent


@dataclass(frozen=True)
class Index:
    """The four parts, with the weights of Reclame Aqui's reputation."""

    answered: Part
    grade: Part
    resolved: Part
    again: Part

    @property
    def value(self) -> float:
        """From 0 to 10."""
        parts = (self.answered, self.grade, self.resolved, self.again)
        return sum(part.points for part in parts) / 100


def index(weights: Weights, today: date) -> Index:
    """The index on a day (UTC), from what was counted with each case's weight."""
    present = growth(today)

    def sum_of(measure: Measure, code: str = "") -> float:
        return all_of(measure).get(code, 0.0)

    def all_of(measure: Measure) -> dict[str, float]:
        codes = weights.get(measure, {})
        return {code: number / present for code, number in codes.items()}

    decided, grades = all_of(Measure.DECIDED), all_of(Measure.DECIDED_GRADE)
    again = all_of(Measure.DECIDED_AGAIN)
    graded = sum(int(grade) * cases for grade, cases in grades.items())
    return Index(
        answered=Part(sum_of(Measure.ANSWERED), sum_of(Measure.TOLD), NEUTRAL, 2),
        grade=Part(graded, sum(grades.values()), NEUTRAL_GRADE, 30),
        resolved=Part(
            decided.get(Outcome.RESOLVED, 0.0), sum(decided.values()), NEUTRAL, 3
        ),
        again=Part(again.get(Again.YES, 0.0), sum(again.values()), NEUTRAL, 2),
    )


EXAMPLE = Index(
    answered=Part(9, 12, NEUTRAL, 2),
    grade=Part(48, 8, NEUTRAL_GRADE, 30),
    resolved=Part(6, 10, NEUTRAL, 3),
    again=Part(5, 8, NEUTRAL, 2),
)
"""The worked example of rule 10, all of it on one day: 5.8."""
