"""A representative's desk: the stories about a company, what waits for it first.

Here, and nowhere else but to the author, a story's private reference is shown: to those
who are verified to speak for a company that the story is about.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from stories import cases, permissions
from stories.models import Company, Member, Mention, Representative, Story, now
from stories.models.codes import CaseState, ClaimState, MentionRole
from stories.problems import Forbidden, Problem

PAGE = 20
OPEN = (ClaimState.ASKED, ClaimState.PROVEN, ClaimState.GRANTED)
SHOWN = (
    Story.title,
    Story.language,
    Story.kind,
    Story.outcome,
    Story.author_id,
    Story.author_name,
    Story.published_at,
    Story.origin,
)


class Pile(StrEnum):
    """What lies on a desk, in the order in which it lies there."""

    COMPANY = "company"
    AUTHOR = "author"
    CLOSED = "closed"
    NOT_TOLD = "not_told"
    PASSING = "passing"


PILES = list(Pile)


@dataclass(frozen=True)
class Row:
    """A story as it lies on the desk. `reference` is the author's order number."""

    pile: Pile
    mention: Mention
    story: Story
    standing: cases.Standing
    clock: cases.Clock | None
    reference: str


@dataclass(frozen=True)
class Desk:
    """What a member who speaks for companies sees of one of them.

    `roles` are all rights of the member, `asked` what is not granted, or no longer;
    `counts` how high each pile is; `more` says that another page follows.
    """

    roles: list[Representative]
    asked: list[Representative]
    role: Representative | None = None
    counts: dict[Pile, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    more: bool = False


def desk(
    db: Session,
    member: Member,
    company_id: int | None = None,
    pile: Pile | None = None,
    page: int = 1,
) -> Desk:
    """The desk for a company (the first, where none is asked for), or an empty one.

    Raises Forbidden for a company that the member does not speak for.
    """
    roles, asked = _roles(db, member)
    role = next((r for r in roles if company_id in (None, r.company_id)), None)
    if role is None and company_id is not None:
        raise Forbidden(Problem("You do not speak for this company."))
    if role is None:
        return Desk(roles, asked)
    at = now()
    found = _rows(db, role.company_id, pile, page, at)
    rows = [_row(mention, at) for mention in found[:PAGE]]
    counts = _counts(db, role.company_id, at)
    return Desk(roles, asked, role, counts, rows, len(found) > PAGE)


def _roles(
    db: Session, member: Member
) -> tuple[list[Representative], list[Representative]]:
    """The companies that the member speaks for today, and those asked for."""
    good = permissions.speaking_for(Company.id)
    mine = (
        select(Representative, good)
        .join(Company, Company.id == Representative.company_id)
        .where(
            Representative.member_id == member.id,
            Representative.state.in_(OPEN),
        )
        .options(
            contains_eager(Representative.company),
            selectinload(Representative.verifications),
        )
        .order_by(Company.name, Company.id)
    )
    found = db.execute(mine).all()
    speaks = [role for role, is_good in found if is_good]
    return speaks, [role for role, is_good in found if not is_good]


def _rank(at: datetime) -> ColumnElement[int]:
    """The pile of a mention, as its place in `PILES`: whose turn it is today."""
    no_word = Mention.case_changed_at <= at - cases.NO_WORD
    waits = Mention.case_state == CaseState.AWAITING_AUTHOR
    return case(
        (Mention.role != MentionRole.SUBJECT, PILES.index(Pile.PASSING)),
        (Mention.told_at.is_(None), PILES.index(Pile.NOT_TOLD)),
        (
            Mention.case_state == CaseState.AWAITING_COMPANY,
            PILES.index(Pile.COMPANY),
        ),
        (waits & ~no_word, PILES.index(Pile.AUTHOR)),
        else_=PILES.index(Pile.CLOSED),
    )


def _rows(
    db: Session, company_id: int, pile: Pile | None, page: int, at: datetime
) -> Sequence[Mention]:
    """A page of a pile and one row more; of all piles but the passing, without one.

    Their numbers first: all that lies on a desk is ordered, and few rows are read.
    """
    order = _order(at)
    lying = _lying(company_id, pile, at).order_by(*order)
    shown = lying.offset((page - 1) * PAGE).limit(PAGE + 1)
    wanted = _mentions(company_id).options(
        contains_eager(Mention.story).load_only(*SHOWN, Story.private_reference),
        contains_eager(Mention.story)
        .joinedload(Story.author)
        .load_only(Member.handle, Member.display_name),
        joinedload(Mention.company).load_only(Company.name),
    )
    return db.scalars(wanted.where(Mention.id.in_(shown)).order_by(*order)).all()


def _lying(company_id: int, pile: Pile | None, at: datetime) -> Select[int]:
    story = Story.id == Mention.story_id
    found = select(Mention.id).join(Story, story).where(*_of(company_id))
    if pile is None:
        return found.where(Mention.role == MentionRole.SUBJECT)
    return found.where(_rank(at) == PILES.index(pile))


def _order(at: datetime) -> tuple[ColumnElement[Any], ...]:
    rank = _rank(at)
    return (
        rank,
        case((rank == PILES.index(Pile.COMPANY), Mention.case_changed_at)),  # longest
        Mention.case_changed_at.desc(),
        Mention.published_at.desc(),
        Mention.story_id.desc(),
    )


def _counts(db: Session, company_id: int, at: datetime) -> dict[Pile, int]:
    rank = _rank(at).label("rank")
    counted = (
        select(rank, func.count())
        .join(Story, Story.id == Mention.story_id)
        .where(*_of(company_id))
        .group_by(rank)
    )
    found = dict(db.execute(counted).all())
    return {pile: found.get(place, 0) for place, pile in enumerate(PILES)}


def _mentions(company_id: int) -> Select[Mention]:
    story = Story.id == Mention.story_id
    return select(Mention).join(Story, story).where(*_of(company_id))


def _of(company_id: int) -> tuple[ColumnElement[bool], ...]:
    return Mention.company_id == company_id, Story.visibility.in_(permissions.SEEN)


def _row(mention: Mention, at: datetime) -> Row:
    subject = mention.role == MentionRole.SUBJECT
    return Row(
        pile=_pile(mention, at),
        mention=mention,
        story=mention.story,
        standing=cases.standing(mention, at),
        clock=cases.clock(mention, at) if subject else None,
        reference=mention.story.private_reference if subject else "",
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
