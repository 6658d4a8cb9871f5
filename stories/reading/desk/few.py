"""Few stories that are known by their numbers, put in the order of the desk."""

from collections import Counter
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy.orm import Session

from stories import cases
from stories.models import Mention, Story
from stories.models.codes import CaseState, MentionRole
from stories.reading.desk.piles import (
    PAGE,
    PILES,
    Pile,
    Piled,
    counted,
    seen,
    today,
)
from stories.reading.desk.sieve import Sieve, conditions

STATES = {
    CaseState.AWAITING_COMPANY: Pile.COMPANY,
    CaseState.AWAITING_AUTHOR: Pile.AUTHOR,
    CaseState.CLOSED: Pile.CLOSED,
    CaseState.NOT_TOLD: Pile.NOT_TOLD,
}


class Lies(NamedTuple):
    """What a mention's place on the desk follows from."""

    id: int
    role: MentionRole
    state: CaseState
    changed_at: datetime | None
    published_at: datetime
    story_id: int


def piled(
    db: Session,
    company_id: int,
    pile: Pile | None,
    page: int,
    sieve: Sieve,
    at: datetime,
) -> Piled:
    """As `piles.piled`, of the few stories of the sieve."""
    if not sieve.stories:
        return Piled([], counted(Counter()))
    found = db.execute(_known(sieve.shape), today(company_id, sieve, at))
    lying = [(_pile(lies, at), lies) for lies in map(Lies._make, found)]
    wanted = {pile} if pile else {*Pile} - {Pile.PASSING}
    shown = sorted((each for each in lying if each[0] in wanted), key=_place)
    first = (page - 1) * PAGE
    numbers = [lies.id for _, lies in shown[first : first + PAGE + 1]]
    return Piled(numbers, counted(Counter(where for where, _ in lying)))


@cache
def _known(shape: frozenset[str]) -> Select[*tuple[Any, ...]]:
    company = bindparam("company", type_=Integer())
    return (
        select(
            Mention.id,
            Mention.role,
            Mention.case_state,
            Mention.case_changed_at,
            Mention.published_at,
            Mention.story_id,
        )
        .join(Story, Story.id == Mention.story_id)
        # The sum keeps a database from going through all that the company has.
        .where(Mention.company_id + 0 == company, *conditions(shape), seen())
    )


def _pile(lies: Lies, at: datetime) -> Pile:
    if lies.role != MentionRole.SUBJECT:
        return Pile.PASSING
    where = STATES[lies.state]
    silent = lies.changed_at is None or lies.changed_at <= at - cases.NO_WORD
    return Pile.CLOSED if where == Pile.AUTHOR and silent else where


def _place(lying: tuple[Pile, Lies]) -> tuple[float, ...]:
    """Before whom it lies."""
    where, lies = lying
    since = 0.0
    if lies.changed_at and where != Pile.PASSING:
        since = lies.changed_at.timestamp()
    return (
        PILES.index(where),
        since if where == Pile.COMPANY else -since,
        -lies.published_at.timestamp(),
        -lies.story_id,
    )
