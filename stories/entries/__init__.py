"""What people enter: the shared parts of every entry, and every limit.

The web form, the API and the importer use the same entries, so that limits and
messages exist once. A blank optional field is None or "".
"""

from calendar import monthrange
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from babel.core import get_global
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from stories import languages
from stories.models.codes import Precision
from stories.problems import Invalid, Problem
from stories.text import clean

MOST_TITLE = 200
MOST_TEXT = 100_000
MOST_REMARK = 10_000
MOST_LINE = 300
MOST_NOTE = 2_000
MOST_ADDRESS = 2_000
MOST_ROWS = 50
MOST_MENTIONS = 30
MOST_PRODUCTS = 20
MOST_MINUTES = 1_000_000
MOST_COUNT = 10_000
MOST_MONEY = Decimal("99999999999.9999")
FIRST_YEAR = 1900
LAST_YEAR = 2100


class Entry(BaseModel):
    """Something that a person entered, checked all at once."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, typed: Any) -> Any:
        """Leave out blank fields, so that their defaults (or 'missing') apply."""
        if not isinstance(typed, dict):
            return typed
        return {name: value for name, value in typed.items() if not _blank(value)}


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())


def _currency(code: str) -> str:
    if code.upper() not in get_global("all_currencies"):
        raise Invalid(Problem("Choose a currency from the list."))
    return code.upper()


def _web_address(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        raise Invalid(Problem("A web address begins with http:// or https://."))
    if any(letter.isspace() for letter in address):
        raise Invalid(Problem("A web address has no spaces."))
    return address


def _text(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


Title = Annotated[
    str, BeforeValidator(_text), AfterValidator(_one_line), Field(max_length=MOST_TITLE)
]
Text = Annotated[str, BeforeValidator(_text), Field(max_length=MOST_TEXT)]
Remark = Annotated[str, BeforeValidator(_text), Field(max_length=MOST_REMARK)]
Note = Annotated[str, BeforeValidator(_text), Field(max_length=MOST_NOTE)]
Line = Annotated[
    str, BeforeValidator(_text), AfterValidator(_one_line), Field(max_length=MOST_LINE)
]
Language = Annotated[str, Field(max_length=35), AfterValidator(languages.tag)]
Currency = Annotated[str, AfterValidator(_currency)]
Address = Annotated[str, Field(max_length=MOST_ADDRESS), AfterValidator(_web_address)]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]
Count = Annotated[int, Field(ge=0, le=MOST_COUNT)]
Value = Annotated[
    Decimal, Field(ge=0, le=MOST_MONEY, decimal_places=4, allow_inf_nan=False)
]


class When(Entry):
    """A moment as exactly as it is known: a year, perhaps with month, day and time."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    time: Annotated[time, Field()] | None = None
    about: bool = False

    @model_validator(mode="after")
    def _each_part_needs_the_larger(self) -> "When":
        if self.month and not self.year:
            raise Invalid(Problem("Add the year."))
        if self.day and not self.month:
            raise Invalid(Problem("Add the month."))
        if self.time and not self.day:
            raise Invalid(Problem("Add the day."))
        if self.year and self.month and self.day:
            self._exists(self.year, self.month, self.day)
        return self

    @staticmethod
    def _exists(year: int, month: int, day: int) -> None:
        if day > monthrange(year, month)[1]:
            raise Invalid(Problem("That month has fewer days."))

    @property
    def at(self) -> datetime | None:
        """The beginning of the year, month, day or minute, in UTC."""
        if self.year is None:
            return None
        clock = self.time or time()
        return datetime(
            self.year,
            self.month or 1,
            self.day or 1,
            clock.hour,
            clock.minute,
            tzinfo=UTC,
        )

    @property
    def precision(self) -> Precision:
        """How exactly it is known."""
        if self.year is None:
            return Precision.UNKNOWN
        if self.time and not self.about:
            return Precision.MINUTE
        part = "day" if self.day else "month" if self.month else "year"
        return Precision(f"about_{part}" if self.about else part)
