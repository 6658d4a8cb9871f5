"""In which order stories lie on a desk, and how high each pile is.

A pile is read by index, part by part: each part stands in the index in its order.
Few stories that are known by their numbers are read and put in order (`few`).
"""

from collections import Counter
from collections.abc import Sequence
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
from sqlalchemy.orm import Session

from stories import cases, permissions
from stories.models import Mention, Moment, Story
from stories.models.codes import CaseState, MentionRole
from stories.reading.desk.sieve import Sieve, conditions

PAGE = 20
MOST_COUNTED = 99
"""Higher piles are said to be higher."""


class Pile(StrEnum):
    """What lies on a desk, in the order in which it lies there."""

    COMPANY = "company"
    AUTHOR = "author"
    CLOSED = "closed"
    NOT_TOLD = "not_told"
    PASSING = "passing"


PILES = list(Pile)


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


class Piled(NamedTuple):
    """The numbers of a page of mentions, and one more, and how high each pile is."""

    numbers: Sequence[int]
    heights: dict[Pile, int]


def piled(
    db: Session,
    company_id: int,
    pile: Pile | None,
    page: int,
    sieve: Sieve,
    at: datetime,
) -> Piled:
    """A page of a pile, or of all but the passing, and the heights, up to MOST_COUNTED
    and one."""
    values = today(company_id, sieve, at)
    first = (page - 1) * PAGE
    asked = {**values, "first": first, "reach": first + PAGE + 1}
    numbers = db.scalars(_lying(pile, sieve.shape), asked).all()
    counts: Counter[Pile] = Counter()
    for place, number in db.execute(_counted(sieve.shape), values):
        counts[PILES[place]] += number
    return Piled(numbers, counted(counts))


def counted(counts: Counter[Pile]) -> dict[Pile, int]:
    """How high the piles are said to be."""
    return {pile: min(counts[pile], MOST_COUNTED + 1) for pile in PILES}


def today(company_id: int, sieve: Sieve, at: datetime) -> dict[str, Any]:
    """What the places of the statements hold."""
    silent = at - cases.NO_WORD
    return {"company": company_id, "silent": silent, **sieve.values(at)}


@cache
def _lying(pile: Pile | None, shape: frozenset[str]) -> Select[int]:
    """The numbers of what lies on a page. Made once, as the others: to make such a
    statement takes as long as to execute it."""
    piles = [pile] if pile else [each for each in Pile if each != Pile.PASSING]
    shown = bindparam("reach", type_=Integer())
    parts = [
        select(_in_order(part, shape).limit(shown).subquery())
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


def _in_order(part: Part, shape: frozenset[str]) -> Select[Any]:
    changed = Mention.case_changed_at
    told = changed.asc() if part.pile == Pile.COMPANY else changed.desc()
    return (
        _of(
            part,
            shape,
            Mention.id,
            literal(PILES.index(part.pile)).label("pile"),
            (changed if part.state else cast(null(), Moment())).label("since"),
            Mention.published_at,
            Mention.story_id,
        )
        .order_by(*([told] if part.state else []))
        .order_by(Mention.published_at.desc(), Mention.story_id.desc())
    )


def _of(part: Part, shape: frozenset[str], *columns: Any) -> Select[Any]:
    its = [Mention.role == part.role, part.since, *conditions(shape), seen()]
    if part.state:
        its.append(Mention.case_state == part.state)
    return (
        select(*columns)
        .join(Story, Story.id == Mention.story_id)
        .where(Mention.company_id == bindparam("company", type_=Integer()), *its)
    )


def seen() -> ColumnElement[bool]:
    """Whether a story is there for all who know where it is."""
    return or_(*(Story.visibility == each for each in permissions.SEEN))


@cache
def _counted(shape: frozenset[str]) -> CompoundSelect[Any]:
    few = (
        (part, _of(part, shape, Mention.id).limit(MOST_COUNTED + 1).subquery())
        for part in PARTS
    )
    return union_all(
        *(
            select(literal(PILES.index(part.pile)), func.count()).select_from(counted)
            for part, counted in few
        )
    )
