"""How soon an answer came, and how soon it was over, as far as contacts tell."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from stories.models import Contact, Story
from stories.models.codes import Outcome, Party, Precision

HOUR = 3600


def first_answer(story: Story) -> float | None:
    """Hours from the author's first try to the company's first answer, if known."""
    for contact, hours in zip(story.contacts, _hours(story.contacts), strict=True):
        if contact.by == Party.COMPANY and hours is not None:
            return hours or None
    return None


def solved_in(story: Story) -> float | None:
    """Hours from the author's first try to the last contact whose time is known."""
    if story.outcome != Outcome.RESOLVED:
        return None
    return max((hours for hours in _hours(story.contacts) if hours), default=None)


def _hours(contacts: Iterable[Contact]) -> Iterator[float | None]:
    """Hours since the author's first try, contact by contact; None where unknown."""
    begun: datetime | None = None
    so_far: float | None = None
    started = False
    for contact in contacts:
        if not started:
            started = contact.by == Party.AUTHOR
            so_far, begun = (0.0, _minute(contact)) if started else (None, None)
        elif begun is not None and (at := _minute(contact)) is not None:
            so_far = (at - begun).total_seconds() / HOUR
        elif so_far is not None and contact.hours_after is not None:
            so_far += float(contact.hours_after)
        else:
            so_far = None
        yield so_far


def _minute(contact: Contact) -> datetime | None:
    return contact.at if contact.precision == Precision.MINUTE else None
