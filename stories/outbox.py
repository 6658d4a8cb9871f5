"""What must happen after the commit, written inside it.

The worker drains it: claim, do, delete. An errand may be done twice (a worker can
die between doing and deleting), so what it does has to bear that.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from stories.models import Base, Delivery, Errand, Webhook, now

LEASE = timedelta(minutes=1)
"""So long an errand belongs to the worker who took it; then another may."""
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = 24
"""Three days in all: a mail server may be away over a long weekend."""
SEVERAL = insert(Base.metadata.tables["errand"])

Values = dict[str, Any]
"""The columns of an errand that is to be left."""


class Hopeless(Exception):
    """Raised by what an errand asks for where trying again would change nothing."""


def index(db: Session, story_id: int, bulk: int = 0) -> None:
    """The story's words or visibility changed: the search index has to follow."""
    db.add(Errand(**to_index(story_id, bulk)))


def sweep(db: Session, story_id: int) -> None:
    """Files of the story may belong to no evidence any more: they have to go."""
    leave(db, "sweep", key=f"sweep:{story_id}", story_id=story_id)


def rebuild(db: Session) -> Errand:
    """The whole index is to be made anew; one such wish at a time is enough."""
    waiting = select(Errand).where(Errand.task == "rebuild", Errand.dead_at.is_(None))
    return db.scalars(waiting.limit(1)).first() or leave(db, "rebuild", bulk=1)


def news(db: Session, story_id: int, by: int | None, **places: Any) -> None:
    """Something new is to be told to all who follow the story, but to `by`, the member
    whose deed it is; `places` name it, for the letter."""
    key, told = f"news:{story_id}", {"story_id": story_id, **places}
    leave(db, "news", key=key, bulk=1, by=by, places=told)


def letter(
    db: Session, name: str, to: str, key: str = "", bulk: int = 0, **places: Any
) -> None:
    """Send the letter `name` (a folder of `templates/mail`) to `to`.

    `to` is `member:<id>` or `contact:<opaque id>`: addresses are not known here.
    By its `letter_id` the recipient's mail program knows a letter that comes twice.
    """
    db.add(Errand(**to_write(name, to, key, bulk, **places)))


def letter_later(db: Session, at: datetime, name: str, to: str, **places: Any) -> None:
    """Send a letter when its time comes, if it then still tells something."""
    db.add(Errand(**to_write(name, to, **places) | {"due_at": at}))


def call(db: Session, company_id: int, event: str, **places: Any) -> None:
    """Tell a company's own programs that something has happened, where it has any."""
    alive = (Webhook.company_id == company_id) & Webhook.ended_at.is_(None)
    for number in db.scalars(select(Webhook.id).where(alive)).all():
        send(db, number, event, {"company_id": company_id, **places})


def send(db: Session, webhook_id: int, event: str, places: dict[str, Any]) -> None:
    """Send one thing to one address of a company."""
    message = f"msg_{uuid.uuid4().hex}"
    sent = Delivery(webhook_id=webhook_id, message=message, event=event, places=places)
    db.add(sent)
    db.flush()
    leave(db, "hook", delivery_id=sent.id)


def leave(
    db: Session,
    task: str,
    *,
    key: str = "",
    bulk: int = 0,
    due_at: datetime | None = None,
    **details: Any,
) -> Errand:
    """Leave an errand for the worker."""
    errand = Errand(**_errand(task, key, bulk, due_at, details))
    db.add(errand)
    return errand


def leave_all(db: Session, errands: list[Values]) -> None:
    """Leave several (of `to_index` and `to_write`) in one statement."""
    db.connection().execute(SEVERAL, errands)


def to_index(story_id: int, bulk: int = 0) -> Values:
    """What `index` leaves."""
    return _errand("index", f"story:{story_id}", bulk, None, {"story_id": story_id})


def to_write(name: str, to: str, key: str = "", bulk: int = 0, **places: Any) -> Values:
    """What `letter` leaves."""
    details = {"letter_id": uuid.uuid4().hex, "name": name, "to": to, "places": places}
    return _errand("letter", key, bulk, None, details)


def _errand(
    task: str, key: str, bulk: int, due_at: datetime | None, details: dict[str, Any]
) -> Values:
    return {
        "task": task,
        "key": key,
        "bulk": bulk,
        "details": details,
        "due_at": due_at or now(),
    }


def is_due(db: Session, tasks: Iterable[str]) -> bool:
    """Whether any such errand can be claimed: a look that takes no lock."""
    free = select(Errand.id).where(*_free(tasks)).limit(1)
    return db.scalar(free) is not None


