"""What a mention counts for: pieces that the figures of its company are made of.

A case is a complaint or a mixed story that is about the company. What was hidden,
withdrawn or taken off the lists does not count; what was erased does (its tombstone
keeps the count).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from stories.effort import effort, times
from stories.models import (
    Contact,
    Invited,
    Mention,
    Offer,
    Promise,
    Response,
    Story,
    StoryIssue,
    mention_product,
)
from stories.models.codes import (
    CaseState,
    Kind,
    Measure,
    MentionRole,
    Outcome,
    Party,
    Visibility,
)

COUNTED = (Visibility.PUBLIC, Visibility.TOMBSTONE)
CASES = (Kind.COMPLAINT, Kind.MIXED)
DECIDED = (
    Outcome.RESOLVED,
    Outcome.PARTLY_RESOLVED,
    Outcome.NOT_RESOLVED,
    Outcome.OFFER_REFUSED,
    Outcome.NO_ANSWER,
)
"""The outcomes that the resolved share is a share of."""
MOST_DAYS = 999
"""So many days to an answer are told apart; more count as these."""


class Piece(NamedTuple):
    """`number` of something on a day."""

    measure: Measure
    code: str
    day: date
    number: int = 1


@dataclass(frozen=True)
class Counts:
    """What a mention counts for: its company, its products, its pieces."""

    story_id: int
    company_id: int
    products: tuple[int, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Facts:
    """What authors told around some stories, by story."""

    issues: dict[int, list[str]]
    promises: dict[int, list[Promise]]
    contacts: dict[int, list[Contact]]
    offers: dict[int, list[Offer]]


def of_stories(
    db: Session, story_ids: Sequence[int], company_id: int | None = None
) -> dict[int, Counts]:
    """What the mentions of these stories count for, by mention; of one company only,
    where it is named."""
    cases = db.execute(_mentions(story_ids, company_id)).all()
    if not cases:
        return {}
    ids = {row.story_id for row in cases}
    told = {row.story_id for row in cases if row.told_at}
    facts = _Facts(
        issues=_by_story(db, StoryIssue, ids, StoryIssue.issue),
        promises=_by_story(db, Promise, told, Promise.by, Promise.state),
        contacts=_by_story(db, Contact, told, *_CONTACT),
        offers=_offers(db, told),
    )
    bought = _products(db, [row.id for row in cases])
    return {
        row.id: Counts(
            row.story_id,
            row.company_id,
            tuple(sorted(bought[row.id])),
            tuple(sorted(_pieces(row, facts))),
        )
        for row in cases
    }


_CONTACT = (
    Contact.by,
    Contact.company_id,
    Contact.channel,
    Contact.rhythm,
    Contact.at,
    Contact.until,
    Contact.minutes,
    Contact.people,
)


def _mentions(story_ids: Sequence[int], company_id: int | None) -> Any:
    wanted = (
        select(
            Mention.id,
            Mention.story_id,
            Mention.company_id,
            Mention.told_at,
            Mention.answered_at,
            Mention.answer_days,
            Mention.case_state,
            Mention.case_changed_at,
            Story.kind,
            Invited.company_id.label("invited_by_id"),
            Story.outcome,
            Story.outcome_at,
            Story.grade,
            Story.would_buy_again,
            Story.effort_minutes,
            Story.published_at,
            Story.first_published_at,
            Story.happened_at,
        )
        .join(Story, Story.id == Mention.story_id)
        .outerjoin(Invited, Invited.story_id == Mention.story_id)
        .where(
            Mention.story_id.in_(story_ids),
            Mention.role == MentionRole.SUBJECT,
            Story.visibility.in_(COUNTED),
        )
    )
    return wanted.where(Mention.company_id == company_id) if company_id else wanted


def _by_story(
    db: Session, table: Any, ids: Iterable[int], *columns: Any
) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if not ids:
        return found
    rows = select(table.story_id, *columns).where(table.story_id.in_(ids))
    for row in db.execute(rows):
        found[row.story_id].append(row if len(columns) > 1 else row[1])
    return found


def _offers(db: Session, ids: Iterable[int]) -> dict[int, list[Any]]:
    """The offers that were made here, in answers that are not hidden."""
    found: dict[int, list[Any]] = defaultdict(list)
    if not ids:
        return found
    made = (
        select(Offer.story_id, Offer.company_id, Offer.state, Offer.receipt)
        .join(Response, Response.id == Offer.response_id)
        .where(Offer.story_id.in_(ids), Response.visibility == Visibility.PUBLIC)
    )
    for row in db.execute(made):
        found[row.story_id].append(row)
    return found


def _products(db: Session, mention_ids: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    bought = mention_product.c
    rows = select(bought.mention_id, bought.product_id).where(
        bought.mention_id.in_(mention_ids)
    )
    for mention_id, product_id in db.execute(rows):
        found[mention_id].append(product_id)
    return found


def _pieces(case: Row[Any], facts: _Facts) -> Iterator[Piece]:
    published = case.published_at.date()
    yield Piece(Measure.KIND, case.kind, published)
    if case.invited_by_id == case.company_id:
        yield Piece(Measure.INVITED, case.kind, published)
    if case.kind not in CASES:
        return
    yield from _issues(case, facts.issues[case.story_id])
    if case.told_at is None:
        yield Piece(Measure.UNTOLD, case.outcome, published)
        return
    yield from _standing(case, case.told_at.date())
    yield from _verdict(case, case.told_at.date())
    yield from _offered(case, facts, case.told_at.date())
    yield from _trouble(case, facts, case.told_at.date())


def _issues(case: Row[Any], issues: list[str]) -> Iterator[Piece]:
    """What went wrong, on the day of the experience as far as it is known."""
    moment = case.happened_at or case.first_published_at or case.published_at
    for issue in issues:
        yield Piece(Measure.ISSUE, issue, moment.date())
        yield Piece(Measure.ISSUE_ENDING, f"{issue} {case.outcome}", moment.date())


def _standing(case: Row[Any], told: date) -> Iterator[Piece]:
    """Told, answered or not, and how it stands; an open case that waits for its author
    is counted by the day since when it does, for one day it becomes “no word”."""
    yield Piece(Measure.TOLD, "", told)
    if case.answered_at is not None:
        yield Piece(Measure.ANSWERED, "", told)
        days = min(case.answer_days or 0, MOST_DAYS)
        yield Piece(Measure.DAYS, str(days), told)
    waits = case.case_state == CaseState.AWAITING_AUTHOR
    if waits and case.outcome == Outcome.OPEN:
        yield Piece(Measure.WAITING, case.case_changed_at.date().isoformat(), told)
    else:
        yield Piece(Measure.ENDING, case.outcome, told)


def _verdict(case: Row[Any], told: date) -> Iterator[Piece]:
    """The author's verdict, and for the index the same of decided cases alone."""
    again, grade = case.would_buy_again, case.grade
    if again is not None:
        yield Piece(Measure.AGAIN, again, told)
    if grade is not None:
        yield Piece(Measure.GRADE, str(grade), told)
    if case.outcome not in DECIDED:
        return
    day = (case.outcome_at or case.told_at).date()
    yield Piece(Measure.ENDED, "", day)
    yield Piece(Measure.DECIDED, case.outcome, day)
    if again is not None:
        yield Piece(Measure.DECIDED_AGAIN, again, day)
    if grade is not None:
        yield Piece(Measure.DECIDED_GRADE, str(grade), day)


