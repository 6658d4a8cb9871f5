"""How a company stands to the clock (rule 5)."""

from datetime import datetime
from enum import StrEnum

ON_TIME_DAYS = 14
LATE_DAYS = 30
WAITS = "waiting"
"""Told and not answered: how late that is today follows from the day."""

PACED = ("told_at", "answered_at", "answer_days")
"""What a mention's pace follows from."""


class Pace(StrEnum):
    """How a company stands to the clock."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"


def pace_of(days: int) -> Pace:
    """On time within 14 days, late within 30, then overdue."""
    if days <= ON_TIME_DAYS:
        return Pace.ON_TIME
    return Pace.LATE if days <= LATE_DAYS else Pace.OVERDUE


def paced(
    told_at: datetime | None, answered_at: datetime | None, answer_days: int | None
) -> str:
    """How a case was answered, that it waits, or nothing where nobody was told."""
    if told_at is None:
        return ""
    if answered_at is None:
        return WAITS
    return pace_of(answer_days) if answer_days is not None else ""
