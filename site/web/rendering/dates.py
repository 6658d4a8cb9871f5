"""Dates as exactly as they are known, and the time between them.

`value | day` is a moment that this site recorded, shown as a day in the reader's
time zone. `value | day(precision)` is a date that somebody told, shown as told.
`moment` puts the same words into a `<time>`.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_datetime_format,
)
from flask import g
from markupsafe import Markup

from web.i18n import gettext as _
from web.i18n import language, locale_of, ngettext

DAY, MONTH, YEAR = timedelta(days=1), timedelta(days=30.44), timedelta(days=365.25)

ABOUT = "about_"
EXACT = frozenset(("", "minute"))

Dated = datetime | date | None


def day(value: Dated, precision: str = "") -> str:
    """3 March 2011; March 2011; about 2011; 3 March 2011, 14:05."""
    if value is None or precision == "unknown":
        return _("Date not known")
    return _told(language(), value, precision, _zone(precision))


def moment(value: Dated, precision: str = "") -> Markup | str:
    """The same in a `<time>`, which machines read to the same precision."""
    if value is None or precision == "unknown":
        return day(value, precision)
    return _marked(language(), value, precision, _zone(precision))


def gap(
    before: datetime | None, known: str, after: datetime | None, precision: str
) -> str:
    """How long after the one the other came, as far as both dates are known."""
    if before is None or after is None or "unknown" in (known, precision):
        return ""
    between = after - before
    if not {known, precision} <= {"", "minute", "day"}:
        return later(between) if between >= 2 * MONTH else ""
    if "day" in (known, precision) or between >= 2 * DAY:
        return _days_later((after.date() - before.date()).days)
    return later(between) if between >= timedelta(minutes=1) else ""


def _days_later(days: int) -> str:
    """By the calendar; nothing where the dates run backwards."""
    if days == 0:
        return _("the same day")
    if days == 1:
        return _("the next day")
    return later(timedelta(days=days)) if days > 0 else ""


def later(between: timedelta) -> str:
    """6 hours later; 3 days later; 2 years later."""
    minutes = round(between / timedelta(minutes=1))
    if minutes < 1:
        return _("at once")
    if minutes < 60:
        return ngettext("%(n)d minute later", "%(n)d minutes later", minutes)
    if between < 2 * DAY:
        n = round(minutes / 60)
        return ngettext("%(n)d hour later", "%(n)d hours later", n)
    return _much_later(between)


def _much_later(between: timedelta) -> str:
    if between < 2 * MONTH:
        n = between.days
        return ngettext("%(n)d day later", "%(n)d days later", n)
    if between < 2 * YEAR:
        n = round(between / MONTH)
        return ngettext("%(n)d month later", "%(n)d months later", n)
    n = round(between / YEAR)
    return ngettext("%(n)d year later", "%(n)d years later", n)


def duration(minutes: int) -> str:
    """35 min; 2 hours; 2 h 35 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        # TRANSLATORS: minutes, as short as can be
        return _("%(minutes)d min", minutes=rest)
    if not rest:
        return ngettext("%(n)d hour", "%(n)d hours", hours)
    # TRANSLATORS: hours and minutes, as short as can be
    return _("%(hours)d h %(minutes)d min", hours=hours, minutes=rest)


def ahead(seconds: int) -> str:
    """In 40 seconds; in 5 minutes."""
    exact = seconds if seconds < 60 else 60 * ceil(seconds / 60)
    locale = locale_of(language())
    return format_timedelta(exact, add_direction=True, threshold=1.5, locale=locale)


def repeated(rhythm: str, start: str, end: str) -> str:
    """Monthly, October 2009 to March 2010: a rhythm's label and two dates as shown."""
    if start and end:
        # TRANSLATORS: how often and from when to when: monthly, May to June 2010
        return _(
            "%(rhythm)s, %(start)s to %(end)s", rhythm=rhythm, start=start, end=end
        )
    if start:
        return _("%(rhythm)s, from %(start)s", rhythm=rhythm, start=start)
    return rhythm


def _zone(precision: str) -> str:
    """The zone matters where the moment is known exactly; a day is a day anywhere."""
    exact = precision in EXACT
    return (g.get("time_zone") or "UTC") if exact else "UTC"


@lru_cache(maxsize=8192)
def _marked(tag: str, value: date, precision: str, zone: str) -> Markup:
    stamp = _stamp(value, precision.removeprefix(ABOUT))
    told = _told(tag, value, precision, zone)
    return Markup('<time datetime="{}">{}</time>').format(stamp, told)


@lru_cache(maxsize=8192)
def _told(tag: str, value: date, precision: str, zone: str) -> str:
    said = _formatted(tag, value, precision.removeprefix(ABOUT), zone)
    return _("about %(date)s", date=said) if precision.startswith(ABOUT) else said


def _formatted(tag: str, value: date, precision: str, zone: str) -> str:
    locale = locale_of(tag)
    if precision == "year":
        return format_skeleton("y", value, locale=locale)
    if precision == "month":
        return format_skeleton("yMMMM", value, locale=locale)
    if isinstance(value, datetime) and precision in EXACT:
        value = value.astimezone(ZoneInfo(zone))
    said = format_date(value, "long", locale=locale)
    if precision != "minute" or not isinstance(value, datetime):
        return said
    time = format_time(value, "short", tzinfo=value.tzinfo, locale=locale)
    joined = str(get_datetime_format("medium", locale=locale))
    return joined.replace("'", "").replace("{1}", said).replace("{0}", time)


def _stamp(value: date, precision: str) -> str:
    if isinstance(value, datetime) and precision in EXACT:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    letters = {"year": 4, "month": 7}.get(precision, 10)
    return value.isoformat()[:letters]


FILTERS = {"day": day, "moment": moment, "duration": duration, "ahead": ahead}
GLOBALS = {"gap": gap, "later": later, "repeated": repeated}
