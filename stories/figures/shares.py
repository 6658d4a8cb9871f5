"""A share with the interval that holds it."""

from dataclasses import dataclass
from math import sqrt

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

    def overlaps(self, other: "Share") -> bool:
        """Whether the intervals meet, so that no difference can be read from them."""
        return self.low <= other.high and other.low <= self.high

    def _middle(self) -> float:
        return (self.part + Z * Z / 2) / (self.of + Z * Z)

    def _reach(self) -> float:
        spread = self.part * (self.of - self.part) / self.of + Z * Z / 4
        return Z * sqrt(spread) / (self.of + Z * Z)


def share(part: int, of: int) -> Share | None:
    """A share; None where there is nothing to be a part of."""
    return Share(part, of) if of else None
