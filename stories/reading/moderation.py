"""What waits for staff, and the public log of what they did."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy import case as either
from sqlalchemy.orm import Session, joinedload, load_only, selectinload

from stories.models import (
    Caution,
    Company,
    Decision,
    Duplicate,
    Errand,
    Flag,
    Misnaming,
    Representative,
    Story,
    StoryClaim,
)
from stories.models.codes import ClaimState, FlagState, Method, Target
from stories.permissions import SEEN
from stories.problems import Missing
from stories.reading import pressure
from stories.text import excerpt, plain

PAGE = 20
LENGTH = 300
LOG_PAGE = 50
TOPICS = {
    "texts": (
        *("hide", "restore", "dismiss", "close_comments", "reopen_comments"),
        *("evidence_withheld", "evidence_shown"),
    ),
    "warnings": ("warn", "stop_warning", "pressure_upheld", "pressure_dismissed"),
    "people": ("suspend", "readmit", "staff_granted", "staff_revoked"),
    "companies": (
        *("grant", "refuse", "take_away"),
        *("merge", "unmerge", "set_parent", "incident", "tie", "untie"),
    ),
    "imports": ("claim_granted", "claim_refused"),
}
"""What staff decide about, and the deeds of each."""
IN_WORDS = ("merge", "incident", "tie", "untie")
"""Deeds whose words the public log shows."""
MOST_FLAGS = 100
"""So many reports are shown of one text; the queue tells how many there are."""

Row = TypeVar("Row", Representative, StoryClaim, Errand)


@dataclass(frozen=True)
class Reported:
    """A text with its open reports, the oldest first."""

    target: Target
    target_id: int
    count: int
    flags: list[Flag]

    @property
    def words(self) -> str:
        """The beginning of the text, as it stood when it was first reported."""
        return excerpt(plain(self.flags[0].snapshot), LENGTH)


@dataclass(frozen=True)
class Queue:
    """Some reported texts; `after` is the report after which the next page begins."""

    texts: list[Reported]
    after: int | None


@dataclass(frozen=True)
class Case:
    """What is known of one text: every report, and what staff decided so far."""

    flags: list[Flag]
    decisions: list[Decision]

    @property
    def is_open(self) -> bool:
        """Whether a report waits for a decision."""
        return any(flag.state == FlagState.OPEN for flag in self.flags)


@dataclass(frozen=True)
class Waiting:
    """How many of each kind wait, or stand, for the heads of the lists."""

    texts: int
    roles: int
    claims: int
    errands: int
    companies: int
    warnings: int
    moves: int
    pressure: int


@dataclass(frozen=True)
class Line:
    """A line of the public log; `story` only where everybody may see it, `words` only
    where they were written for everybody."""

    decision: Decision
    story: Story | None
    company: Company | None

    @property
    def words(self) -> str:
        """Why companies are one, or which incident it is."""
        return self.decision.words if self.decision.deed in IN_WORDS else ""


@dataclass(frozen=True)
class Log:
    """Some lines, newest first; `older` is where the next page begins."""

    lines: list[Line]
    older: int | None


def waiting(db: Session) -> Waiting:
    """What waits for staff, counted in one statement."""
    texts = select(Flag.target, Flag.target_id).where(_is_open()).distinct().subquery()
    return Waiting(
        *db.execute(
            select(
                *(
                    select(func.count()).select_from(each).scalar_subquery()
                    for each in (
                        texts,
                        _roles().subquery(),
                        _claims().subquery(),
                        _dead().subquery(),
                        _twins().subquery(),
                        _warnings().subquery(),
                        _misnamed().subquery(),
                        pressure.waiting().subquery(),
                    )
                )
            )
        ).one()
    )


def queue(db: Session, after: int = 0) -> Queue:
    """Texts with open reports, in the order of the first one; in two statements."""
    first = func.min(Flag.id)
    rows = db.execute(
        select(Flag.target, Flag.target_id, first, func.count())
        .where(_is_open())
        .group_by(Flag.target, Flag.target_id)
        .having(first > after)
        .order_by(first)
        .limit(PAGE + 1)
    ).all()
    shown = rows[:PAGE]
    flags = _open_flags(db, [(row[0], row[1]) for row in shown])
    texts = [Reported(row[0], row[1], row[3], flags[row[0], row[1]]) for row in shown]
    return Queue(texts, shown[-1][2] if len(rows) > PAGE else None)


def case(db: Session, target: Target, target_id: int) -> Case:
    """The reports and decisions of one text, in two statements."""
    flags = db.scalars(
        select(Flag)
        .where(Flag.target == target, Flag.target_id == target_id)
        .order_by(Flag.state != FlagState.OPEN, Flag.id)
        .limit(MOST_FLAGS)
    )
    return Case(list(flags), decisions(db, target.value, target_id))


def decisions(db: Session, subject: str, subject_id: int) -> list[Decision]:
    """What staff decided upon a row, newest first."""
    about = (Decision.subject == subject) & (Decision.subject_id == subject_id)
    newest = select(Decision).where(about).order_by(Decision.id.desc())
    return list(db.scalars(newest.limit(PAGE)))


def roles(db: Session, after: int = 0) -> tuple[list[Representative], int | None]:
    """Requests to speak for a company, oldest first, and where the next page begins."""
    ids = _roles().where(Representative.id > after).order_by(Representative.id)
    whom = joinedload(Representative.member), joinedload(Representative.company)
    return _paged(
        list(
            db.scalars(
                select(Representative)
                .where(Representative.id.in_(ids.limit(PAGE + 1)))
                .options(*whom)
                .order_by(Representative.id)
            )
        )
    )


def role(db: Session, number: int) -> Representative:
    """One request or role, with the person, the company and what was verified."""
    found = db.scalar(
        select(Representative)
        .where(Representative.id == number)
        .options(
            joinedload(Representative.member),
            joinedload(Representative.company),
            joinedload(Representative.verifications),
        )
    )
    if found is None:
        raise Missing
    return found


def speaking(db: Session, company_id: int) -> list[Representative]:
    """Who speaks for a company already, with how that was proven."""
    granted = Representative.state == ClaimState.GRANTED
    return list(
        db.scalars(
            select(Representative)
            .where(Representative.company_id == company_id, granted)
            .options(
                joinedload(Representative.member),
                selectinload(Representative.verifications),
            )
            .limit(PAGE)
        )
    )


def claims(db: Session, after: int = 0) -> tuple[list[StoryClaim], int | None]:
    """Claims to imported stories, oldest first, and where the next page begins."""
    ids = _claims().where(StoryClaim.id > after).order_by(StoryClaim.id)
    return _paged(
        list(
            db.scalars(
                select(StoryClaim)
                .where(StoryClaim.id.in_(ids.limit(PAGE + 1)))
                .options(*_OF_CLAIM)
                .order_by(StoryClaim.id)
            )
        )
    )


def claim(db: Session, number: int) -> StoryClaim:
    """One claim, with the member and the story."""
    one = select(StoryClaim).where(StoryClaim.id == number)
    found = db.scalar(one.options(*_OF_CLAIM))
    if found is None:
        raise Missing
    return found


def errands(db: Session, after: int = 0) -> tuple[list[Errand], int | None]:
    """What the worker has given up, oldest first, and where the next page begins."""
    ids = _dead().where(Errand.id > after).order_by(Errand.id).limit(PAGE + 1)
    dead = select(Errand).where(Errand.id.in_(ids)).order_by(Errand.id)
    return _paged(list(db.scalars(dead)))


def log(
    db: Session,
    story_id: int | None = None,
    topic: str | None = None,
    older: int | None = None,
) -> Log:
    """What staff did, newest first, without names of people; in one statement."""
    lines = _lines().limit(LOG_PAGE + 1)
    if story_id is not None:
        lines = lines.where(Decision.story_id == story_id)
    if topic is not None:
        lines = lines.where(Decision.deed.in_(TOPICS[topic]))
    if older is not None:
        lines = lines.where(Decision.id < older)
    found = [Line(*row) for row in db.execute(lines)]
    last = found[LOG_PAGE - 1].decision.id if len(found) > LOG_PAGE else None
    return Log(found[:LOG_PAGE], last)


def _lines() -> Select[Decision, Story, Company]:
    """Every line, with the story and the company that it is about."""
    about_role = (Decision.subject == "representative") & (
        Representative.id == Decision.subject_id
    )
    of_company = either(
        (Decision.subject == "company", Decision.subject_id),
        else_=Representative.company_id,
    )
    seen = (Story.id == Decision.story_id) & Story.visibility.in_(SEEN)
    return (
        select(Decision, Story, Company)
        .outerjoin(Story, seen)
        .outerjoin(Representative, about_role)
        .outerjoin(Company, Company.id == of_company)
        .options(
            load_only(
                Decision.deed,
                Decision.subject,
                Decision.reason,
                Decision.words,
                Decision.at,
            ),
            load_only(Story.title, Story.language),
            load_only(Company.name),
        )
        .order_by(Decision.id.desc())
    )


_OF_CLAIM = (
    joinedload(StoryClaim.member),
    joinedload(StoryClaim.story).load_only(
        Story.title,
        Story.language,
        Story.visibility,
        Story.origin,
        Story.source,
        Story.source_address,
        Story.author_name,
    ),
)


def _open_flags(
    db: Session, texts: list[tuple[Target, int]]
) -> dict[tuple[Target, int], list[Flag]]:
    found: dict[tuple[Target, int], list[Flag]] = {text: [] for text in texts}
    if not texts:
        return found
    about = tuple_(Flag.target, Flag.target_id).in_(texts)
    flags = (
        select(Flag)
        .where(_is_open(), about)
        .options(joinedload(Flag.story).load_only(Story.title, Story.language))
        .order_by(Flag.id)
        .limit(PAGE * MOST_FLAGS)
    )
    for flag in db.scalars(flags):
        found[flag.target, flag.target_id].append(flag)
    return found


def _paged(rows: list[Row]) -> tuple[list[Row], int | None]:
    shown = rows[:PAGE]
    return shown, shown[-1].id if len(rows) > PAGE else None


def _is_open() -> ColumnElement[bool]:
    return Flag.state == FlagState.OPEN


def _roles() -> Select[int]:
    """Claims that are proven, and roles whose document is to be looked at again."""
    again = (
        (Representative.state == ClaimState.GRANTED)
        & Representative.look_asked_at.is_not(None)
        & Representative.method.in_((Method.DOCUMENT, Method.VOUCHING))
    )
    waits = (Representative.state == ClaimState.PROVEN) | again
    return select(Representative.id).where(waits)


def _claims() -> Select[int]:
    return select(StoryClaim.id).where(StoryClaim.state == ClaimState.ASKED)


def _dead() -> Select[int]:
    return select(Errand.id).where(Errand.dead_at.is_not(None))


def _twins() -> Select[int]:
    return select(Duplicate.id).where(Duplicate.state == FlagState.OPEN)


def _misnamed() -> Select[int]:
    return select(Misnaming.id).where(Misnaming.state == FlagState.OPEN)


def _warnings() -> Select[int]:
    return select(Caution.id).where(Caution.ended_at.is_(None))
