"""Choices of stories that a representative looks at again and again."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories.entries import Entry, Line
from stories.handling import seat
from stories.models import DeskView, Member, Representative
from stories.problems import Invalid, Missing, Problem

MOST = 30
MOST_NAME = 60


class ViewEntry(Entry):
    """A view to keep: its name, and the words of its address."""

    name: Annotated[Line, Field(min_length=1, max_length=MOST_NAME)]
    words: Annotated[Line, Field(max_length=1000)]


def keep(db: Session, member: Member, company_id: int, entry: ViewEntry) -> DeskView:
    """Keep a view; one of the same name is replaced."""
    role = seat(db, member, company_id)
    mine = DeskView.representative_id == role.id
    kept = db.scalar(select(DeskView).where(mine, DeskView.name == entry.name))
    if kept is None:
        if (db.scalar(select(func.count()).where(mine)) or 0) >= MOST:
            raise Invalid(Problem("At most %(n)s views are kept.", n=MOST), "name")
        kept = DeskView(representative_id=role.id, name=entry.name)
        db.add(kept)
    kept.words = entry.words
    db.flush()
    return kept


def own(db: Session, role: Representative) -> list[DeskView]:
    """What somebody keeps, by name."""
    mine = select(DeskView).where(DeskView.representative_id == role.id)
    return list(db.scalars(mine.order_by(DeskView.name)))


def forget(db: Session, member: Member, company_id: int, number: int) -> None:
    """Keep a view no longer. Raises Missing where it is not one's own."""
    role = seat(db, member, company_id)
    kept = db.get(DeskView, number)
    if kept is None or kept.representative_id != role.id:
        raise Missing
    db.delete(kept)
    db.flush()