def _offered(case: Row[Any], facts: _Facts, told: date) -> Iterator[Piece]:
    """What the company offered here, by what became of it: whether an accepted offer
    came, once the author has said so."""
    mine = (
        each
        for each in facts.offers[case.story_id]
        if each.company_id == case.company_id
    )
    for code, number in Counter(each.receipt or each.state for each in mine).items():
        yield Piece(Measure.OFFER, code, told, number)


def _trouble(case: Row[Any], facts: _Facts, told: date) -> Iterator[Piece]:
    """What the company promised, and what it cost the author. Contacts that name
    another company of the story are not this one's."""
    promises = facts.promises[case.story_id]
    states = Counter(each.state for each in promises if each.by == Party.COMPANY)
    for state, number in states.items():
        yield Piece(Measure.PROMISE, state, told, number)
    mine = [
        each
        for each in facts.contacts[case.story_id]
        if each.company_id in (None, case.company_id)
    ]
    minutes = effort(mine, case.effort_minutes).minutes
    if minutes:
        yield Piece(Measure.EFFORT, "", told)
        yield Piece(Measure.MINUTES, "", told, minutes)
    tries = sum(times(each) for each in mine if each.by == Party.AUTHOR)
    if tries:
        yield Piece(Measure.CONTACTS, "", told, tries)
