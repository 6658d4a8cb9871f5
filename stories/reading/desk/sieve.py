"""What a representative asks for among the stories on a desk."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import BindParameter

from stories.models import Mention, Moment, mention_product, now
from stories.models.codes import Kind
from stories.models.pace import LATE_DAYS, ON_TIME_DAYS, WAITS, Pace

DAY = timedelta(days=1)
FEW = 500
"""So many stories are looked at one by one."""
MANY = 5000
"""So many are counted to know what is rarest."""
NOBODY = 0
"""In place of somebody's number: nobody deals with it."""

Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True)
class Sieve:
    """What to leave on the desk; None leaves all.

    `assigned` is the number of a role or NOBODY; `stories` are those that were found
    by words, or that are so few that they are known. `seen` tells whether somebody has
    looked at it. `rarest` names what is to be gone through where several things are
    asked for.
    """

    clock: Pace | None = None
    kind: Kind | None = None
    language: str | None = None
    product: int | None = None
    assigned: int | None = None
    seen: bool | None = None
    stories: tuple[int, ...] | None = None
    rarest: str | None = None

    @property
    def shape(self) -> frozenset[str]:
        """Which statement answers it: each is made once."""
        return frozenset(filter(None, (self._asks(each.name) for each in fields(self))))

    def _asks(self, name: str) -> str:
        value = getattr(self, name)
        if value is None:
            return ""
        return f"{name}:{value}" if name in ("clock", "rarest") else name

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
            "seen": self.seen,
            "stories": list(self.stories or ()),
            "few": FEW + 1,
        }


ALL = Sieve()


def finer(db: Session, company_id: int, sieve: Sieve) -> Sieve:
    """The same, with the numbers of the stories, where one thing that is asked for is
    rare: they are sooner found than in a high pile; else, of several things, with the
    rarest. What has an index in the order of the piles needs no such help, while
    nothing else is asked for."""
    shape = sieve.shape
    if "stories" in shape or not shape or (len(shape) == 1 and shape <= IN_ORDER):
        return sieve
    values = {"company": company_id, **sieve.values(now())}
    found: dict[str, list[int]] = {name: [] for name in shape}
    for name, number in db.execute(_led(shape), values):
        found[name].append(number)
    rarest = min(found.values(), key=len)
    if len(rarest) <= FEW:
        return replace(sieve, stories=tuple(rarest))
    # of two that are as common the clock leads: none may wait as it asks
    in_order = sorted(shape - {"product"}, key=lambda name: (name not in LEADS, name))
    if len(in_order) < 2:
        return sieve
    numbers = db.execute(_counted(tuple(in_order)), values).one()
    least = list(numbers).index(min(numbers))
    return replace(sieve, rarest=in_order[least])


@cache
def _led(shape: frozenset[str]) -> CompoundSelect[Any]:
    """The stories that each of these leads to, up to FEW and one."""
    few = bindparam("few", type_=Integer())
    some = ((name, _leading(name, few).subquery()) for name in sorted(shape))
    return union_all(*(select(literal(name), few.c.story_id) for name, few in some))


@cache
def _counted(names: tuple[str, ...]) -> Select[Any]:
    """How many stories each leads to, up to MANY."""
    many = (_leading(name, literal(MANY)).subquery() for name in names)
    return select(
        *(select(func.count()).select_from(each).scalar_subquery() for each in many)
    )


def _leading(name: str, few: ColumnElement[int]) -> Select[int]:
    """So many of the stories that it leads to, by an index of their own."""
    if name == "product":
        bought = mention_product.c.product_id == bindparam("product")
        return select(mention_product.c.story_id).where(bought).limit(few)
    company = Mention.company_id == bindparam("company", type_=Integer())
    parts = (
        select(select(Mention.story_id).where(company, *way).limit(few).subquery())
        for way in LEADS.get(name, WAYS[name])()
    )
    return select(union_all(*parts).subquery().c.story_id).limit(few)


