"""Days as people write them, in several languages."""

import re
from datetime import date
from functools import cache

from babel import Locale

from stories.text.folding import fold

_LANGUAGES = ("en", "it", "de", "fr", "es", "pt", "nl")
_FILLER = re.compile(
    r"(?:[ ,(–—-]"
    r"|\b(?:of|on|as|del|di|al|il|vom|am|du|le|el|de|do|op|van)\b[ ]?|\bdell['’])*",
    re.IGNORECASE,
)
_YEAR = r"(?:,?[ ]{1,3}(?:del?[ ])?(?P<year>\d{4})(?!\d))?"
_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_DAY_NAME = (
    r"(?P<day>\d{1,2})(?:\.|º|°|er|st|nd|rd|th)?[ ]{1,3}(?:(?:de|of)[ ]{1,3})?" + _NAME
)
_NAME_DAY = _NAME + r"[ ]{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\w)"
_DIGITS = (
    r"(?P<first>\d{1,2})(?P<mark>[./-])(?P<second>\d{1,2})"
    r"(?:(?P=mark)(?P<year>\d{4}|\d{2}))?(?!\d)\.?"
)
_ISO = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (_ISO, _DAY_NAME + _YEAR, _NAME_DAY + _YEAR, _DIGITS)
)


def day_said(
    words: str, since: date, *, day_first: bool
) -> tuple[date | None, str] | None:
    """The day at the beginning of the words and what follows; None where none is said.

    A day without a year is the first one on or after `since`. The day is None where
    it could be two: 3/4 is in March or April, unless the day is known to come first.
    """
    filler = _FILLER.match(words)
    words = words[filler.end() :] if filler else words
    for shape in _SHAPES:
        found = shape.match(words)
        meant = _meant(found.groupdict(), day_first=day_first) if found else None
        if found and meant:
            year, rest = found["year"], words[found.end() :]
            return _first(*meant, year and int(year), since), rest
    return None


def _meant(said: dict[str, str | None], *, day_first: bool) -> tuple[int, int] | None:
    """Month and day; 0 where they could be either, None where it is no day."""
    if name := said.get("name"):
        month, day = _months().get(fold(name), 0), int(said["day"] or 0)
    elif first := said.get("first"):
        day, month = int(first), int(said["second"] or 0)
        if month > 12:
            day, month = month, day
        elif not (day_first or said["mark"] == "." or day > 12 or day == month):
            return 0, 0
    else:
        month, day = int(said["month"] or 0), int(said["day"] or 0)
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


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
        for width in ("wide", "abbreviated")
        for month, name in Locale(language).months["format"][width].items()
    }
