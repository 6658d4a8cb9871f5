"""The figures' counts, kept in step with the stories by every deed that changes one.

What a mention counts for is remembered; a change takes off the one and adds the other,
in SQL, so that a page reads a few rows whether a company has a hundred stories or a
hundred thousand.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from stories.counting import listing, pieces
from stories.counting.pieces import Counts, Piece
from stories.models import Company, Counted, Figure, Mention, Product, Story
from stories.models.codes import Measure, MentionRole

ALL, YEAR, MONTH = 0, 1, 2
WHOLE = 0
"""In the place of a product: the company as a whole."""
AT_ONCE = 500

SPANS: dict[Measure, tuple[int, ...]] = {
    Measure.ISSUE: (ALL, YEAR, MONTH),
    Measure.ISSUE_ENDING: (ALL,),
    Measure.ENDED: (ALL,),
    Measure.DECIDED: (ALL,),
    Measure.DECIDED_AGAIN: (ALL,),
    Measure.DECIDED_GRADE: (ALL,),
}
"""By which spans a measure is kept; the others for all times and by month."""
WEIGHED = frozenset(
    (
        Measure.TOLD,
        Measure.ANSWERED,
        Measure.DECIDED,
        Measure.DECIDED_AGAIN,
        Measure.DECIDED_GRADE,
    )
)
"""What the index is made of."""

HALF_LIFE = 365
EPOCH = date(2020, 1, 1)
ONE = 1 << 16
"""The weight of a case on EPOCH. Weights double with every half-life, and are whole
numbers, so that what was added can be taken off exactly. There is room until 2050."""

_TABLE = cast("Table", Figure.__table__)
_KEY = [column.name for column in _TABLE.primary_key.columns]
_EMPTY = delete(_TABLE).where(
    *(_TABLE.c[name] == bindparam(f"its_{name}") for name in _KEY),
    _TABLE.c.number == 0,
)


Place = tuple[int, int, int, int, str, str]
"""A row of the figures: company, product, span, start, measure, code."""
Change = dict[Place, tuple[int, int]]
"""By how much numbers and weights are to change."""


@lru_cache(maxsize=8192)
def weight(day: date) -> int:
    """What a case of this day weighs."""
    return round(growth(day))


def growth(day: date) -> float:
    """What a case of this day weighs, before it is made a whole number."""
    return float(ONE * 2 ** ((day - EPOCH).days / HALF_LIFE))


def month(day: date) -> int:
    """The number of a day's month: months since the year 0."""
    return day.year * 12 + day.month - 1


def stories_about(
    company_id: InstrumentedAttribute[int],
    product_id: InstrumentedAttribute[int] | int = WHOLE,
) -> ScalarSelect[int]:
    """How many stories are about a company or one of its products, to be asked beside
    the rows of these."""
    number = func.coalesce(func.sum(Figure.number), 0).cast(Integer)
    return (
        select(number)
        .where(
            Figure.company_id == company_id,
            Figure.product_id == product_id,
            Figure.span == ALL,
            Figure.start == 0,
            Figure.measure == Measure.KIND,
        )
        .correlate(Company, Product)
        .scalar_subquery()
    )


def follow(db: Session, *story_ids: int) -> None:
    """These stories may count for something else now: the figures follow."""
    db.flush()
    _replace(db, _kept(db, story_ids), pieces.of_stories(db, story_ids))


def batches(db: Session) -> range:
    """Where each batch of stories begins that the figures can follow at once."""
    newest = db.scalar(select(Story.id).order_by(Story.id.desc()).limit(1))
    return range(1, (newest or 0) + 1, AT_ONCE)


def follow_batch(db: Session, first: int) -> None:
    """The figures follow all stories of a batch; who changes one of them waits."""
    numbers = select(Story.id).where(Story.id.between(first, first + AT_ONCE - 1))
    follow(db, *db.scalars(numbers.order_by(Story.id).with_for_update()))


def drift(db: Session, company_id: int) -> Change:
    """What a company's figures lack of what its mentions count for, both as they stand
    at one moment (`database.hold_still`); empty where all is well."""
    numbers: Counter[Place] = Counter()
    weights: Counter[Place] = Counter()
    for counts in _counts(db, Counted.company_id == company_id).values():
        _sum(counts, 1, numbers, weights)
    for row in db.execute(select(_TABLE).where(_TABLE.c.company_id == company_id)):
        place = cast("Place", row[: len(_KEY)])
        numbers[place] -= row.number
        weights[place] -= row.weight
    return {
        place: (numbers[place], weights[place])
        for place in numbers
        if numbers[place] or weights[place]
    }


def mend(db: Session, company_id: int, lacks: Change) -> None:
    """Add what a company's figures lack; deeds may have changed them meanwhile."""
    numbers = Counter({place: number for place, (number, _) in lacks.items()})
    weights = Counter({place: weight for place, (_, weight) in lacks.items()})
    _add(db, numbers, weights)
    mine = Figure.company_id == company_id
    db.execute(delete(Figure).where(mine, Figure.number == 0))
    listing.place(db, [company_id])