def ways(shape: frozenset[str]) -> list[Conditions]:
    """What must hold for a mention to stay on the desk: all of one of these lists. No
    mention fits two of them."""
    rarest = [name for name in WAYS if f"rarest:{name}" in shape]
    found: list[Conditions] = [[]]
    for name in sorted(shape & WAYS.keys()):
        known = APART if rarest and name not in rarest else WAYS
        found = [[*one, *other] for one in found for other in known[name]()]
    return found


def conditions(shape: frozenset[str]) -> ColumnElement[bool]:
    """The same in one."""
    return or_(*(and_(true(), *way) for way in ways(shape)))


def _day(name: str) -> BindParameter[datetime]:
    return bindparam(name, type_=Moment())


SINCE = {Pace.ON_TIME: "on_time_since", Pace.LATE: "late_since"}
BEFORE = {Pace.LATE: "on_time_since", Pace.OVERDUE: "late_since"}


def _told(pace: Pace, at: Any) -> Conditions:
    """Told so long ago that what waits stands so to the clock today."""
    since = [at >= _day(SINCE[pace])] if pace in SINCE else []
    return since + ([at < _day(BEFORE[pace])] if pace in BEFORE else [])


def _paced(pace: Pace) -> list[Conditions]:
    """What was answered so, and what waits since one of these days, in the order of the
    piles: the last change is no earlier than the day, and the index of the days
    themselves, which is of no use here, is not to be thought of."""
    changed, told = Mention.case_changed_at, _apart(Mention.told_at)
    bound = [changed >= _day(SINCE[pace])] if pace in SINCE else []
    waits = [Mention.pace == WAITS, *bound, *_told(pace, told)]
    return [[Mention.pace == pace.value], waits]


def _apart(column: Any) -> Any:
    """A column whose index is not to be thought of."""
    return func.coalesce(column, column, type_=column.type)


def _paced_apart(pace: Pace) -> list[Conditions]:
    paced, told = _apart(Mention.pace), _apart(Mention.told_at)
    return [[paced == pace.value], [paced == WAITS, *_told(pace, told)]]


def _by_days(pace: Pace) -> list[Conditions]:
    """The same in the order of the days."""
    waits = [Mention.pace == WAITS, *_told(pace, Mention.told_at)]
    return [[Mention.pace == pace.value], waits]


def _bought() -> list[Conditions]:
    named = exists().where(
        mention_product.c.mention_id == Mention.id,
        mention_product.c.product_id == bindparam("product"),
    )
    return [[named]]


IN_ORDER = frozenset(("assigned", "seen", "kind", "language"))
"""What has an index in the order of the piles."""
WAYS: dict[str, Callable[[], list[Conditions]]] = {
    **{f"clock:{each}": partial(_paced, each) for each in Pace},
    "kind": lambda: [[Mention.kind == bindparam("kind")]],
    "language": lambda: [[Mention.language == bindparam("language")]],
    "product": _bought,
    "assigned": lambda: [[Mention.dealt_by == bindparam("assigned")]],
    "seen": lambda: [[Mention.seen == bindparam("seen")]],
    "stories": lambda: [[Mention.story_id.in_(bindparam("stories", expanding=True))]],
}
LEADS = {f"clock:{each}": partial(_by_days, each) for each in Pace}
"""What is found in another order than that of the piles."""
APART: dict[str, Callable[[], list[Conditions]]] = {
    **WAYS,
    **{f"clock:{each}": partial(_paced_apart, each) for each in Pace},
    "kind": lambda: [[_apart(Mention.kind) == bindparam("kind")]],
    "language": lambda: [[_apart(Mention.language) == bindparam("language")]],
    "assigned": lambda: [[_apart(Mention.dealt_by) == bindparam("assigned")]],
    "seen": lambda: [[_apart(Mention.seen) == bindparam("seen")]],
}
"""The same where something else is rarer and leads."""
