"""When samples happen: counted back from the day on which they are loaded."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

_SAID = re.compile(
    r"(?:(?P<days>\d+) days|(?P<month>\d\d)-(?P<day>\d\d), (?P<years>\d+) years?) ago"
    r"(?: at (?P<clock>\d\d:\d\d))?"
)
NOON = time(12)


def moment(said: str, today: date) -> datetime:
    """The moment that a few words name.

    >>> moment("12 days ago at 09:30", date(2026, 3, 31)).isoformat()
    '2026-03-19T09:30:00+00:00'
    >>> moment("11-14, 2 years ago", date(2026, 3, 31)).isoformat()
    '2024-11-14T12:00:00+00:00'
    """
    found = _SAID.fullmatch(said)
    if found is None:
        raise ValueError(f"Not a moment: {said}")
    clock = time.fromisoformat(found["clock"]) if found["clock"] else NOON
    if found["days"]:
        day = today - timedelta(days=int(found["days"]))
    else:
        year = today.year - int(found["years"])
        day = date(year, int(found["month"]), int(found["day"]))
    return datetime.combine(day, clock, UTC)


def after(begun: datetime, days: float, clock: str | None = None) -> datetime:
    """So many days later, at a time of day where one is given."""
    then = begun + timedelta(days=days)
    if clock is None:
        return then
    return datetime.combine(then.date(), time.fromisoformat(clock), UTC)


def dated(value: Any, begun: datetime) -> Any:
    """An entry in which every `{days = -3}` has become the date that it means.

    `to` says how exactly it is known: year, month or (without it) day.
    """
    if isinstance(value, list):
        return [dated(each, begun) for each in value]
    if not isinstance(value, dict):
        return value
    if "days" in value:
        return _when(begun + timedelta(days=value["days"]), value)
    return {name: dated(each, begun) for name, each in value.items()}


def _when(day: datetime, said: dict[str, Any]) -> dict[str, Any]:
    exactly = {"year": 1, "month": 2, "day": 3}[said.get("to", "day")]
    parts = {"year": day.year, "month": day.month, "day": day.day}
    known = dict(list(parts.items())[:exactly])
    return known | {name: said[name] for name in ("about", "time") if name in said}