def rebuild(db: Session, company_id: int) -> None:
    """Count all that is told about a company from scratch."""
    db.execute(delete(Figure).where(Figure.company_id == company_id))
    named = select(Mention.id).where(Mention.company_id == company_id)
    mine = or_(Counted.company_id == company_id, Counted.mention_id.in_(named))
    db.execute(delete(Counted).where(mine))
    numbers: Counter[Place] = Counter()
    weights: Counter[Place] = Counter()
    last = 0
    while ids := _about(db, company_id, last):
        found = pieces.of_stories(db, ids, company_id)
        _keep(db, found)
        for counts in found.values():
            _sum(counts, 1, numbers, weights)
        last = ids[-1]
    rows = _rows(numbers, weights)
    if rows:
        db.execute(insert(_TABLE), rows)
    listing.place(db, [company_id])


def companies(db: Session) -> list[int]:
    """Every company that something was told about, or counted for."""
    subject = Mention.role == MentionRole.SUBJECT
    told = select(Mention.company_id).where(subject)
    counted = select(Figure.company_id)
    return sorted(db.scalars(told.union(counted)))


def is_missing(db: Session) -> bool:
    """Whether nothing was counted yet of all that is told: after an upgrade, say."""
    told = select(Mention.id).where(Mention.role == MentionRole.SUBJECT).limit(1)
    counted = select(Counted.mention_id).limit(1)
    return db.scalar(counted) is None and db.scalar(told) is not None


def _about(db: Session, company_id: int, after: int) -> list[int]:
    told = select(Mention.story_id).where(
        Mention.company_id == company_id,
        Mention.role == MentionRole.SUBJECT,
        Mention.story_id > after,
    )
    return list(db.scalars(told.order_by(Mention.story_id).limit(AT_ONCE)))


def _kept(db: Session, story_ids: Sequence[int]) -> dict[int, Counts]:
    return _counts(db, Counted.story_id.in_(story_ids))


def _counts(db: Session, which: ColumnElement[bool]) -> dict[int, Counts]:
    rows = db.execute(select(*cast("Table", Counted.__table__).c).where(which))
    return {
        row.mention_id: Counts(
            row.story_id,
            row.company_id,
            tuple(row.products),
            tuple(_told(each) for each in row.pieces),
        )
        for row in rows
    }


def _told(piece: list[Any]) -> Piece:
    measure, code, day, number = piece
    return Piece(Measure(measure), code, date.fromordinal(day), number)


def _replace(db: Session, old: dict[int, Counts], new: dict[int, Counts]) -> None:
    gone = {key: counts for key, counts in old.items() if new.get(key) != counts}
    come = {key: counts for key, counts in new.items() if old.get(key) != counts}
    numbers: Counter[Place] = Counter()
    weights: Counter[Place] = Counter()
    for counts in gone.values():
        _sum(counts, -1, numbers, weights)
    for counts in come.values():
        _sum(counts, 1, numbers, weights)
    if gone:
        db.execute(delete(Counted).where(Counted.mention_id.in_(gone)))
    _keep(db, come)
    _add(db, numbers, weights)
    listing.place(db, _companies(gone) ^ _companies(come))


def _companies(counted: dict[int, Counts]) -> set[int]:
    return {counts.company_id for counts in counted.values()}


def _keep(db: Session, found: dict[int, Counts]) -> None:
    rows = [
        {
            "mention_id": mention_id,
            "story_id": counts.story_id,
            "company_id": counts.company_id,
            "products": list(counts.products),
            "pieces": [
                [each.measure, each.code, each.day.toordinal(), each.number]
                for each in counts.pieces
            ],
        }
        for mention_id, counts in found.items()
    ]
    if rows:
        db.execute(insert(cast("Table", Counted.__table__)), rows)


def _sum(
    counts: Counts, sign: int, numbers: "Counter[Place]", weights: "Counter[Place]"
) -> None:
    company_id, owners = counts.company_id, (WHOLE, *counts.products)
    for measure, code, day, number in counts.pieces:
        change = sign * number
        heavy = change * weight(day) if measure in WEIGHED else 0
        for span, start in _spans(measure, day):
            for product_id in owners:
                place = (company_id, product_id, span, start, measure, code)
                numbers[place] += change
                if heavy and span == ALL:
                    weights[place] += heavy


@lru_cache(maxsize=8192)
def _spans(measure: Measure, day: date) -> list[tuple[int, int]]:
    starts = {ALL: 0, YEAR: day.year, MONTH: month(day)}
    return [(span, starts[span]) for span in SPANS.get(measure, (ALL, MONTH))]


def _rows(numbers: "Counter[Place]", weights: "Counter[Place]") -> list[dict[str, Any]]:
    """In one order everywhere: of two writers each waits for the other at most once."""
    return [
        {
            **dict(zip(_KEY, place, strict=True)),
            "number": numbers[place],
            "weight": weights[place],
        }
        for place in sorted(numbers)
        if numbers[place] or weights[place]
    ]


def _add(db: Session, numbers: "Counter[Place]", weights: "Counter[Place]") -> None:
    rows = _rows(numbers, weights)
    if not rows:
        return
    db.execute(_upsert(db.get_bind().dialect.name), rows)
    less = [
        {f"its_{name}": row[name] for name in _KEY} for row in rows if row["number"] < 0
    ]
    if less:
        db.execute(_EMPTY, less)


def _upsert(dialect: str) -> Any:
    kind: Any = postgresql if dialect == "postgresql" else sqlite
    added = kind.insert(_TABLE)
    columns = {
        name: _TABLE.c[name] + added.excluded[name] for name in ("number", "weight")
    }
    return added.on_conflict_do_update(index_elements=_KEY, set_=columns)
