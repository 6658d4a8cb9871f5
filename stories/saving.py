"""Searches that members keep under a name, for themselves."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from stories.entries import Entry, Line
from stories.models import Follow, Member, SavedSearch
from stories.models.following import Followed
from stories.problems import Invalid, Missing, Problem

MOST = 100
MOST_NAME = 100
MOST_WORDS = 1000


class SearchEntry(Entry):
    """A search to keep: its name, and the words of its address."""

    name: Annotated[Line, Field(max_length=MOST_NAME)]
    words: Annotated[Line, Field(max_length=MOST_WORDS)]


def save(db: Session, member: Member, entry: SearchEntry) -> SavedSearch:
    """Keep a search; one that is kept already takes the new name."""
    mine = SavedSearch.member_id == member.id
    kept = db.scalar(select(SavedSearch).where(mine, SavedSearch.words == entry.words))
    if kept is not None:
        kept.name = entry.name
        db.flush()
        return kept
    if (db.scalar(select(func.count()).where(mine)) or 0) >= MOST:
        raise Invalid(
            Problem.plural(
                "At most %(n)d search is kept.",
                "At most %(n)d searches are kept.",
                n=MOST,
            ),
            "name",
        )
    kept = SavedSearch(member_id=member.id, name=entry.name, words=entry.words)
    db.add(kept)
    db.flush()
    return kept


def own(db: Session, member: Member) -> list[SavedSearch]:
    """A member's searches by name."""
    mine = select(SavedSearch).where(SavedSearch.member_id == member.id)
    return sorted(db.scalars(mine), key=lambda each: (each.name.casefold(), each.id))


def forget(db: Session, member: Member, number: int) -> None:
    """Keep a search no longer. Raises Missing where the member has no such search."""
    kept = db.get(SavedSearch, number)
    if kept is None or kept.member_id != member.id:
        raise Missing
    follows = (Follow.what == Followed.SEARCH) & (Follow.number == kept.id)
    db.execute(delete(Follow).where(follows))
    db.delete(kept)
    db.flush()
