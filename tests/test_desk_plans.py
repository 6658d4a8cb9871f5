"""How the database finds what lies on a desk: by index, however much lies there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from sqlalchemy import Engine, event

from stories.models import now
from stories.models.codes import Kind
from stories.models.pace import Pace
from stories.reading import desk as reading
from stories.reading.desk import NOBODY, Page, Pile, Place, Sieve
from stories.reading.desk.sieve import finer

pytestmark = pytest.mark.sqlite

Plans = Callable[[], list[str]]
ORDER = "role=? AND case_state=?"
ONE = {
    "": Sieve(),
    "dealt_by": Sieve(assigned=NOBODY),
    "seen": Sieve(seen=False),
    "kind": Sieve(kind=Kind.PRAISE),
    "language": Sieve(language="cy"),
    "pace": Sieve(clock=Pace.LATE),
}
"""What is asked for, by the column of its index."""
CASES = [each for each in Pile if each != Pile.PASSING]


@pytest.fixture
def plans(engine: Engine) -> Iterator[Plans]:
    """How each statement about mentions is carried out, as SQLite tells it."""
    asked = []

    def note(_connection, _cursor, statement, parameters, *_more) -> None:
        if "FROM mention" in statement and "mention.id IN" not in statement:
            asked.append((statement, parameters))

    def told() -> list[str]:
        with engine.connect() as connection:
            found = [
                connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {each}", values).all()
                for each, values in list(asked)
            ]
        return [row[3] for rows in found for row in rows]

    event.listen(Engine, "before_cursor_execute", note)
    yield told
    event.remove(Engine, "before_cursor_execute", note)


def place(pile: Pile) -> Place:
    """Somewhere in the pile."""
    return Place(pile, None if pile == Pile.NOT_TOLD else now(), now(), 4711)


def sought(plan: list[str]) -> list[str]:
    """How mentions were found."""
    return [each for each in plan if re.search(r"\bmention\b", each)]


@pytest.fixture
def large(monkeypatch):
    """Nothing that is asked for is rare."""
    monkeypatch.setattr(
        "stories.reading.desk.finer", lambda _db, _company, sieve: sieve
    )


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("pile", CASES)
def test_one_thing_stands_in_an_index_in_the_order_of_the_pile(
    db, voice, plans, name, pile
):
    reading.desk(db, voice, Page(pile), ONE[name])

    plan = plans()
    index = "_".join(filter(None, ("ix_mention_desk", name)))
    ways = [each for each in sought(plan) if ORDER in each]
    assert ways
    assert not [each for each in ways if f"INDEX {index} (company_id=? AND" not in each]
    assert not [each for each in plan if each.startswith("SCAN mention")]
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") <= 1  # of the page alone


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("name", ONE)
@pytest.mark.parametrize("pile", CASES)
def test_a_page_far_back_is_sought_and_not_walked_to(db, voice, plans, name, pile):
    reading.desk(db, voice, Page(None, place(pile)), ONE[name])

    ways = sought(plans())
    by_time = [each for each in ways if "case_changed_at" in each]
    assert by_time
    assert [each for each in by_time if "published_at" in each]
    assert not [each for each in ways if each.startswith("SCAN")]


TWO = [
    Sieve(assigned=NOBODY),
    Sieve(seen=False),
    Sieve(kind=Kind.PRAISE),
    Sieve(language="cy"),
    Sieve(clock=Pace.LATE),
    Sieve(clock=Pace.OVERDUE),
    Sieve(product=1),
]


@pytest.mark.parametrize(("one", "other"), list(combinations(TWO, 2)))
def test_two_things_are_found_by_the_rarer_one(
    db, ada, kettles, voice, plans, statements, one, other
):
    asked = {name: value for name, value in vars(other).items() if value is not None}

    reading.desk(db, voice, sieve=replace(one, **asked))

    assert len(statements) <= 9
    assert not [each for each in plans() if each.startswith("SCAN mention")]


@pytest.mark.parametrize("name", ["dealt_by", "kind", "language", "pace"])
def test_of_two_that_are_common_the_rarer_one_leads(
    db, voice, plans, monkeypatch, name
):
    monkeypatch.setattr("stories.reading.desk.sieve.FEW", -1)
    asked = {key: value for key, value in vars(ONE[name]).items() if value is not None}
    sieve = replace(Sieve(seen=True), **asked)
    rarest = finer(db, voice.company_id, sieve).rarest
    led = {"assigned": "dealt_by", "clock:late": "pace"}.get(rarest, rarest)

    reading.desk(db, voice, sieve=sieve)

    ways = [each for each in sought(plans()) if ORDER in each]
    assert ways
    late = "case_changed_at>?"  # what waits changed no longer ago than it was told
    found = (f"ix_mention_desk_{led} ", *([late] if led == "pace" else []))
    assert not [each for each in ways if not any(how in each for how in found)]
