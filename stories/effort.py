"""What a story cost its author in tries and time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stories.models import Contact
from stories.models.codes import Channel, Rhythm


@dataclass(frozen=True)
class Effort:
    """Calls, messages, visits, minutes lost and people spoken to; 0 where unknown."""

    calls: int = 0
    messages: int = 0
    visits: int = 0
    minutes: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return any((self.calls, self.messages, self.visits, self.minutes, self.people))


def effort(contacts: Iterable[Contact], minutes: int | None = None) -> Effort:
    """What it took; `minutes` is the author's own sum, which goes before ours."""
    contacts = list(contacts)
    calls = [each for each in contacts if each.channel == Channel.PHONE]
    visits = [each for each in contacts if each.channel == Channel.IN_PERSON]
    spoken = (*calls, *visits)
    return Effort(
        calls=sum(map(times, calls)),
        messages=sum(times(each) for each in contacts if each not in spoken),
        visits=sum(map(times, visits)),
        minutes=minutes or sum(each.minutes or 0 for each in contacts),
        people=sum(each.people or 0 for each in contacts),
    )


def times(contact: Contact) -> int:
    """How often a contact happened: once, or as its rhythm and dates say."""
    if contact.rhythm is None or contact.at is None or contact.until is None:
        return 1
    return max(1, _periods(contact.rhythm, contact.at, contact.until) + 1)


def _periods(rhythm: Rhythm, start: datetime, end: datetime) -> int:
    days = (end.date() - start.date()).days
    if rhythm == Rhythm.YEARLY:
        return end.year - start.year
    if rhythm == Rhythm.MONTHLY:
        return (end.year - start.year) * 12 + end.month - start.month
    return days // 7 if rhythm == Rhythm.WEEKLY else days
