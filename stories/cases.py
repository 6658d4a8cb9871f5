"""Whose turn it is between a story and a company, computed from the entries (rule 1),
and the clock that started when the company was told (rule 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from stories import nudging
from stories.models import (
    Company,
    Mention,
    Rejoinder,
    Response,
    Story,
    TimelineEntry,
    Update,
    now,
)
from stories.models.codes import (
    CaseState,
    Happening,
    Kind,
    MentionRole,
    Outcome,
    Visibility,
)
from stories.models.pace import Pace, pace_of
from stories.permissions import is_own_story, is_told

NO_WORD = timedelta(days=90)
TOLD_TOGETHER = timedelta(days=365)
SETTLED = frozenset((Outcome.RESOLVED, Outcome.MOOT))
SAYS = {
    Happening.CLOSED_CASE: CaseState.CLOSED,
    Happening.OFFER_ACCEPTED: CaseState.AWAITING_AUTHOR,
    Happening.OFFER_REFUSED: CaseState.AWAITING_COMPANY,
    Happening.OFFER_LAPSED: CaseState.AWAITING_COMPANY,
    Happening.OFFER_RECEIVED: CaseState.AWAITING_AUTHOR,
    Happening.OFFER_NOT_RECEIVED: CaseState.AWAITING_COMPANY,
    Happening.DISPUTE_CONFIRMED: CaseState.AWAITING_COMPANY,
    Happening.DISPUTE_CORRECTED: CaseState.AWAITING_COMPANY,
    Happening.DISPUTE_STOOD_BY: CaseState.AWAITING_COMPANY,
    Happening.REOPENED: CaseState.AWAITING_COMPANY,
}
"""What the author's lines do to a case: an accepted offer is still to be judged. An
offer that lapses by the clock was the author's to take."""

DISPUTED = frozenset(
    (
        Happening.DISPUTE_CONFIRMED,
        Happening.DISPUTE_CORRECTED,
        Happening.DISPUTE_STOOD_BY,
    )
)
"""An answer about one fact: it opens no case that was closed."""


@dataclass(frozen=True)
class Clock:
    """Whole days (UTC) from being told to the first answer, or so far."""

    days: int
    answered: bool

    @property
    def pace(self) -> Pace:
        """On time, late or overdue."""
        return pace_of(self.days)


def clock(mention: Mention, at: datetime | None = None) -> Clock | None:
    """The clock of a case; None where the company was not told."""
    if mention.told_at is None:
        return None
    until = mention.answered_at or at or now()
    days = (until.date() - mention.told_at.date()).days
    return Clock(max(days, 0), mention.answered_at is not None)


@dataclass(frozen=True, order=True)
class Word:
    """Something said between author and company: when, and what it does to the case.

    `opens`: whether it opens a case that the author has closed.
    """

    at: datetime
    state: CaseState
    opens: bool = True


@dataclass(frozen=True)
class Standing:
    """How a case stands today and since when; `no_word`: the author never came back."""

    state: CaseState
    since: datetime | None
    no_word: bool = False


def standing(mention: Mention, at: datetime | None = None) -> Standing:
    """Whose turn it is. An answer without a word for 90 days closes the case."""
    state, since = mention.case_state, mention.case_changed_at
    waits = state == CaseState.AWAITING_AUTHOR
    if waits and since is not None and (at or now()) - since >= NO_WORD:
        return Standing(CaseState.CLOSED, since + NO_WORD, no_word=True)
    return Standing(state, since)


def state_after(begun: Word, said: Iterable[Word]) -> tuple[CaseState, datetime]:
    """The state of a case after all that was said since it began, and since when.

    Of two words of one moment the one listed last counts. What the author has closed
    the author opens again: an answer to it changes nothing.
    """
    state, since = begun.state, begun.at
    for word in sorted(said, key=lambda word: word.at):
        asks = word.opens and word.state != CaseState.AWAITING_AUTHOR
        if state != CaseState.CLOSED or asks:
            state, since = word.state, word.at
    return state, since


def tell(db: Session, story: Story, at: datetime | None = None) -> list[Mention]:
    """Tell every subject company that has a voice here of a story by its author.

    Returns the cases that began; the caller writes to the representatives.
    """
    told = []
    if is_own_story(story):
        for mention in _subjects(db, story):
            if mention.told_at is None and is_told(db, mention.company_id):
                mention.told_at = at or now()
                told.append(mention)
    settle(db, story)
    return told


def tell_recent(db: Session, company: Company) -> list[Mention]:
    """The company has its first voice: tell it of the stories of the last 12 months."""
    since = now() - TOLD_TOGETHER
    untold = db.execute(
        select(Mention, Story)
        .join(Story, Story.id == Mention.story_id)
        .where(
            Mention.company_id == company.id,
            Mention.role == MentionRole.SUBJECT,
            Mention.told_at.is_(None),
            Story.published_at >= since,
            Story.visibility.in_((Visibility.PUBLIC, Visibility.UNLISTED)),
        )
    ).all()
    told = [mention for mention, story in untold if is_own_story(story)]
    for mention, story in untold:
        if is_own_story(story):
            mention.told_at = now()
            settle(db, story)
    return told


