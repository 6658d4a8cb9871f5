"""Days as people write them, in several languages."""

import re
from datetime import date
from functools import cache
from typing import Literal

from babel import Locale

from stories.text.folding import fold

Order = Literal["day", "month", "either"]
"""What comes first in a day written in digits: both are usual in English."""

_LANGUAGES = (
    *("en", "it", "de", "fr", "es", "pt", "nl", "pl", "ar", "ar_LB", "ar_DZ", "ar_MA"),
    *("tr", "id", "th"),
)
"""Japanese, Chinese and Korean count their months."""
_FILLER = re.compile(
    r"(?:[ \u3000,(（–—-]"
    r"|\b(?:of|on|as|del|di|al|il|vom|am|du|le|el|de|do|op|van|z|dnia|em|tanggal)\b[ ]?"
    r"|\bd\.d\.|\bdell['’]|\b(?:بتاريخ|في|يوم)\b[ ]?|วันที่[ ]?|[于於][ ]?)*",
    re.IGNORECASE,
)
_YEAR = r"(?:,?[ ]{1,3}(?:del?[ ])?(?P<year>\d{4})(?!\d)(?:[ ]r\.)?)?"
_NAME = r"(?P<name>(?:تشرين|كانون)[ ]\w{5,6}|[\u0e01-\u0e4e]{4,12}|[^\W\d_]{2,12})\.?"
_DAY_NAME = (
    r"(?P<day>\d{1,2})(?:\.|º|°|er|st|nd|rd|th)?[ ]{1,3}(?:(?:de|of)[ ]{1,3})?" + _NAME
)
_NAME_DAY = _NAME + r"[ ]{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w)"
_DIGITS = (
    r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})"
    r"(?:(?P=mark)(?P<year>\d{4}|\d{2}))?(?!\d)\.?"
)
_ISO = (
    r"(?P<year>\d{4})(?P<mark>[-/.])[ ]?(?P<month>\d{1,2})(?P=mark)[ ]?"
    r"(?P<day>\d{1,2})(?!\d)\.?"
)
_COUNTED = (
    r"(?:(?P<year>\d{4})[ ]?[年년][ ]?)?(?P<month>\d{1,2})[ ]?[月월][ ]?"
    r"(?P<day>\d{1,2})[ ]?[日号號일]"
)
_WEEKDAY_NAME = re.compile(r"(?P<name>[^\W\d_]{2,13}(?:-feira)?)[,.،]?[ ]{1,3}")
_WEEKDAY = r"(?:[ ]?[(（][月火水木金土日월화수목금토一二三四五六][)）])?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        _COUNTED + _WEEKDAY,
        _ISO + _WEEKDAY,
        _DAY_NAME + _YEAR,
        _NAME_DAY + _YEAR,
        _DIGITS + _WEEKDAY,
    )
)


def day_said(words: str, since: date, order: Order) -> tuple[date | None, str] | None:
    """The day at the beginning of the words and what follows; None where none is said.

    A day without a year is the first one on or after `since`. The day is None where
    it could be two: 3/4 is in March or April, unless the order is known.
    """
    words = _unfilled(words)
    for shape in _SHAPES:
        found = shape.match(words)
        meant = _meant(found.groupdict(), order) if found else None
        if found and meant:
            year, rest = found["year"], words[found.end() :]
            return _first(*meant, year and int(year), since), rest
    return None


def _unfilled(words: str) -> str:
    """The words from the day on: without `of` and `on`, and the day of the week."""
    filler = _FILLER.match(words)
    words = words[filler.end() :] if filler else words
    weekday = _WEEKDAY_NAME.match(words)
    if weekday and fold(weekday["name"]) in _weekdays():
        return words[weekday.end() :]
    return words


def _meant(said: dict[str, str | None], order: Order) -> tuple[int, int] | None:
    """Month and day; 0 where they could be either, None where it is no day."""
    if name := said.get("name"):
        month, day = _months().get(fold(name), 0), int(said["day"] or 0)
    elif first := said.get("first"):
        month, day = _counted(int(first), int(said["second"] or 0), said["mark"], order)
        if not month:
            return 0, 0
    else:
        month, day = int(said["month"] or 0), int(said["day"] or 0)
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _counted(
    first: int, second: int, mark: str | None, order: Order
) -> tuple[int, int]:
    """Which of two numbers is the month, and which the day; 0 where nobody knows."""
    if order == "month" and first <= 12:
        return first, second
    if second > 12:
        return first, second
    known = order == "day" or mark == "." or first > 12 or first == second
    return (second, first) if known else (0, 0)


def _first(month: int, day: int, year: int | str | None, since: date) -> date | None:
    """The day in that year, else the first one since then."""
    if year:
        year = int(year)
        return _day(year if year > 99 else 2000 + year, month, day)
    days = (_day(since.year + n, month, day) for n in range(9))
    return next((one for one in days if one and one >= since), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # 30 February, or a day that could be two
        return None


@cache
def _months() -> dict[str, int]:
    """Names of months, long and short, as they are looked up."""
    return {
        fold(name): month
        for language in _LANGUAGES
        for kind in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for month, name in kind[width].items()
    }


@cache
def _weekdays() -> frozenset[str]:
    """Names of the days of the week, long and short, as they are looked up."""
    return frozenset(
        fold(name)
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for name in Locale.parse(language).days["format"][width].values()
    )
