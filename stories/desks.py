"""What mentions say of how their companies' teams handle them: it follows from the
handling, in the transaction of each deed, and can be made anew from it.

So a desk is narrowed down by index, however many stories lie there.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import Session

from stories.models import Mention, said
from stories.models.pace import LATE_DAYS, ON_TIME_DAYS, WAITS, Pace

AT_ONCE = 1000


def follow(db: Session, company_id: int, stories: Iterable[int] | None = None) -> None:
    """The mentions of a company, or those of these stories, say what is true."""
    which = [Mention.company_id == company_id]
    if stories is not None:
        which.append(Mention.story_id.in_(list(stories)))
    db.flush()
    db.execute(said(*which))


def rebuild(db: Session, first: int) -> int:
    """Make some mentions say what is true, from the number `first` on; how many said
    otherwise."""
    some = Mention.id.between(first, first + AT_ONCE - 1)
    before = _told(db, some)
    db.execute(said(some))
    paced = update(Mention).where(some).values(pace=_pace())
    db.execute(paced, execution_options={"synchronize_session": False})
    after = _told(db, some)
    return sum(after[number] != told for number, told in before.items())


def batches(db: Session) -> range:
    """Where each of the batches of a rebuild begins."""
    return range(1, (db.scalar(select(func.max(Mention.id))) or 0) + 1, AT_ONCE)


def _told(db: Session, some: Any) -> dict[int, tuple[Any, ...]]:
    told = select(Mention.id, Mention.dealt_by, Mention.seen, Mention.pace).where(some)
    return {number: tuple(rest) for number, *rest in db.execute(told)}


def _pace() -> Any:
    """As `stories.models.pace.paced`."""
    days = Mention.answer_days
    return case(
        (Mention.told_at.is_(None), ""),
        (Mention.answered_at.is_(None), WAITS),
        (days.is_(None), ""),
        (days <= ON_TIME_DAYS, Pace.ON_TIME.value),
        (days <= LATE_DAYS, Pace.LATE.value),
        else_=Pace.OVERDUE.value,
    )