def claim(db: Session, tasks: Iterable[str], most: int = 100) -> list[Errand]:
    """Take what is due, people's deeds before bulk work, and lease it to us."""
    due = (
        select(Errand.id)
        .where(*_free(tasks))
        .order_by(Errand.bulk, Errand.due_at, Errand.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = list(db.scalars(due))
    db.execute(
        update(Errand)
        .where(Errand.id.in_(ids))
        .values(claimed_until=now() + LEASE, tries=Errand.tries + 1)
        .execution_options(synchronize_session=False)
    )
    ordered = select(Errand).where(Errand.id.in_(ids)).order_by(Errand.bulk, Errand.id)
    return list(db.scalars(ordered.execution_options(populate_existing=True)))


def _free(tasks: Iterable[str]) -> list[ColumnElement[bool]]:
    return [
        Errand.task.in_(tuple(tasks)),
        Errand.dead_at.is_(None),
        Errand.due_at <= now(),
        or_(Errand.claimed_until.is_(None), Errand.claimed_until < now()),
    ]


def renew(db: Session, errand: Errand, **details: Any) -> None:
    """A long errand is still ours; `details` tell how far it has come."""
    told = {**errand.details, **details}
    _change(db, [errand], claimed_until=now() + LEASE, details=told)
    errand.details = told


def release(db: Session, errands: list[Errand]) -> None:
    """Give back what was taken and not begun."""
    _change(db, errands, claimed_until=None, tries=Errand.tries - 1)


def release_all(db: Session) -> None:
    """Free what a worker that died had taken; only for one who works alone."""
    held = Errand.claimed_until.is_not(None)
    db.execute(update(Errand).where(held).values(claimed_until=None))


def retry(db: Session) -> int:
    """Try the dead errands again, from the beginning; how many."""
    dead_ones = select(Errand).where(Errand.dead_at.is_not(None))
    found = list(db.scalars(dead_ones))
    _change(db, found, dead_at=None, tries=0, due_at=now(), claimed_until=None)
    return len(found)


def behind(db: Session) -> float:
    """Seconds that the oldest errand of people's has been due."""
    oldest = db.scalar(
        select(Errand.due_at)
        .where(Errand.dead_at.is_(None), Errand.bulk == 0, Errand.due_at <= now())
        .order_by(Errand.due_at)
        .limit(1)
    )
    return (now() - oldest).total_seconds() if oldest else 0.0


def waiting(db: Session) -> dict[str, int]:
    """How many errands wait, by task: not those whose time has yet to come."""
    number = func.count().label("number")
    begun = or_(Errand.due_at <= now(), Errand.tries > 0)
    alive = select(Errand.task, number).where(Errand.dead_at.is_(None), begun)
    rows = db.execute(alive.group_by(Errand.task).order_by(Errand.task))
    return {row.task: row.number for row in rows}


def _change(db: Session, errands: list[Errand], **values: Any) -> None:
    ids = [errand.id for errand in errands]
    db.execute(
        update(Errand)
        .where(Errand.id.in_(ids))
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def done(db: Session, errands: list[Errand]) -> None:
    """The errands' effects are there: forget them."""
    ids = [errand.id for errand in errands]
    db.execute(delete(Errand).where(Errand.id.in_(ids)))


def failed(db: Session, errand: Errand, trouble: str) -> None:
    """Try again after a growing pause; after too many tries keep it as dead."""
    if errand.tries >= MOST_TRIES:
        bury(db, errand, trouble)
        return
    due_at = now() + pause_after(errand.tries)
    _change(db, [errand], claimed_until=None, due_at=due_at, trouble=trouble[:1000])


def bury(db: Session, errand: Errand, trouble: str) -> None:
    """Keep it as dead, to be seen and perhaps tried again by somebody."""
    _change(db, [errand], claimed_until=None, dead_at=now(), trouble=trouble[:1000])


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    doublings = min(max(tries - 1, 0), MOST_TRIES)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def stumbling(db: Session, most: int = 100) -> list[Errand]:
    """The errands that failed and are tried again, the longest waiting first."""
    found = select(Errand).where(Errand.dead_at.is_(None), Errand.trouble != "")
    return list(db.scalars(found.order_by(Errand.id).limit(most)))


def dead(db: Session, most: int = 100) -> list[Errand]:
    """The errands that failed too often, newest first, for staff to see."""
    found = select(Errand).where(Errand.dead_at.is_not(None))
    return list(db.scalars(found.order_by(Errand.dead_at.desc()).limit(most)))
