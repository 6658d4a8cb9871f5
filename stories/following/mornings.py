"""When letters that gather what is new are due."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stories.models.following import Often

MORNING = time(7)
QUARTER = timedelta(minutes=15)
"""So soon is “at once” for who follows a search."""


def next_due(time_zone: str, often: Often, after: datetime) -> datetime:
    """The next morning where the reader lives; for the weekly letter that of a Monday.

    >>> friday = datetime(2026, 1, 2, 12, tzinfo=UTC)
    >>> next_due("Europe/Rome", Often.DAILY, friday).isoformat()
    '2026-01-03T06:00:00+00:00'
    >>> next_due("Europe/Rome", Often.WEEKLY, friday).isoformat()
    '2026-01-05T06:00:00+00:00'
    """
    if often == Often.AT_ONCE:
        return after + QUARTER
    zone = ZoneInfo(time_zone)
    here = after.astimezone(zone)
    days = 7 - here.weekday() if often == Often.WEEKLY else 1
    day = here.date() + timedelta(days=days)
    return datetime.combine(day, MORNING, zone).astimezone(UTC)
