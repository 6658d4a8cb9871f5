"""Pressure on authors, and what companies report: for staff, and for readers."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from stories.models import Alarm, Company, Flag, Pressure, Story
from stories.models.codes import FlagState, Kind
from stories.models.pressure import PressureKind
from stories.permissions import SEEN
from stories.problems import Missing
from stories.reading.gathering import Gathered, Wish, place

PAGE = 20
MOST = 200
"""So many of one company are counted on its page."""

COMPANY = place("company")
_agreed = (
    select(Pressure.id)
    .where(Pressure.company_id == COMPANY, Pressure.state == FlagState.UPHELD)
    .order_by(Pressure.id.desc())
    .limit(MOST)
)
_title = select(Story.title).where(
    Story.id == Pressure.story_id, Story.visibility.in_(SEEN)
)
WISH = Wish(
    Pressure,
    Pressure.id.in_(_agreed),
    ("id", "story_id", "company_id", "kind", "decided_at"),
    beside=(_title.scalar_subquery(),),
)
"""What a company's page asks for."""


@dataclass(frozen=True)
class Noticed:
    """One that staff agree with; `title` only where everybody may see the story."""

    kind: PressureKind
    since: datetime
    story_id: int
    title: str


@dataclass(frozen=True)
class Record:
    """All of one company, newest first."""

    notices: list[Noticed]

    @property
    def kinds(self) -> list[tuple[PressureKind, int]]:
        """How often each kind, the most frequent first."""
        return Counter(each.kind for each in self.notices).most_common()


def record(found: Gathered) -> Record:
    """What was gathered for a company's page."""
    rows = sorted(found.with_beside(Pressure), key=lambda pair: -pair[0].id)
    return Record(
        [
            Noticed(row.kind, row.decided_at, row.story_id, title or "")
            for row, (title,) in rows
            if row.decided_at is not None
        ]
    )


def waiting() -> Select[int]:
    """What authors told of and staff have not looked at."""
    return select(Pressure.id).where(Pressure.state == FlagState.OPEN)


def queue(db: Session, after: int = 0) -> tuple[list[Pressure], int | None]:
    """The same, oldest first, and where the next page begins."""
    ids = waiting().where(Pressure.id > after).order_by(Pressure.id).limit(PAGE + 1)
    rows = select(Pressure).where(Pressure.id.in_(ids)).options(*_WHOLE)
    found = list(db.scalars(rows.order_by(Pressure.id)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def one(db: Session, number: int) -> Pressure:
    """One, decided or not, with its story and company."""
    wanted = select(Pressure).where(Pressure.id == number)
    found = db.scalar(wanted.options(*_WHOLE))
    if found is None:
        raise Missing
    return found


_WHOLE = (joinedload(Pressure.story), joinedload(Pressure.company))


@dataclass(frozen=True)
class Reports:
    """What a company reported of stories of one kind, and what staff said to it."""

    kind: Kind
    number: int
    upheld: int
    dismissed: int


def reports(db: Session, company: Company) -> list[Reports]:
    """How many texts those verified for a company reported, by the kind of story."""
    number = func.count()
    agreed = func.count().filter(Flag.state == FlagState.UPHELD)
    refused = func.count().filter(Flag.state == FlagState.DISMISSED)
    counted = (
        select(Story.kind, number, agreed, refused)
        .join(Flag, Flag.story_id == Story.id)
        .where(Flag.company_id == company.id)
        .group_by(Story.kind)
    )
    rows = [Reports(*row) for row in db.execute(counted).all()]
    return sorted(rows, key=lambda each: (-each.number, each.kind))


def alarms(db: Session) -> list[Alarm]:
    """Companies whose flood of reports staff have not seen, the oldest first."""
    ringing = select(Alarm).where(Alarm.seen_at.is_(None)).order_by(Alarm.id)
    return list(db.scalars(ringing.options(joinedload(Alarm.company)).limit(PAGE)))
