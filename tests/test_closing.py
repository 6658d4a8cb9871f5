"""Staff close the comments under a story, and open them again."""

import pytest
from sqlalchemy import select

from stories import closing, discussing, publishing, updating
from stories.discussing import CommentEntry
from stories.entries.judging import RulingEntry
from stories.models import Decision, Story
from stories.models.codes import FlagReason, StaffDeed
from stories.problems import Forbidden, Invalid
from tests.people import an_entry, letters

RULING = RulingEntry(reason=FlagReason.SPAM, words="It advertises.")


@pytest.fixture
def story(db, ada) -> Story:
    return publishing.publish(db, ada, an_entry())


def test_what_staff_close_its_author_cannot_open(db, ada, bob, staff, story):
    closing.close_comments(db, staff, story, RULING)

    with pytest.raises(Forbidden):
        discussing.comment(db, bob, story, CommentEntry(text="One more"))
    with pytest.raises(Forbidden):
        updating.open_comments(db, ada, story)
    decision = db.scalars(select(Decision)).one()
    assert (decision.deed, decision.story_id) == (StaffDeed.CLOSE_COMMENTS, story.id)
    assert letters(db, "decision") == [f"member:{ada.id}"]


def test_staff_open_what_staff_closed(db, bob, staff, story):
    closing.close_comments(db, staff, story, RULING)

    closing.reopen_comments(db, staff, story, RULING)

    assert discussing.comment(db, bob, story, CommentEntry(text="At last"))
    with pytest.raises(Invalid):
        closing.reopen_comments(db, staff, story, RULING)


def test_staff_do_not_open_what_the_author_closed(db, ada, staff, story):
    updating.close_comments(db, ada, story)

    with pytest.raises(Invalid):
        closing.reopen_comments(db, staff, story, RULING)


def test_a_thread_is_closed_by_staff_once(db, staff, story):
    closing.close_comments(db, staff, story, RULING)

    with pytest.raises(Invalid):
        closing.close_comments(db, staff, story, RULING)


def test_only_staff_close_threads_and_never_their_own(db, ada, cy, staff, story):
    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            closing.close_comments(db, stranger, story, RULING)
    story.author_id = staff.id
    db.flush()

    with pytest.raises(Forbidden):
        closing.close_comments(db, staff, story, RULING)
