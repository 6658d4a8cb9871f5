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
from stories.reading.desk.piles import PAGE, Page, Piled, counted, seen, today
from stories.reading.desk.places import WITHOUT_CASE, Pile, Place
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
    db: Session, company_id: int, page: Page, sieve: Sieve, at: datetime
) -> Piled:
    """As `piles.piled`, of the few stories of the sieve."""
    if not sieve.stories:
        return Piled([], counted(Counter()))
    found = db.execute(_known(sieve.shape), today(company_id, sieve, at))
    lying = [(_place(lies, at), lies.id) for lies in map(Lies._make, found)]
    first = page.after.order if page.after else ()
    shown = sorted(
        (place.order, number)
        for place, number in lying
        if place.pile in page.piles and place.order > first
    )
    numbers = [number for _, number in shown[: PAGE + 1]]
    return Piled(numbers, counted(Counter(place.pile for place, _ in lying)))


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
        .where(Mention.company_id + 0 == company, conditions(shape), seen())
    )


def _pile(lies: Lies, at: datetime) -> Pile:
    if lies.role != MentionRole.SUBJECT:
        return Pile.PASSING
    where = STATES[lies.state]
    silent = lies.changed_at is None or lies.changed_at <= at - cases.NO_WORD
    return Pile.CLOSED if where == Pile.AUTHOR and silent else where


def _place(lies: Lies, at: datetime) -> Place:
    pile = _pile(lies, at)
    since = None if pile in WITHOUT_CASE else lies.changed_at
    return Place(pile, since, lies.published_at, lies.story_id)
