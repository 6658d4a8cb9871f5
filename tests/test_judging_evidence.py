"""Pictures that authors publish: readers report them, staff decide about them as about
texts, and who of them may."""

from functools import partial

import pytest
from sqlalchemy import select

from stories import attaching, leaving, moderating, withdrawing
from stories.entries.judging import FlagEntry, RulingEntry
from stories.models import Decision, Evidence, Flag, Story
from stories.models.codes import FlagReason, FlagState, StaffDeed, Target
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import evidence as reading
from stories.reading import moderation
from tests.files import KEPT_WORDS as WORDS
from tests.files import a_kept_file
from tests.lives import a_story
from tests.people import letters
from tests.test_attaching import may, store  # noqa: F401  # a fixture

CHILD = FlagReason.PROTECTION_OF_MINORS
REPORT = FlagEntry(reason=CHILD, words="That is a child.")
WHY = RulingEntry(reason=CHILD, words="It shows a child.")
PICTURE = Target.EVIDENCE


@pytest.fixture
def story(db, ada, kettles, voice) -> Story:
    """Ada's story about Kettles, for whom Bob speaks."""
    return a_story(db, ada, kettles)


@pytest.fixture
def keep(db, ada, story, store):  # noqa: F811
    """Ada keeps a file."""
    return partial(a_kept_file, db, ada, story, store)


@pytest.fixture
def shown(db, ada, keep) -> Evidence:
    """A picture that Ada publishes."""
    made = keep()
    attaching.publish(db, ada, made)
    db.commit()
    return made


def states(db) -> list[FlagState]:
    db.rollback()
    return list(db.scalars(select(Flag.state)))


def test_a_reader_reports_a_picture_and_staff_take_it_from_readers(
    db, ada, cy, staff, shown
):
    moderating.flag(db, cy, PICTURE, shown.id, REPORT)
    db.commit()
    (waits,) = moderation.queue(db).texts
    assert (waits.target, waits.words) == (PICTURE, WORDS)

    moderating.hide(db, staff, PICTURE, shown.id, WHY)
    db.commit()

    assert not may(db, None, shown)
    assert may(db, staff, shown)
    assert states(db) == [FlagState.UPHELD]
    decision = db.scalars(select(Decision)).one()
    assert decision.deed == StaffDeed.EVIDENCE_WITHHELD
    assert (decision.reason, decision.words) == (CHILD, WHY.words)
    assert (decision.snapshot, decision.story_id) == (WORDS, shown.story_id)
    assert letters(db, "decision") == [f"member:{ada.id}"]
    with pytest.raises(Invalid):
        attaching.publish(db, ada, shown)


def test_what_staff_give_back_its_author_publishes(db, ada, staff, shown):
    moderating.hide(db, staff, PICTURE, shown.id, WHY)

    moderating.restore(db, staff, PICTURE, shown.id, WHY)

    assert not may(db, None, shown)
    deeds = db.scalars(select(Decision.deed).order_by(Decision.id)).all()
    assert deeds == [StaffDeed.EVIDENCE_WITHHELD, StaffDeed.EVIDENCE_SHOWN]

    attaching.publish(db, ada, shown)

    assert may(db, None, shown)


def test_a_report_that_is_wrong_leaves_the_picture(db, cy, staff, shown):
    moderating.flag(db, cy, PICTURE, shown.id, REPORT)

    moderating.dismiss(db, staff, PICTURE, shown.id, WHY)
    db.commit()

    assert may(db, None, shown)
    assert states(db) == [FlagState.DISMISSED]


def test_nobody_reports_what_they_do_not_see(db, cy, staff, keep, story, ada):
    made = keep(staff=True)

    for deed in (moderating.hide, moderating.restore, moderating.dismiss):
        with pytest.raises(Missing):
            deed(db, staff, PICTURE, made.id, WHY)
    with pytest.raises(Missing):
        moderating.flag(db, cy, PICTURE, made.id, REPORT)
    attaching.publish(db, ada, made)
    withdrawing.withdraw(db, ada, story)
    with pytest.raises(Missing):
        moderating.flag(db, cy, PICTURE, made.id, REPORT)
    with pytest.raises(Missing):
        moderating.flag(db, cy, PICTURE, 4711, REPORT)


def test_what_is_decided_is_not_decided_twice(db, staff, shown):
    with pytest.raises(Invalid):
        moderating.restore(db, staff, PICTURE, shown.id, WHY)
    moderating.hide(db, staff, PICTURE, shown.id, WHY)

    with pytest.raises(Invalid):
        moderating.hide(db, staff, PICTURE, shown.id, WHY)


def test_staff_decide_though_its_author_takes_it_back_meanwhile(
    db, ada, cy, staff, shown
):
    moderating.flag(db, cy, PICTURE, shown.id, REPORT)
    attaching.take_back(db, ada, shown)
    db.commit()

    with pytest.raises(Invalid):
        moderating.hide(db, staff, PICTURE, shown.id, WHY)
    moderating.dismiss(db, staff, PICTURE, shown.id, WHY)
    db.commit()

    assert states(db) == [FlagState.DISMISSED]
    assert not may(db, staff, shown)


def test_what_is_erased_waits_for_nobody(db, ada, cy, shown):
    moderating.flag(db, cy, PICTURE, shown.id, REPORT)

    attaching.erase(db, ada, shown)
    db.commit()

    assert states(db) == []


def test_nor_does_what_goes_with_its_author(db, ada, cy, shown):
    moderating.flag(db, cy, PICTURE, shown.id, REPORT)
    db.commit()

    leaving.leave(db, ada, leaving.Way.ANONYMISE)
    db.commit()

    assert states(db) == []


def test_a_number_is_given_to_no_other_picture(db, ada, keep, shown):
    number = shown.id
    attaching.erase(db, ada, shown)
    db.commit()

    assert keep().id > number


def test_what_staff_may_see_is_not_for_the_other_sides_team(
    db, ada, bob, staff, keep, story
):
    bob.staff = True
    made = keep(staff=True)

    assert not may(db, bob, made)
    assert reading.for_staff(db, bob, story.id) == []
    assert may(db, staff, made)

    attaching.publish(db, ada, made)

    assert may(db, bob, made)


def test_whoever_has_a_part_in_it_does_not_decide(db, ada, bob, cy, shown):
    bob.staff = ada.staff = True

    for each in (ada, bob, cy):
        for deed in (moderating.hide, moderating.dismiss):
            with pytest.raises(Forbidden):
                deed(db, each, PICTURE, shown.id, WHY)
