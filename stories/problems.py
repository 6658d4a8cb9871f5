"""All that can go wrong, said in English and translated where it is shown."""

from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Problem:
    """An English sentence with named places (`%(name)s`), and its plural if it counts.

    >>> str(Problem("At most %(most)d letters.", most=5))
    'At most 5 letters.'
    """

    message: str
    many: str | None
    places: dict[str, object] = field(hash=False)

    def __init__(self, message: str, /, **places: object) -> None:
        self._set(message, None, places)

    @classmethod
    def plural(cls, one: str, many: str, /, n: int, **places: object) -> Self:
        """A problem whose sentence depends on the number `n`."""
        problem = cls(one)
        problem._set(one, many, {"n": n, **places})
        return problem

    def _set(self, message: str, many: str | None, places: dict[str, object]) -> None:
        object.__setattr__(self, "message", message)
        object.__setattr__(self, "many", many)
        object.__setattr__(self, "places", places)

    def __str__(self) -> str:
        sentence = self.message
        if self.many is not None and self.places["n"] != 1:
            sentence = self.many
        return sentence % self.places if self.places else sentence


class Refused(Exception):
    """A deed that was not done. Carries what to tell the person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Invalid(Refused, ValueError):
    """What was entered cannot be taken as it is; `field` names where."""

    def __init__(self, problem: Problem, field: str | None = None) -> None:
        super().__init__(problem)
        self.field = field


class Forbidden(Refused):
    """The person may not do this."""

    def __init__(self, problem: Problem | None = None) -> None:
        super().__init__(problem or Problem("You may not do this."))


class Missing(Refused):
    """There is nothing here, or nothing that this person may see."""

    def __init__(self, problem: Problem | None = None) -> None:
        super().__init__(problem or Problem("There is nothing here."))


class Gone(Missing):
    """There was something here, and it will not come back."""


class Overtaken(Refused):
    """Somebody else changed it meanwhile; nothing was overwritten."""
