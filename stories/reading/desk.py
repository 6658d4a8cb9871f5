"""A representative's desk: the stories about a company, what waits for it first.

Here, and nowhere else but to the author, a story's private reference is shown: to those
who are verified to speak for a company that the story is about.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from stories import cases, permissions
from stories.models import Company, Member, Mention, Moment, Representative, Story, now
from stories.models.codes import CaseState, ClaimState, MentionRole
from stories.problems import Forbidden, Problem

PAGE = 20
MOST_COUNTED = 99
"""Higher piles are said to be higher."""
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
    `counts` how high each pile is, up to MOST_COUNTED and one; `more` says that another
    page follows.
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


# What lies on it --------------------------------------------------------------------


class Part(NamedTuple):
    """Some of a pile, all of one role and state, so that it stands in an index in the
    order in which it lies."""

    pile: Pile
    role: MentionRole
    state: CaseState | None = None
    since: ColumnElement[bool] = true()


_SILENT = bindparam("silent", type_=Moment())
_WAITS = Mention.case_changed_at > _SILENT
PARTS = (
    Part(Pile.COMPANY, MentionRole.SUBJECT, CaseState.AWAITING_COMPANY),
    Part(Pile.AUTHOR, MentionRole.SUBJECT, CaseState.AWAITING_AUTHOR, _WAITS),
    Part(Pile.CLOSED, MentionRole.SUBJECT, CaseState.AWAITING_AUTHOR, ~_WAITS),
    Part(Pile.CLOSED, MentionRole.SUBJECT, CaseState.CLOSED),
    Part(Pile.NOT_TOLD, MentionRole.SUBJECT, CaseState.NOT_TOLD),
    Part(Pile.PASSING, MentionRole.PRAISED),
    Part(Pile.PASSING, MentionRole.CRITICISED),
    Part(Pile.PASSING, MentionRole.MENTIONED),
)
"""Whose turn it is today (`stories.cases`): a case is not told until it has a state."""


def _rows(
    db: Session, company_id: int, pile: Pile | None, page: int, at: datetime
) -> list[Mention]:
    """A page of a pile and one row more; of all piles but the passing, without one.

    Their numbers first, of each part as many as the page can show.
    """
    first = (page - 1) * PAGE
    asked = {"first": first, "reach": first + PAGE + 1, **_today(company_id, at)}
    ids = list(db.scalars(_lying(pile), asked))
    found = {each.id: each for each in db.scalars(_wanted(), {"ids": ids})}
    return [found[number] for number in ids]


def _today(company_id: int, at: datetime) -> dict[str, Any]:
    return {"company": company_id, "silent": at - cases.NO_WORD}


@cache
def _lying(pile: Pile | None) -> Select[int]:
    """The numbers of what lies on a page. Made once, as the others: to make such a
    statement takes as long as to execute it."""
    piles = [pile] if pile else [each for each in Pile if each != Pile.PASSING]
    shown = bindparam("reach", type_=Integer())
    parts = [
        select(_in_order(part).limit(shown).subquery())
        for part in PARTS
        if part.pile in piles
    ]
    lies = union_all(*parts).subquery().c
    longest = case((lies.pile == PILES.index(Pile.COMPANY), lies.since))
    latest = (lies.since.desc(), lies.published_at.desc(), lies.story_id.desc())
    return (
        select(lies.id)
        .order_by(lies.pile, longest, *latest)
        .offset(bindparam("first", type_=Integer()))
        .limit(PAGE + 1)
    )


def _in_order(part: Part) -> Select[Any]:
    changed = Mention.case_changed_at
    told = changed.asc() if part.pile == Pile.COMPANY else changed.desc()
    return (
        _of(
            part,
            Mention.id,
            literal(PILES.index(part.pile)).label("pile"),
            (changed if part.state else cast(null(), Moment())).label("since"),
            Mention.published_at,
            Mention.story_id,
        )
        .order_by(*([told] if part.state else []))
        .order_by(Mention.published_at.desc(), Mention.story_id.desc())
    )


def _of(part: Part, *columns: Any) -> Select[Any]:
    its = [Mention.role == part.role, part.since]
    if part.state:
        its.append(Mention.case_state == part.state)
    seen = or_(*(Story.visibility == each for each in permissions.SEEN))
    return (
        select(*columns)
        .join(Story, Story.id == Mention.story_id)
        .where(Mention.company_id == bindparam("company"), *its, seen)
    )


@cache
def _wanted() -> Select[Mention]:
    return (
        select(Mention)
        .where(Mention.id.in_(bindparam("ids", expanding=True)))
        .options(
            joinedload(Mention.story).load_only(*SHOWN, Story.private_reference),
            joinedload(Mention.story)
            .joinedload(Story.author)
            .load_only(Member.handle, Member.display_name),
            joinedload(Mention.company).load_only(Company.name),
        )
    )


def _counts(db: Session, company_id: int, at: datetime) -> dict[Pile, int]:
    """How high each pile is, or MOST_COUNTED and one where it is higher."""
    counts: Counter[Pile] = Counter()
    for place, number in db.execute(_counted(), _today(company_id, at)):
        counts[PILES[place]] += number
    return {pile: min(counts[pile], MOST_COUNTED + 1) for pile in PILES}


@cache
def _counted() -> CompoundSelect[Any]:
    few = (
        (part, _of(part, Mention.id).limit(MOST_COUNTED + 1).subquery())
        for part in PARTS
    )
    return union_all(
        *(
            select(literal(PILES.index(part.pile)), func.count()).select_from(counted)
            for part, counted in few
        )
    )


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
