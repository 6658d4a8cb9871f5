"""What author and company enter in a private conversation."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from stories.entries import Entry, Language, Note, Remark
from stories.models.base import ELSEWHERE, now
from stories.problems import Invalid, Problem

USUAL = timedelta(days=30)
MOST_DAYS = 366


def _to_come(day: date) -> date:
    left = (day - (now() - ELSEWHERE).date()).days
    if left < 1:
        raise Invalid(Problem("Choose a day that is still to come."))
    if left > MOST_DAYS:
        raise Invalid(Problem("At most a year from now."))
    return day


def usual_end() -> date:
    """The last day where the author chooses none."""
    return (now() + USUAL).date()


class AskEntry(Entry):
    """Why a company asks for a private conversation: its first message."""

    reason: Annotated[Note, Field(min_length=1)]


class EndEntry(Entry):
    """The last day of a conversation, as the author chooses it."""

    last_day: Annotated[date, AfterValidator(_to_come)] = Field(
        default_factory=usual_end
    )

    @property
    def ends_at(self) -> datetime:
        """When that day is over everywhere."""
        over = self.last_day + timedelta(days=1)
        return datetime.combine(over, time(), tzinfo=UTC) + ELSEWHERE


class BeginEntry(EndEntry):
    """What an author who opens one begins with."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None


class MessageEntry(Entry):
    """What one side writes to the other."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None
