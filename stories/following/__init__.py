"""Following a story, a company, a product or a search, to be told what is new."""

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories import companies, permissions
from stories.entries import Entry
from stories.following.mornings import next_due
from stories.following.telling import any_due, gather, tell
from stories.models import (
    Company,
    Digest,
    Follow,
    Member,
    Product,
    SavedSearch,
    Story,
    now,
)
from stories.models.codes import Visibility
from stories.models.following import Followed, Often
from stories.problems import Invalid, Missing, Problem

__all__ = [
    "FollowEntry",
    "any_due",
    "find",
    "follow",
    "gather",
    "kind_of",
    "stop",
    "tell",
    "the_thing",
]

MOST = 1000
Thing = Story | Company | Product | SavedSearch


class FollowEntry(Entry):
    """How soon a follower wants to be told."""

    often: Often


def follow(db: Session, member: Member, thing: Thing, entry: FollowEntry) -> Follow:
    """Tell the member what is new about it; twice is once, as was said last.

    Raises Missing for what the member cannot see.
    """
    permissions.require_standing(member)
    _require_there(member, thing)
    what = Followed(kind_of(thing))
    kept = find(db, member, what, thing.id) or _added(db, member, what, thing.id)
    kept.often = entry.often
    if entry.often != Often.AT_ONCE or what == Followed.SEARCH:
        _expect(db, member, entry.often)
    db.flush()
    return kept


def stop(db: Session, kept: Follow) -> None:
    """Tell no more of it."""
    db.execute(delete(Follow).where(Follow.id == kept.id))


def kind_of(thing: Thing) -> str:
    """What it is that is followed."""
    return "search" if isinstance(thing, SavedSearch) else thing.__tablename__


def find(db: Session, member: Member, what: Followed, number: int) -> Follow | None:
    """The member's follow of this, if there is one."""
    return db.scalar(
        select(Follow).where(
            Follow.member_id == member.id, Follow.what == what, Follow.number == number
        )
    )


def the_thing(db: Session, member: Member | None, what: Followed, number: int) -> Thing:
    """What is meant: of what was merged, the successor. Raises Missing."""
    found: Thing | None = db.get(TABLES[what], number)
    if isinstance(found, Company):
        found = companies.living(db, found)
    elif isinstance(found, Product):
        found = companies.living_product(db, found)
    if found is None:
        raise Missing
    _require_there(member, found)
    return found


TABLES: dict[Followed, Any] = {
    Followed.STORY: Story,
    Followed.COMPANY: Company,
    Followed.PRODUCT: Product,
    Followed.SEARCH: SavedSearch,
}


def _require_there(member: Member | None, thing: Thing) -> None:
    hidden = isinstance(thing, Story) and thing.visibility != Visibility.PUBLIC
    if hidden or (isinstance(thing, SavedSearch) and not _keeps(member, thing)):
        raise Missing


def _keeps(member: Member | None, search: SavedSearch) -> bool:
    return member is not None and member.id == search.member_id


def _added(db: Session, member: Member, what: Followed, number: int) -> Follow:
    mine = select(func.count()).where(Follow.member_id == member.id)
    if (db.scalar(mine) or 0) >= MOST:
        raise Invalid(
            Problem("You follow %(n)d things already: stop one of them.", n=MOST)
        )
    made = Follow(member_id=member.id, what=what, number=number, often=Often.AT_ONCE)
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError:  # another tab was faster
        return db.scalars(
            select(Follow).where(
                Follow.member_id == member.id,
                Follow.what == what,
                Follow.number == number,
            )
        ).one()
    return made


def _expect(db: Session, member: Member, often: Often) -> None:
    """There is a letter to be gathered for them from now on."""
    if db.get(Digest, (member.id, often)) is None:
        due = next_due(member.time_zone, often, now())
        db.add(Digest(member_id=member.id, often=often, due_at=due))
