"""Pressure to take a story down: its author discloses it, staff check it.

What is disclosed is private until staff agree. Then a dated notice stands above the
story and on the company's page, and the company's count goes on, whatever becomes of
the story.
"""

from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import database, history, outbox, permissions
from stories.entries import Entry, Id, Note, Past, When
from stories.models import (
    Caution,
    Member,
    Mention,
    Pressure,
    Representative,
    Story,
    now,
)
from stories.models.codes import FlagState, MentionRole, StaffDeed
from stories.models.pressure import PressureKind
from stories.models.readers import Concern
from stories.problems import Forbidden, Invalid, Problem

CHECKED = "checked"
"""Whose word a notice is: the author's, looked at by staff."""
DEEDS = {
    FlagState.UPHELD: StaffDeed.PRESSURE_UPHELD,
    FlagState.DISMISSED: StaffDeed.PRESSURE_DISMISSED,
}
MOST = 20
"""So many disclosures one story holds."""


class PressureEntry(Entry):
    """Who threatened, asked for a signature or offered money, when, and how."""

    kind: PressureKind
    company_id: Id | None = None
    when: Past = When()
    words: Annotated[Note, Field(min_length=1)]


class JudgementEntry(Entry):
    """Why staff agree, or do not, in words for the author."""

    words: Annotated[Note, Field(min_length=1)]


def disclose(
    db: Session, author: Member, story: Story, entry: PressureEntry
) -> Pressure:
    """Tell staff in private that a company pressed for the story to go."""
    permissions.hold_to_write(db, author, story)
    if len(told(db, story)) >= MOST:
        raise Invalid(Problem("That is enough for one story: staff know."), "words")
    made = Pressure(
        story_id=story.id,
        company_id=_company(db, story, entry),
        kind=entry.kind,
        at=entry.when.at,
        precision=entry.when.precision,
        words=entry.words,
    )
    db.add(made)
    db.flush()
    return made


def withdraw(db: Session, author: Member, pressure: Pressure) -> None:
    """The author takes their words back; what staff agreed with still counts."""
    story = db.get_one(Story, pressure.story_id)
    permissions.hold(db, author, story)
    database.hold(db, pressure)
    if pressure.state != FlagState.UPHELD:
        db.delete(pressure)
        return
    pressure.words = ""
    _show(db, story)


def uphold(
    db: Session, staff: Member, pressure: Pressure, entry: JudgementEntry
) -> None:
    """Staff agree: readers are told, above the story and on the company's page."""
    _judge(db, staff, pressure, FlagState.UPHELD, entry)


def dismiss(
    db: Session, staff: Member, pressure: Pressure, entry: JudgementEntry
) -> None:
    """Staff do not agree, or no longer: no reader sees it."""
    _judge(db, staff, pressure, FlagState.DISMISSED, entry)


def told(db: Session, story: Story) -> list[Pressure]:
    """All that the author disclosed of a story, the oldest first."""
    mine = select(Pressure).where(Pressure.story_id == story.id)
    return list(db.scalars(mine.order_by(Pressure.id)))


def _company(db: Session, story: Story, entry: PressureEntry) -> int:
    """Which of those that the story is about; the only one where there is one."""
    subject = Mention.role == MentionRole.SUBJECT
    named = select(Mention.company_id).where(Mention.story_id == story.id, subject)
    companies = list(db.scalars(named))
    if entry.company_id is None and len(companies) == 1:
        return companies[0]
    if entry.company_id not in companies:
        raise Invalid(Problem("Choose one of the story’s companies."), "company_id")
    return entry.company_id


def _judge(
    db: Session,
    staff: Member,
    pressure: Pressure,
    state: FlagState,
    entry: JudgementEntry,
) -> None:
    story = _held(db, staff, pressure)
    if pressure.state == state:
        raise Invalid(Problem("This was decided already."))
    _decide(db, staff, pressure, DEEDS[state], entry)
    pressure.state, pressure.decided_at = state, now()
    _show(db, story)
    if state == FlagState.UPHELD:
        _tell_company(db, story, pressure)


def _tell_company(db: Session, story: Story, pressure: Pressure) -> None:
    """Whoever speaks for it learns that its page has a notice; its programs too."""
    outbox.call(db, pressure.company_id, "pressure.noticed")
    speakers = select(Representative.member_id).where(
        permissions.speaking_for(pressure.company_id)
    )
    for member_id in db.scalars(speakers.order_by(Representative.id)).all():
        if member_id != story.author_id:
            to = f"member:{member_id}"
            outbox.letter(db, "pressure_noticed", to, pressure_id=pressure.id)


def _held(db: Session, staff: Member, pressure: Pressure) -> Story:
    """The story; Forbidden to whoever has a part in it."""
    permissions.require(permissions.is_staff(staff))
    story = db.get_one(Story, pressure.story_id)
    part = permissions.place_in_team(db, staff, pressure.company_id)
    if part is not None or permissions.owns(staff, story):
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))
    database.hold(db, pressure)
    return story


def _decide(
    db: Session,
    staff: Member,
    pressure: Pressure,
    deed: StaffDeed,
    entry: JudgementEntry,
) -> None:
    """A line of the public log, and a letter to the author. The log names the story
    only where readers are to know of it."""
    story = db.get_one(Story, pressure.story_id)
    decision = history.decide(
        db,
        staff,
        deed,
        pressure,
        words=entry.words,
        story_id=story.id if deed == StaffDeed.PRESSURE_UPHELD else None,
    )
    if story.author_id is not None:
        to = f"member:{story.author_id}"
        outbox.letter(db, "decision", to, decision_id=decision.id)


def _show(db: Session, story: Story) -> None:
    """Let the notice above the story say what staff agreed with, and nothing else."""
    db.flush()
    agreed = [each for each in told(db, story) if each.state == FlagState.UPHELD]
    words = "\n".join(each.words for each in agreed if each.words)
    notice = db.scalar(
        select(Caution).where(
            Caution.story_id == story.id,
            Caution.by == CHECKED,
            Caution.ended_at.is_(None),
        )
    )
    if notice is None and words:
        notice = Caution(story_id=story.id, concern=Concern.PRESSURE, by=CHECKED)
        db.add(notice)
    if notice is not None:
        notice.words = words
        notice.ended_at = None if words else now()
    history.touch_lists(db, story)