def settle(db: Session, story: Story) -> None:
    """Compute the state of each of the story's cases anew from its entries, and when
    the author is asked how it stands.

    Praise asks nothing of the company: an update to it opens no case, but a rejoinder,
    an outcome that is not settled, or a change of kind does. That 90 days pass is no
    entry: `standing` sees to it when the case is read.
    """
    db.flush()
    lines = _lines(db, story)
    begun = Word(story.published_at, _at_first(story, lines))
    said, mentions = _said_by_author(db, story, lines), _subjects(db, story)
    given = {each.id: _answers(db, each) for each in mentions}
    for mention in mentions:
        mine = [word for company, word in said if company in (None, mention.company_id)]
        _settle_one(mention, begun, given[mention.id], mine)
    answers = [word.at for each in given.values() for word in each]
    _plan_nudges(db, story, mentions, _last(begun, said, answers), answers)
    db.flush()


def last_word(db: Session, story: Story) -> datetime:
    """When author or company spoke last."""
    said = _said_by_author(db, story, _lines(db, story))
    answers = [word.at for each in _subjects(db, story) for word in _answers(db, each)]
    return _last(Word(story.published_at, CaseState.NOT_TOLD), said, answers)


def _settle_one(
    mention: Mention, begun: Word, answers: list[Word], mine: list[Word]
) -> None:
    mention.answered_at = min((word.at for word in answers), default=None)
    mention.answer_days = _answer_days(mention)
    if mention.told_at is None:
        mention.case_state, mention.case_changed_at = CaseState.NOT_TOLD, None
        return
    mention.case_state, since = state_after(begun, [*answers, *mine])
    mention.case_changed_at = max(since, mention.told_at)


def _last(
    begun: Word, said: list[tuple[int | None, Word]], answers: list[datetime]
) -> datetime:
    return max([begun.at, *(word.at for _, word in said), *answers])


def _plan_nudges(
    db: Session,
    story: Story,
    mentions: list[Mention],
    last: datetime,
    answers: list[datetime],
) -> None:
    """An author is asked while it is open, and while a company's answer waits."""
    if story.author_id is None or not is_own_story(story):
        return
    states = {each.case_state for each in mentions}
    is_open = story.outcome == Outcome.OPEN and states != {CaseState.CLOSED}
    if story.kind != Kind.PRAISE and (is_open or CaseState.AWAITING_AUTHOR in states):
        nudging.plan(db, story, last, max(answers, default=None))
    else:
        nudging.forget(db, story)


def _answer_days(mention: Mention) -> int | None:
    known = clock(mention)
    return known.days if known and known.answered else None


def _at_first(story: Story, lines: list[TimelineEntry]) -> CaseState:
    """How the case began: praise is closed from its publication on."""
    kind = _kind_at(story, lines, story.published_at)
    return CaseState.CLOSED if kind == Kind.PRAISE else CaseState.AWAITING_COMPANY


def _kind_at(story: Story, lines: list[TimelineEntry], at: datetime) -> str:
    """The kind of the story at some moment: what the next change of it changed."""
    changes = (line for line in lines if line.happening == Happening.KIND_CHANGED)
    later = next((line for line in changes if line.at > at), None)
    return str(later.details["from"]) if later else story.kind


def _subjects(db: Session, story: Story) -> list[Mention]:
    return list(
        db.scalars(
            select(Mention).where(
                Mention.story_id == story.id, Mention.role == MentionRole.SUBJECT
            )
        )
    )


def _answers(db: Session, mention: Mention) -> list[Word]:
    times = db.scalars(
        select(Response.posted_at).where(
            Response.story_id == mention.story_id,
            Response.company_id == mention.company_id,
            Response.visibility == Visibility.PUBLIC,
        )
    )
    return [Word(at, CaseState.AWAITING_AUTHOR) for at in times]


def _lines(db: Session, story: Story) -> list[TimelineEntry]:
    """What the timeline knows of the author's doing (or leaving), in its order."""
    mine = select(TimelineEntry).where(
        TimelineEntry.story_id == story.id,
        or_(
            TimelineEntry.by == "author",
            TimelineEntry.happening == Happening.OFFER_LAPSED,
        ),
    )
    return list(db.scalars(mine.order_by(TimelineEntry.at, TimelineEntry.id)))


def _said_by_author(
    db: Session, story: Story, lines: list[TimelineEntry]
) -> list[tuple[int | None, Word]]:
    """All that the author said after publication: to one company, or (None) to all."""
    waiting = CaseState.AWAITING_COMPANY
    updates = db.scalars(select(Update.published_at).where(Update.story_id == story.id))
    asking = (at for at in updates if _kind_at(story, lines, at) != Kind.PRAISE)
    rejoinders = db.execute(
        select(Rejoinder.company_id, Rejoinder.posted_at).where(
            Rejoinder.story_id == story.id
        )
    )
    return [
        *((None, Word(at, waiting)) for at in asking),
        *((company, Word(at, waiting)) for company, at in rejoinders),
        *((line.company_id, word) for line in lines if (word := _word(line))),
    ]


def _word(line: TimelineEntry) -> Word | None:
    """What a line of the timeline does to the case, if it says anything to it."""
    state = SAYS.get(line.happening)
    if line.happening == Happening.OUTCOME_CHANGED:
        settled = line.details["to"] in SETTLED
        state = CaseState.CLOSED if settled else CaseState.AWAITING_COMPANY
    if line.happening == Happening.KIND_CHANGED:
        state = _after_kind(line.details["from"], line.details["to"])
    opens = line.by == "author" and line.happening not in DISPUTED
    return Word(line.at, state, opens) if state else None


def _after_kind(before: str, after: str) -> CaseState | None:
    """A complaint that became praise is over; praise that soured begins again."""
    if Kind.PRAISE not in (before, after) or before == after:
        return None
    return CaseState.CLOSED if after == Kind.PRAISE else CaseState.AWAITING_COMPANY
