"""Everything that happened in a story, in order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from stories.models import (
    Contact,
    Dispute,
    Letter,
    Mention,
    Offer,
    Rejoinder,
    Response,
    Story,
    TimelineEntry,
    Update,
)
from stories.models.codes import Happening, OriginKind, Party, Precision, Sender

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
TOLD_BY_ROWS = frozenset(
    (
        Happening.PUBLISHED,
        Happening.IMPORTED,
        Happening.TOLD,
        Happening.UPDATE,
        Happening.RESPONSE,
        Happening.REJOINDER,
        Happening.OFFER,
        Happening.DISPUTE,
    )
)
"""Happenings that other rows than those of the timeline tell."""
GIVEN_AT_ONCE = frozenset(
    (Happening.OUTCOME_CHANGED, Happening.EVALUATED, Happening.COMMENTS_CLOSED)
)
"""What is no change where it was said in publishing."""


@dataclass(frozen=True)
class Event:
    """Something that happened and has no words of its own."""

    happening: Happening
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One line of the timeline.

    `what` is contact, letter, update, response, rejoinder, offer, dispute or event;
    `thing` the row that tells more. `side` is author, company or site. `hours_after`
    counts from the step before, where only that is known.
    """

    what: str
    side: str
    at: datetime | None
    precision: Precision
    thing: Any
    company_id: int | None = None
    hours_after: Decimal | None = None


Dated = tuple[datetime, Step]


def timeline(
    story: Story,
    responses: Iterable[Response],
    rejoinders: Iterable[Rejoinder],
    entries: Iterable[TimelineEntry],
) -> list[Step]:
    """All steps of a story whose lists are loaded, in order of time.

    Contacts keep the author's order: one without a date follows the one before it.
    """
    later = [
        *_updates(story.updates),
        *(_said("response", "company", each) for each in responses),
        *_offers(story.offers),
        *_disputes(story.disputes),
        *(_said("rejoinder", "author", each) for each in rejoinders),
        *(_entry(each) for each in entries if _is_step(story, each)),
    ]
    dated = [
        *_contacts(story.contacts),
        *_letters(story.letters),
        *_published(story, later),
        *_told(story.mentions),
        *((step.at or LONG_AGO, step) for step in later),
    ]
    return [step for _, step in sorted(dated, key=lambda each: each[0])]


def _contacts(contacts: Iterable[Contact]) -> Iterator[Dated]:
    reached = LONG_AGO
    for each in contacts:
        if each.at is not None:
            reached = each.at
        elif each.hours_after is not None and reached != LONG_AGO:
            reached += timedelta(hours=float(each.hours_after))
        yield (
            reached,
            Step(
                "contact",
                each.by,
                each.at,
                each.precision,
                each,
                each.company_id,
                each.hours_after,
            ),
        )


def _letters(letters: Iterable[Letter]) -> Iterator[Dated]:
    """Those with a date; the others stand below the story's text."""
    for each in letters:
        if each.at is not None:
            side = "site" if each.by == Sender.OTHER else each.by
            yield each.at, Step("letter", side, each.at, each.precision, each)


def _published(story: Story, later: Iterable[Step]) -> Iterator[Dated]:
    """Publication elsewhere, as late as its date allows; then publication here."""
    at, precision = story.first_published_at, story.first_published_precision
    if at is not None:
        known = min([_end(at, precision), *(step.at for step in later if step.at)])
        event = Event(Happening.FIRST_PUBLISHED)
        yield max(at, known), Step("event", "author", at, precision, event)
    imported = story.origin == OriginKind.IMPORTED
    event = Event(Happening.IMPORTED if imported else Happening.PUBLISHED)
    side = "site" if imported else "author"
    here = story.published_at
    yield here, Step("event", side, here, Precision.MINUTE, event)


def _end(begin: datetime, precision: Precision) -> datetime:
    """The last moment of a month or year that is known no closer."""
    if precision.endswith("year"):
        return begin.replace(month=12, day=31, hour=23)
    if precision.endswith("month"):
        return (begin.replace(day=28) + timedelta(days=4)).replace(day=1)
    return begin


def _updates(updates: Iterable[Update]) -> Iterator[Step]:
    for each in updates:
        yield Step("update", "author", each.happened_at, each.happened_precision, each)


def _told(mentions: Iterable[Mention]) -> Iterator[Dated]:
    for each in mentions:
        if each.told_at is not None:
            event = Event(Happening.TOLD, {"company": each.company.name})
            at = each.told_at
            yield (
                at,
                Step("event", "site", at, Precision.DAY, event, each.company_id),
            )


def _offers(offers: Iterable[Offer]) -> Iterator[Step]:
    """Offers with a date: of the author's, and those in a response, which follow it."""
    for each in offers:
        if each.at is not None:
            yield Step(
                "offer", "company", each.at, each.precision, each, each.company_id
            )


def _disputes(disputes: Iterable[Dispute]) -> Iterator[Step]:
    """Facts that a company disputes here; each follows the answer that says how."""
    for each in disputes:
        if each.at is not None:
            yield Step(
                "dispute",
                "company",
                each.at,
                Precision.MINUTE,
                each,
                each.company_id,
            )


def _said(what: str, side: str, row: Response | Rejoinder) -> Step:
    return Step(what, side, row.posted_at, Precision.MINUTE, row, row.company_id)


def _is_step(story: Story, entry: TimelineEntry) -> bool:
    if entry.at == story.published_at and entry.happening in GIVEN_AT_ONCE:
        return False
    return entry.happening not in TOLD_BY_ROWS


def _entry(entry: TimelineEntry) -> Step:
    side = entry.by if entry.by in tuple(Party) else "site"
    return Step("event", side, entry.at, Precision.MINUTE, entry, entry.company_id)
