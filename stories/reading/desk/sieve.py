"""What a representative asks for among the stories on a desk."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import BindParameter

from stories.cases import LATE_DAYS, ON_TIME_DAYS, Pace
from stories.models import (
    Handling,
    Mention,
    Moment,
    Representative,
    mention_product,
    now,
)
from stories.models.codes import ClaimState, Kind

DAY = timedelta(days=1)
FEW = 500
"""So many stories are looked at one by one."""
NOBODY = 0
"""In place of somebody's number: nobody deals with it."""


@dataclass(frozen=True)
class Sieve:
    """What to leave on the desk; None leaves all.

    `assigned` is the number of a role or NOBODY; `stories` are those that were found
    by words, or that are so few that they are known. `seen` tells whether somebody has
    looked at it.
    """

    clock: Pace | None = None
    kind: Kind | None = None
    language: str | None = None
    product: int | None = None
    assigned: int | None = None
    seen: bool | None = None
    stories: tuple[int, ...] | None = None

    @property
    def shape(self) -> frozenset[str]:
        """Which statement answers it: each is made once."""
        return frozenset(filter(None, (self._asks(each.name) for each in fields(self))))

    def _asks(self, name: str) -> str:
        value = getattr(self, name)
        if value is None:
            return ""
        if name == "clock":
            return f"clock:{value}"
        if name == "seen":
            return "seen" if value else "unseen"
        return "nobody" if name == "assigned" and value == NOBODY else name

    def values(self, at: datetime) -> dict[str, Any]:
        """What the statement's places hold at a moment."""
        today = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return {
            "on_time_since": today - ON_TIME_DAYS * DAY,
            "late_since": today - LATE_DAYS * DAY,
            "kind": self.kind,
            "language": self.language,
            "product": self.product,
            "assigned": self.assigned,
            "stories": list(self.stories or ()),
        }


ALL = Sieve()


def finer(db: Session, company_id: int, sieve: Sieve) -> Sieve:
    """The same, with the numbers of all the stories that somebody deals with or that
    are about a product, where they are few: sooner found than in a high pile."""
    if sieve.stories is not None:
        return sieve
    values = {"company": company_id, **sieve.values(now())}
    for name in sieve.shape & LEADS.keys():
        found = db.scalars(LEADS[name].limit(FEW + 1), values).all()
        if len(found) <= FEW:
            return replace(sieve, stories=tuple(found))
    return sieve


def conditions(shape: frozenset[str]) -> list[ColumnElement[bool]]:
    """What must hold for a mention and its story to stay on the desk."""
    return [CONDITIONS[name]() for name in sorted(shape)]


def _day(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=Moment())


def _answered(*, least: int = 0, most: int | None = None) -> ColumnElement[bool]:
    within = [Mention.answer_days >= least]
    if most is not None:
        within.append(Mention.answer_days <= most)
    return and_(Mention.answered_at.is_not(None), *within)


def _waiting(*told: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(Mention.told_at.is_not(None), Mention.answered_at.is_(None), *told)


def _on_time() -> ColumnElement[bool]:
    since = Mention.told_at >= _day("on_time_since")
    return or_(_waiting(since), _answered(most=ON_TIME_DAYS))


def _late() -> ColumnElement[bool]:
    before = Mention.told_at < _day("on_time_since")
    since = Mention.told_at >= _day("late_since")
    answered = _answered(least=ON_TIME_DAYS + 1, most=LATE_DAYS)
    return or_(_waiting(before, since), answered)


def _overdue() -> ColumnElement[bool]:
    before = Mention.told_at < _day("late_since")
    return or_(_waiting(before), _answered(least=LATE_DAYS + 1))


def _handled(*how: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Handling.company_id == Mention.company_id,
        Handling.story_id == Mention.story_id,
        *how,
    )


def _bought() -> ColumnElement[bool]:
    return exists().where(
        mention_product.c.mention_id == Mention.id,
        mention_product.c.product_id == bindparam("product"),
    )


def _assigned() -> ColumnElement[bool]:
    return Mention.story_id.in_(LEADS["assigned"])


def _present() -> Select[int]:
    """The company's roles that have not ended."""
    return select(Representative.id).where(
        Representative.company_id == bindparam("company"),
        Representative.state == ClaimState.GRANTED,
    )


LEADS = {
    "assigned": select(Handling.story_id).where(
        Handling.company_id == bindparam("company"),
        Handling.assigned_id == bindparam("assigned"),
    ),
    "product": select(mention_product.c.story_id).where(
        mention_product.c.product_id == bindparam("product")
    ),
}
"""The stories that these lead to, by an index of their own."""
CONDITIONS: dict[str, Callable[[], ColumnElement[bool]]] = {
    f"clock:{Pace.ON_TIME}": _on_time,
    f"clock:{Pace.LATE}": _late,
    f"clock:{Pace.OVERDUE}": _overdue,
    "kind": lambda: Mention.kind == bindparam("kind"),
    "language": lambda: Mention.language == bindparam("language"),
    "product": _bought,
    "assigned": _assigned,
    "nobody": lambda: ~_handled(Handling.assigned_id.in_(_present())),
    "seen": lambda: _handled(Handling.seen_at.is_not(None)),
    "unseen": lambda: ~_handled(Handling.seen_at.is_not(None)),
    "stories": lambda: Mention.story_id.in_(bindparam("stories", expanding=True)),
}
