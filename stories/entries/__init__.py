"""What people enter: the shared parts of every entry, and every limit.

The web form, the API and the importer use the same entries, so that limits and
messages exist once. A blank optional field is None or "".
"""

import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

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
from stories.models.base import now
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
MOST_ID = 2_147_483_647
FIRST_YEAR = 1900
LAST_YEAR = 2100
AHEAD = timedelta(hours=14)
"""It may be tomorrow already where the author lives."""

T = TypeVar("T")


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
    """Whether there is nothing to be seen: no letter, number or sign of any kind."""
    if not isinstance(value, str):
        return value is None
    return not any(unicodedata.category(letter)[0] in "LNPS" for letter in value)


def _one_line(words: str) -> str:
    return " ".join(clean(words).split())


SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "US$": "USD",
    "R$": "BRL",
    "zł": "PLN",
    "₩": "KRW",
    "₹": "INR",
    "₺": "TRY",
}
"""What people write for a currency, where it can be no other."""


def _currency(typed: str) -> str:
    code = SIGNS.get(typed, typed).upper()
    if code not in get_global("all_currencies"):
        raise Invalid(Problem("Choose a currency from the list, such as EUR."))
    return code


def _whole_year(year: Any) -> Any:
    if str(year).strip().isdecimal() and len(str(year).strip()) < len("2026"):
        raise Invalid(Problem("Write the whole year, such as 2026."))
    return year


def _web_address(address: str) -> str:
    if not address.lower().startswith(("http://", "https://")):
        raise Invalid(Problem("A web address begins with http:// or https://."))
    if any(letter.isspace() for letter in address):
        raise Invalid(Problem("A web address has no spaces."))
    if not _host(address):
        raise Invalid(Problem("This is not a whole web address."))
    return address


def _host(address: str) -> str:
    """The host that an address names; "" where it names none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _domain(typed: str) -> str:
    """The domain in its usual form, also out of a pasted address."""
    host = _host(typed if "://" in typed else f"//{typed}").removeprefix("www.")
    try:
        domain = host.rstrip(".").encode("idna").decode()
    except UnicodeError:
        domain = ""
    if "." not in domain or not domain.replace(".", "").replace("-", "").isalnum():
        raise Invalid(Problem("Enter the domain of the company, such as example.com."))
    return domain


def _text(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _seen(lines: Any) -> Any:
    """The lines without blank ones."""
    if not isinstance(lines, list):
        return lines
    return [line for line in lines if not _blank(line)]


def _once(values: Iterable[T]) -> list[T]:
    """The values in their order, each of them once."""
    return list(dict.fromkeys(values))


def _minute(clock: time) -> time:
    """The hour and the minute of somebody's clock."""
    return time(clock.hour, clock.minute)


CLEAN = BeforeValidator(_text)
WHOLE_YEAR = BeforeValidator(_whole_year)
ONE_LINE = AfterValidator(_one_line)
SEEN = BeforeValidator(_seen)
ONCE = AfterValidator(_once)

Title = Annotated[str, Field(max_length=MOST_TITLE), CLEAN, ONE_LINE]
Text = Annotated[str, Field(max_length=MOST_TEXT), CLEAN]
Remark = Annotated[str, Field(max_length=MOST_REMARK), CLEAN]
Note = Annotated[str, Field(max_length=MOST_NOTE), CLEAN]
Line = Annotated[str, Field(max_length=MOST_LINE), CLEAN, ONE_LINE]
Language = Annotated[str, Field(max_length=35), AfterValidator(languages.tag)]
Currency = Annotated[str, AfterValidator(_currency)]
Address = Annotated[
    str, Field(max_length=MOST_ADDRESS), CLEAN, AfterValidator(_web_address)
]
Domain = Annotated[str, Field(max_length=MOST_LINE), CLEAN, AfterValidator(_domain)]
Minutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]
Count = Annotated[int, Field(ge=0, le=MOST_COUNT)]
Id = Annotated[int, Field(ge=1, le=MOST_ID)]
Value = Annotated[
    Decimal, Field(ge=0, le=MOST_MONEY, decimal_places=4, allow_inf_nan=False)
]
TimeOfDay = Annotated[time, AfterValidator(_minute)]


def note(words: str, field: str) -> str:
    """A few words that come alone, cleaned; Invalid at `field` where they are many."""
    cleaned = clean(words)
    if len(cleaned) > MOST_NOTE:
        most = Problem.plural(
            "At most %(n)s character.", "At most %(n)s characters.", n=MOST_NOTE
        )
        raise Invalid(most, field)
    return "" if _blank(cleaned) else cleaned.strip()


class When(Entry):
    """A moment as exactly as it is known: a year, perhaps with month, day and time."""

    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR), WHOLE_YEAR] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    time: TimeOfDay | None = None
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
        clock = self.time if self.precision == Precision.MINUTE else None
        return datetime(
            self.year,
            self.month or 1,
            self.day or 1,
            clock.hour if clock else 0,
            clock.minute if clock else 0,
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


def _not_to_come(when: When) -> When:
    if when.at and when.at > now() + AHEAD:
        raise Invalid(Problem("This is still to come."))
    return when


Past = Annotated[When, AfterValidator(_not_to_come)]
