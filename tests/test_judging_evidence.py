"""What staff decide about pictures that authors publish, and who of them may."""

from functools import partial

import pytest
from sqlalchemy import select

from stories import attaching
from stories.entries.evidence import JudgementEntry
from stories.models import Decision, Story
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import evidence as reading
from stories.storage import Store
from tests.files import a_kept_file
from tests.lives import a_story
from tests.people import letters
from tests.test_attaching import may

SEEN = JudgementEntry(words="It shows a child.")


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "media")


@pytest.fixture
def story(db, ada, kettles, voice) -> Story:
    """Ada's story about Kettles, for whom Bob speaks."""
    return a_story(db, ada, kettles)


@pytest.fixture
def keep(db, ada, story, store):
    """Ada keeps a file."""
    return partial(a_kept_file, db, ada, story, store)


def test_staff_take_a_picture_from_readers_and_think_again(db, ada, staff, keep, story):
    made = keep()
    with pytest.raises(Invalid):
        attaching.withhold(db, staff, made, SEEN)
    attaching.publish(db, ada, made)

    attaching.withhold(db, staff, made, SEEN)

    assert not may(db, None, made)
    assert may(db, staff, made)
    assert db.scalars(select(Decision.deed)).all() == ["evidence_withheld"]
    assert letters(db, "decision") == [f"member:{ada.id}"]
    with pytest.raises(Invalid):
        attaching.withhold(db, staff, made, SEEN)
    attaching.take_back(db, ada, made)
    with pytest.raises(Invalid):
        attaching.publish(db, ada, made)

    attaching.show_again(db, staff, made, SEEN)
    attaching.publish(db, ada, made)

    assert may(db, None, made)
    with pytest.raises(Invalid):
        attaching.show_again(db, staff, made, SEEN)


def test_what_staff_give_back_its_author_publishes(db, ada, staff, keep):
    made = keep()
    attaching.publish(db, ada, made)
    attaching.withhold(db, staff, made, SEEN)

    attaching.show_again(db, staff, made, SEEN)

    assert not may(db, None, made)
    assert made.published_at is None


def test_what_staff_may_see_is_not_for_the_other_sides_team(
    db, ada, bob, staff, keep, story
):
    bob.staff = True
    made = keep(staff=True)

    assert not may(db, bob, made)
    assert reading.for_staff(db, bob, story.id) == []
    with pytest.raises(Missing):
        reading.judged(db, bob, made.id)
    assert may(db, staff, made)

    attaching.publish(db, ada, made)

    assert may(db, bob, made)


def test_whoever_has_a_part_in_it_does_not_decide(
    db, ada, bob, cy, staff, keep, story, voice
):
    made = keep()
    attaching.publish(db, ada, made)
    bob.staff = ada.staff = True

    for each in (ada, bob, cy):
        with pytest.raises(Forbidden):
            attaching.withhold(db, each, made, SEEN)
