"""Companies that may be one, and what staff merged."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories import companies
from stories.models import Company, Duplicate, Merger
from stories.models.codes import FlagState
from stories.problems import Missing

MOST = 50
_NUMBER = re.compile(r"(?:.*/companies/)?(\d{1,18})(?:-[^/]*)?/?(?:[?#].*)?")


@dataclass(frozen=True)
class Merging:
    """Reports that wait, oldest first, and the latest mergers."""

    reported: Sequence[Duplicate]
    mergers: Sequence[Merger]


def waiting(db: Session) -> Merging:
    """What the desk of the staff shows of companies."""
    reported = (
        select(Duplicate)
        .where(Duplicate.state == FlagState.OPEN)
        .options(joinedload(Duplicate.company), joinedload(Duplicate.other))
        .order_by(Duplicate.id)
        .limit(MOST)
    )
    mergers = (
        select(Merger)
        .options(joinedload(Merger.company), joinedload(Merger.into))
        .order_by(Merger.id.desc())
        .limit(MOST)
    )
    return Merging(db.scalars(reported).all(), db.scalars(mergers).all())


def meant(db: Session, typed: str) -> Company | None:
    """The company that somebody means by its number, its address here or its name."""
    number = _NUMBER.fullmatch(typed.strip())
    if number:
        return db.get(Company, int(number[1]))
    return next(iter(companies.called(db, typed)), None)


def company(db: Session, number: int) -> Company:
    """One company, as it stands."""
    found = db.get(Company, number)
    if found is None:
        raise Missing
    return found


def merger(db: Session, number: int) -> Merger:
    """One merger."""
    found = db.get(Merger, number)
    if found is None:
        raise Missing
    return found


def reported(db: Session, number: int) -> Duplicate:
    """One report."""
    found = db.get(Duplicate, number)
    if found is None:
        raise Missing
    return found
