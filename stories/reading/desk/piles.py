"""In which order stories lie on a desk, and how high each pile is.

A pile is read by index, part by part: each part stands in the index in its order.
Few stories that are known by their numbers are read and put in order (`few`).
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import product
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
from stories.reading.desk.places import ANYWHERE, PILES, Pile, Place, beyond
from stories.reading.desk.sieve import Conditions, Sieve, ways

PAGE = 20
MOST_COUNTED = 99
"""Higher piles are said to be higher."""


class Part(NamedTuple):
    """Some of a pile, all of one role and state, so that it stands in an index in the
    order in which it lies."""

    pile: Pile
    role: MentionRole
    state: CaseState | None = None
    within: Callable[[ColumnElement[Any]], ColumnElement[bool]] = lambda _: true()


_SILENT = bindparam("silent", type_=Moment())
_ANSWERED = MentionRole.SUBJECT, CaseState.AWAITING_AUTHOR
PARTS = (
    Part(Pile.COMPANY, MentionRole.SUBJECT, CaseState.AWAITING_COMPANY),
    Part(
        Pile.AUTHOR,
        MentionRole.SUBJECT,
        CaseState.AWAITING_AUTHOR,
        lambda at: at > _SILENT,
    ),
    Part(
        Pile.CLOSED,
        MentionRole.SUBJECT,
        CaseState.AWAITING_AUTHOR,
        lambda at: at <= _SILENT,
    ),
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


CASES = [each for each in PILES if each != Pile.PASSING]


class Page(NamedTuple):
    """Of a pile, or of all but the passing: what lies first, or after a place."""

    pile: Pile | None = None
    after: Place | None = None

    @property
    def piles(self) -> list[Pile]:
        """The piles in which it can lie."""
        shown = [self.pile] if self.pile else [*CASES]
        begins = PILES.index(self.after.pile) if self.after else 0
        return [each for each in shown if PILES.index(each) >= begins]


FIRST = Page()


def piled(
    db: Session, company_id: int, page: Page, sieve: Sieve, at: datetime
) -> Piled:
    """What lies on the page, and the heights, up to MOST_COUNTED and one."""
    values = today(company_id, sieve, at)
    numbers: Sequence[int] = ()
    if page.piles:
        begins = page.after.pile if page.after else None
        after = page.after.values if page.after else {}
        lying = _lying(tuple(page.piles), sieve.shape, begins)
        numbers = db.scalars(lying, {**values, **after}).all()
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
def _lying(
    piles: tuple[Pile, ...], shape: frozenset[str], begins: Pile | None
) -> Select[int]:
    """The numbers of what lies on a page. Made once, as the others: to make such a
    statement takes as long as to execute it."""
    parts = [
        select(_in_order(part, way).limit(PAGE + 1).subquery())
        for part in PARTS
        if part.pile in piles
        for way in _ways(part, shape, begins)
    ]
    lies = union_all(*parts).subquery().c
    longest = case((lies.pile == PILES.index(Pile.COMPANY), lies.since))
    latest = (lies.since.desc(), lies.published_at.desc(), lies.story_id.desc())
    return select(lies.id).order_by(lies.pile, longest, *latest).limit(PAGE + 1)


def _ways(
    part: Part, shape: frozenset[str], begins: Pile | None
) -> Iterator[Conditions]:
    """The ways in which a mention of this part can lie on the page."""
    after = beyond(part.pile) if part.pile == begins else [ANYWHERE]
    for lies, narrowed in product(after, ways(shape)):
        yield [*lies.conditions, part.within(lies.since), *narrowed]


def _in_order(part: Part, way: Conditions) -> Select[Any]:
    changed = Mention.case_changed_at
    told = changed.asc() if part.pile == Pile.COMPANY else changed.desc()
    return (
        _of(
            part,
            way,
            Mention.id,
            literal(PILES.index(part.pile)).label("pile"),
            (changed if part.state else cast(null(), Moment())).label("since"),
            Mention.published_at,
            Mention.story_id,
        )
        .order_by(*([told] if part.state else []))
        .order_by(Mention.published_at.desc(), Mention.story_id.desc())
    )


def _of(part: Part, way: Conditions, *columns: Any) -> Select[Any]:
    its = [Mention.role == part.role, *way, seen()]
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
        (part, _of(part, way, Mention.id).limit(MOST_COUNTED + 1).subquery())
        for part in PARTS
        for way in _ways(part, shape, None)
    )
    return union_all(
        *(
            select(literal(PILES.index(part.pile)), func.count()).select_from(counted)
            for part, counted in few
        )
    )
