"""How a company's team works at its desk: who deals with a story, what they note.

Only those who are verified to speak for the company do and see any of this.
"""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories import desks, permissions
from stories.entries import Entry, Id, Note
from stories.models import (
    DeskNote,
    Handling,
    Member,
    Mention,
    Representative,
    Story,
    now,
)
from stories.problems import Forbidden, Invalid, Missing, Problem

MOST_AT_ONCE = 100


class AssignEntry(Entry):
    """Who is to deal with it: the number of somebody's role; None is nobody."""

    assigned: Id | None = None


class NoteEntry(Entry):
    """Words for one's own team."""

    text: Annotated[Note, Field(min_length=1)]


def assign(
    db: Session,
    member: Member,
    company_id: int,
    story_ids: Iterable[int],
    entry: AssignEntry,
) -> None:
    """Let somebody of the team deal with these stories, or nobody in particular.

    Raises Invalid for somebody who does not speak for the company today.
    """
    stories = _theirs(db, member, company_id, story_ids)
    if entry.assigned is not None:
        _require_of_team(db, company_id, entry.assigned)
    for each in _handlings(db, company_id, stories):
        each.assigned_id = entry.assigned
    desks.follow(db, company_id, stories)


def see(db: Session, member: Member, company_id: int, story_ids: Iterable[int]) -> None:
    """Somebody of the team has looked at these stories; the first time counts."""
    stories = _theirs(db, member, company_id, story_ids)
    for each in _handlings(db, company_id, stories):
        each.seen_at = each.seen_at or now()
    desks.follow(db, company_id, stories)


def note(
    db: Session,
    member: Member,
    company_id: int,
    story_ids: Iterable[int],
    entry: NoteEntry,
) -> None:
    """Note something of these stories, for the team alone."""
    stories = _theirs(db, member, company_id, story_ids)
    role = voice(db, member, company_id)
    for story_id in stories:
        written = DeskNote(
            story_id=story_id,
            company_id=company_id,
            representative_id=role.id,
            name=role.name,
            text=entry.text,
        )
        db.add(written)
    db.flush()


def erase_note(db: Session, member: Member, number: int) -> DeskNote:
    """Take a note of one's own away. Raises Missing where there is none."""
    found = db.get(DeskNote, number)
    if found is None:
        raise Missing
    role = voice(db, member, found.company_id)
    permissions.require(found.representative_id == role.id)
    db.delete(found)
    db.flush()
    return found


def forget_member(db: Session, member: Member) -> None:
    """What somebody noted stays with the team, without their name."""
    mine = select(Representative.id).where(Representative.member_id == member.id)
    written = DeskNote.representative_id.in_(mine)
    db.execute(update(DeskNote).where(written).values(name=""))


def seat(db: Session, member: Member, company_id: int) -> Representative:
    """The member's right to sit at the company's desk, observers included; Forbidden
    for strangers."""
    permissions.require_standing(member)
    role = permissions.place_at_desk(db, member, company_id)
    if role is None:
        raise Forbidden(Problem("You do not speak for this company."))
    return role


def voice(db: Session, member: Member, company_id: int) -> Representative:
    """The member's right to work at the company's desk; Forbidden for strangers, and
    for those who only observe."""
    permissions.require_standing(member)
    role = permissions.representative(db, member, company_id)
    if role is None:
        raise Forbidden(Problem("You do not speak for this company."))
    return role


def _theirs(
    db: Session, member: Member, company_id: int, story_ids: Iterable[int]
) -> list[int]:
    """The stories, if the member speaks for the company, and all of them name it."""
    voice(db, member, company_id)
    asked = set(story_ids)
    if not asked:
        raise Invalid(Problem("Choose at least one story."))
    if len(asked) > MOST_AT_ONCE:
        raise Invalid(Problem("At most %(n)s stories at once.", n=MOST_AT_ONCE))
    named = select(Mention.story_id).where(
        Mention.company_id == company_id,
        Mention.story_id.in_(asked),
        Mention.story_id == Story.id,
        Story.visibility.in_(permissions.SEEN),
    )
    found = set(db.scalars(named))
    if found != asked:
        raise Missing
    return sorted(found)


def _require_of_team(db: Session, company_id: int, role_id: int) -> None:
    theirs = select(Representative.id).where(
        Representative.id == role_id, permissions.answering_for(company_id)
    )
    if db.scalar(theirs) is None:
        raise Invalid(Problem("Choose somebody of your team."), "assigned")


def _handlings(db: Session, company_id: int, stories: list[int]) -> list[Handling]:
    """A row for each of the stories, found or added."""
    known = select(Handling).where(
        Handling.company_id == company_id, Handling.story_id.in_(stories)
    )
    found = {each.story_id: each for each in db.scalars(known)}
    for story_id in stories:
        if story_id not in found:
            found[story_id] = _added(db, company_id, story_id)
    return list(found.values())


def _added(db: Session, company_id: int, story_id: int) -> Handling:
    made = Handling(company_id=company_id, story_id=story_id)
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:  # somebody of the team was faster
        return db.scalars(
            select(Handling).where(
                Handling.company_id == company_id, Handling.story_id == story_id
            )
        ).one()
    return made
