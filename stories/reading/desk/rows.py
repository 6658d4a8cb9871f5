"""Stories as they lie on a desk, with how the team deals with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from stories import cases, permissions
from stories.models import (
    Company,
    DeskNote,
    Handling,
    Member,
    Mention,
    Representative,
    Story,
    now,
)
from stories.models.codes import CaseState, ClaimState, MentionRole
from stories.problems import Forbidden, Missing, Problem
from stories.reading.desk.places import Pile

SHOWN = (
    Story.title,
    Story.language,
    Story.kind,
    Story.outcome,
    Story.author_id,
    Story.author_name,
    Story.published_at,
    Story.origin,
    Story.visibility,
)


@dataclass(frozen=True)
class Row:
    """A story as it lies on the desk. `reference` is the author's order number.

    `assigned` is who of the team deals with it, `seen` whether anybody has looked at
    it, `notes` how many the team has made.
    """

    pile: Pile
    mention: Mention
    story: Story
    standing: cases.Standing
    clock: cases.Clock | None
    reference: str
    assigned: Representative | None
    seen: bool
    notes: int


@dataclass(frozen=True)
class Case:
    """One story on the desk, with all that the team noted of it, the latest first."""

    role: Representative
    row: Row
    notes: list[DeskNote]


def rows(
    db: Session, company_id: int, numbers: Sequence[int], at: datetime
) -> list[Row]:
    """These mentions of a company, in this order."""
    found = db.execute(_wanted(), {"ids": list(numbers), "company": company_id})
    made = {each[0].id: _row(*each, at=at) for each in found}
    return [made[number] for number in numbers]


def sits(db: Session, member: Member, company_id: int) -> Representative:
    """The right by which a member sits at a company's desk, with the company and how it
    was verified; Forbidden for strangers."""
    role = permissions.place_at_desk(db, member, company_id)
    if role is None:
        raise Forbidden(Problem("You do not speak for this company."))
    db.refresh(role, ["company", "verifications"])
    return role


def case(db: Session, member: Member, company_id: int, number: int) -> Case:
    """A story on the desk of a company. Raises Forbidden for strangers, Missing where
    the story is not there, or does not name the company."""
    role = sits(db, member, company_id)
    named = (
        select(Mention.id)
        .join(Story, Story.id == Mention.story_id)
        .where(
            Mention.story_id == number,
            Mention.company_id == company_id,
            Story.visibility.in_(permissions.SEEN),
        )
    )
    mention_id = db.scalar(named)
    if mention_id is None:
        raise Missing
    (row,) = rows(db, company_id, [mention_id], now())
    return Case(role, row, _notes(db, company_id, number))


def _notes(db: Session, company_id: int, number: int) -> list[DeskNote]:
    written = select(DeskNote).where(
        DeskNote.company_id == company_id, DeskNote.story_id == number
    )
    return list(db.scalars(written.order_by(DeskNote.at.desc(), DeskNote.id.desc())))


@cache
def _wanted() -> Select[Any]:
    noted = (
        select(func.count())
        .where(
            DeskNote.company_id == bindparam("company"),
            DeskNote.story_id == Mention.story_id,
        )
        .scalar_subquery()
    )
    handled = and_(
        Handling.company_id == Mention.company_id,
        Handling.story_id == Mention.story_id,
    )
    deals = and_(
        Representative.id == Handling.assigned_id,
        Representative.state == ClaimState.GRANTED,
    )
    return (
        select(Mention, Handling.seen_at, Representative, noted)
        .outerjoin(Handling, handled)
        .outerjoin(Representative, deals)
        .where(Mention.id.in_(bindparam("ids", expanding=True)))
        .options(
            joinedload(Mention.story).load_only(*SHOWN, Story.private_reference),
            joinedload(Mention.story)
            .joinedload(Story.author)
            .load_only(Member.handle, Member.display_name),
            joinedload(Mention.company).load_only(Company.name),
        )
    )


def _row(
    mention: Mention,
    seen_at: datetime | None,
    assigned: Representative | None,
    notes: int,
    *,
    at: datetime,
) -> Row:
    subject = mention.role == MentionRole.SUBJECT
    return Row(
        pile=_pile(mention, at),
        mention=mention,
        story=mention.story,
        standing=cases.standing(mention, at),
        clock=cases.clock(mention, at) if subject else None,
        reference=mention.story.private_reference if subject else "",
        assigned=assigned,
        seen=seen_at is not None,
        notes=notes,
    )


def _pile(mention: Mention, at: datetime) -> Pile:
    if mention.role != MentionRole.SUBJECT:
        return Pile.PASSING
    if mention.told_at is None:
        return Pile.NOT_TOLD
    state = cases.standing(mention, at).state
    return {
        CaseState.AWAITING_COMPANY: Pile.COMPANY,
        CaseState.AWAITING_AUTHOR: Pile.AUTHOR,
    }.get(state, Pile.CLOSED)
