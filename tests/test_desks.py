"""What mentions say of how their companies' teams handle them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from stories import cases, desks, handling, merging, moving, publishing
from stories.exporting import public_record
from stories.handling import AssignEntry
from stories.models import Mention, Merger, Story
from stories.models.codes import ClaimState
from stories.models.pace import Pace
from stories.moving import MisnamingEntry
from stories.reading import desk as reading
from stories.reading.desk import NOBODY, Sieve
from tests.desks import a_case
from tests.people import a_company, an_entry
from web.cli.desks import rebuild


@pytest.fixture
def story(db, ada, kettles, voice) -> Story:
    """A case of Kettles', that Bob deals with and has seen."""
    return a_case(db, ada, kettles, 3)


@pytest.fixture
def handled(db, bob, kettles, voice, story) -> Story:
    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))
    handling.see(db, bob, kettles.id, [story.id])
    db.commit()
    return story


def told(db, story: Story, company_id: int | None = None) -> tuple[int, bool]:
    """Who deals with it and whether it has been seen, as its mention says."""
    of = select(Mention.dealt_by, Mention.seen).where(Mention.story_id == story.id)
    if company_id is not None:
        of = of.where(Mention.company_id == company_id)
    return tuple(db.execute(of).one())


def mended(db) -> int:
    """How many mentions said otherwise."""
    return sum(desks.rebuild(db, first) for first in desks.batches(db))


def test_a_mention_follows_each_deed_in_its_transaction(db, bob, kettles, voice, story):
    assert told(db, story) == (NOBODY, False)

    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))
    assert told(db, story) == (voice.id, False)
    handling.see(db, bob, kettles.id, [story.id])
    assert told(db, story) == (voice.id, True)
    db.rollback()

    assert told(db, story) == (NOBODY, False)


def test_nobody_deals_with_what_was_of_somebody_who_left(db, kettles, voice, handled):
    voice.state = ClaimState.LAPSED
    db.commit()
    assert told(db, handled) == (NOBODY, True)

    voice.state = ClaimState.GRANTED
    db.commit()

    assert told(db, handled) == (voice.id, True)
    assert mended(db) == 0


def test_it_is_as_true_after_companies_are_merged_and_parted(
    db, ada, staff, kettles, voice, handled
):
    other = a_company(db, "Kettles Limited")

    merger = merging.merge(db, staff, kettles, other, "")
    db.commit()
    assert told(db, handled, other.id) == (voice.id, True)
    assert mended(db) == 0

    merging.undo(db, staff, db.get_one(Merger, merger.id))
    db.commit()
    assert told(db, handled, kettles.id) == (voice.id, True)
    assert mended(db) == 0


def test_a_moved_story_is_new_to_the_company_that_it_means(
    db, ada, staff, kettles, voice, handled
):
    other = a_company(db, "Teapots")
    entry = MisnamingEntry(meant="Teapots")
    report = moving.report(db, ada, handled, kettles, entry)

    moving.move(db, staff, report, other)
    db.commit()
    assert told(db, handled, other.id) == (NOBODY, False)

    moving.undo(db, staff, report)
    db.commit()
    assert told(db, handled, kettles.id) == (voice.id, True)
    assert mended(db) == 0


def test_a_company_that_is_named_again_knows_what_it_knew(db, ada, bob, kettles, voice):
    named = {"company": kettles.name, "company_id": kettles.id, "role": "praised"}
    other = {"company": "Teapots"}
    story = publishing.publish(db, ada, an_entry(mentions=[other, named]))
    handling.see(db, bob, kettles.id, [story.id])
    for mentions in ([other], [other, named]):
        publishing.amend(db, ada, story, an_entry(mentions=mentions))
        db.commit()

    assert told(db, story, kettles.id) == (NOBODY, True)
    assert mended(db) == 0


def test_one_command_makes_all_say_what_is_true(app, db, voice, handled):
    right = db.execute(select(Mention.__table__)).all()
    assert mended(db) == 0
    wrong = {"dealt_by": 4711, "seen": False, "pace": "overdue"}
    db.execute(update(Mention).values(wrong))
    db.commit()

    answer = app.test_cli_runner().invoke(rebuild)

    assert answer.output.endswith("1 mentions said something else than what is true.\n")
    db.rollback()
    assert db.execute(select(Mention.__table__)).all() == right


def test_nothing_of_it_is_in_the_public_record(db, handled):
    db.commit()
    lines = [each for each in public_record(db) if '"table": "mention"' in each]

    assert lines
    assert not [each for each in lines if "dealt_by" in each or "seen" in each]


@pytest.mark.parametrize(
    ("told_ago", "answered_after", "pace"),
    [
        (3, None, Pace.ON_TIME),
        (15, None, Pace.LATE),
        (30, None, Pace.LATE),
        (31, None, Pace.OVERDUE),
        (200, 14, Pace.ON_TIME),
        (200, 15, Pace.LATE),
        (200, 31, Pace.OVERDUE),
    ],
)
@pytest.mark.usefixtures("noon")
def test_a_case_lies_where_its_clock_says(
    db, ada, kettles, voice, told_ago, answered_after, pace
):
    story = a_case(db, ada, kettles, told_ago)
    mention = db.scalars(select(Mention).where(Mention.story_id == story.id)).one()
    if answered_after is not None:
        mention.answered_at = mention.told_at + timedelta(days=answered_after)
        mention.answer_days = answered_after
    db.commit()

    clock = cases.clock(mention)
    assert clock is not None
    assert clock.pace == pace
    for each in Pace:
        lie = reading.desk(db, voice, sieve=Sieve(clock=each)).rows
        assert bool(lie) == (each == pace)
    assert mended(db) == 0
