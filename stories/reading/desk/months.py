"""What a company's team did, month by month (UTC): figures for the team itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories.models import Mention, Response, now
from stories.models.codes import MentionRole, Visibility
from stories.models.pace import ON_TIME_DAYS

SHOWN = 13
"""This month and the same one last year, with all between them."""


@dataclass(frozen=True)
class Month:
    """A month's answers, and of the first ones to a story: how many, the median days
    since the company was told (None without any), how many came late."""

    begins: date
    answers: int
    first: int
    days: float | None
    late: int


@dataclass(frozen=True)
class Work:
    """The months, the newest first, and who gave how many answers in them."""

    months: list[Month]
    people: list[tuple[str, int]]


def work(db: Session, company_id: int) -> Work:
    """What the company's team did in the last months."""
    begins = list(_months(now().date()))
    since = datetime(begins[-1].year, begins[-1].month, 1, tzinfo=UTC)
    answers = _answers(db, company_id, since)
    days = _days(db, company_id, since)
    months = [_month(each, answers[each], days[each]) for each in begins]
    return Work(months, _people(db, company_id, since))


def _months(today: date) -> Iterator[date]:
    month = today.replace(day=1)
    for _ in range(SHOWN):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _month(begins: date, answers: int, days: list[int]) -> Month:
    middle = float(median(days)) if days else None
    late = sum(each > ON_TIME_DAYS for each in days)
    return Month(begins, answers, len(days), middle, late)


def _answers(db: Session, company_id: int, since: datetime) -> Counter[date]:
    posted = select(Response.posted_at).where(
        Response.company_id == company_id,
        Response.posted_at >= since,
        Response.visibility == Visibility.PUBLIC,
    )
    return Counter(at.date().replace(day=1) for at in db.scalars(posted))


def _days(db: Session, company_id: int, since: datetime) -> dict[date, list[int]]:
    first = select(Mention.answered_at, Mention.answer_days).where(
        Mention.company_id == company_id,
        Mention.role == MentionRole.SUBJECT,
        Mention.answered_at >= since,
    )
    found: dict[date, list[int]] = defaultdict(list)
    for at, days in db.execute(first):
        if at is not None and days is not None:
            found[at.date().replace(day=1)].append(days)
    return found


def _people(db: Session, company_id: int, since: datetime) -> list[tuple[str, int]]:
    number = func.count().label("number")
    spoken = (
        select(Response.speaker, number)
        .where(
            Response.company_id == company_id,
            Response.posted_at >= since,
            Response.visibility == Visibility.PUBLIC,
            Response.speaker != "",
        )
        .group_by(Response.speaker)
        .order_by(number.desc(), Response.speaker)
    )
    return [(name, count) for name, count in db.execute(spoken)]
