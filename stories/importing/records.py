"""Rows of a file of JSON lines, checked, with the line number of each bad one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from stories.problems import Refused

MOST_LINE = 1_000_000
Row = TypeVar("Row", bound=BaseModel)


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be taken: where it stands and why."""

    line: int
    why: str


@dataclass
class Tally:
    """What an import did: rows added, rows known before."""

    added: int = 0
    known: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.added + other.added, self.known + other.known)


def read_rows(lines: Iterable[str], row: type[Row]) -> Iterator[Row | BadRow]:
    """Each line as a checked row, or as a BadRow; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(number, line, row)


def _row(number: int, line: str, row: type[Row]) -> Row | BadRow:
    if len(line) > MOST_LINE:
        return BadRow(number, f"longer than {MOST_LINE} letters")
    try:
        return row.model_validate(json.loads(line))
    except json.JSONDecodeError as trouble:
        return BadRow(number, f"not JSON: {trouble}")
    except ValidationError as trouble:
        return BadRow(number, _reasons(trouble))
    except (Refused, RecursionError) as trouble:
        return BadRow(number, str(trouble) or type(trouble).__name__)


def _reasons(trouble: ValidationError) -> str:
    """Every reason, with the field's name, without what the row held."""
    return "; ".join(
        f"{'.'.join(str(part) for part in error['loc']) or 'row'}: {error['msg']}"
        for error in trouble.errors(include_input=False, include_url=False)
    )
