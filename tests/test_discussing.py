"""Comments by members and guests, in threads of two levels."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import discussing, publishing, updating
from stories.discussing import QUIET_DAYS, CommentEntry, GuestEntry
from stories.models import Comment, Revision, Story, now
from stories.models.codes import ClosedWhy, CommentState, Standing, Target
from stories.problems import Forbidden, Invalid, Missing
from tests.people import an_entry, letters

REMARK = CommentEntry(text="Same *here*.")
GUEST = GuestEntry(name="Passer-by")


@pytest.fixture
def story(db, ada) -> Story:
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    return story


def counted(db, story) -> int:
    return db.scalar(select(Story.comment_count).where(Story.id == story.id))


def test_a_comment_is_published_counted_and_told_to_the_author(db, ada, bob, story):
    remark = discussing.comment(db, bob, story, REMARK)

    assert remark.state == CommentState.PUBLIC
    assert remark.html == "<p>Same <em>here</em>.</p>"
    assert counted(db, story) == 1
    assert letters(db, "commented") == [f"member:{ada.id}"]


def test_nobody_is_told_of_their_own_comment(db, ada, story):
    discussing.comment(db, ada, story, REMARK)

    assert letters(db, "commented") == []


def test_a_reply_to_a_reply_stands_on_the_second_level(db, ada, bob, cy, story):
    first = discussing.comment(db, bob, story, REMARK)
    second = discussing.comment(
        db, cy, story, CommentEntry(text="Really?", parent_id=first.id)
    )

    third = discussing.comment(
        db, bob, story, CommentEntry(text="Yes.", parent_id=second.id)
    )

    assert (second.parent_id, third.parent_id) == (first.id, first.id)
    assert letters(db, "replied") == [f"member:{bob.id}", f"member:{cy.id}"]


def test_a_comment_of_another_story_cannot_be_answered_here(db, ada, bob, story):
    other = publishing.publish(db, ada, an_entry(title="Another"))
    there = discussing.comment(db, bob, other, REMARK)

    with pytest.raises(Missing):
        discussing.comment(db, bob, story, CommentEntry(text="!", parent_id=there.id))


def test_closed_threads_take_no_comments(db, ada, bob, story):
    updating.close_comments(db, ada, story)

    with pytest.raises(Forbidden):
        discussing.comment(db, bob, story, REMARK)


def test_the_suspended_do_not_comment(db, bob, story):
    bob.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        discussing.comment(db, bob, story, REMARK)


def test_a_guests_comment_waits_for_the_confirmation_of_the_address(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    assert remark.state == CommentState.UNCONFIRMED
    assert counted(db, story) == 0
    assert letters(db, "guest_confirm") == ["contact:c1"]


def test_confirming_twice_publishes_once(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    first = discussing.confirm(db, "c1", remark)
    second = discussing.confirm(db, "c1", remark)

    assert (first, second) == (True, False)
    assert counted(db, story) == 1


def test_what_waited_is_not_published_into_a_closed_thread(db, ada, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)
    updating.close_comments(db, ada, story)

    with pytest.raises(Forbidden):
        discussing.confirm(db, "c1", remark)


def test_nobody_confirms_for_another_guest(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    with pytest.raises(Forbidden):
        discussing.confirm(db, "c2", remark)


def test_what_waits_is_changed_without_a_mark_and_taken_back(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    discussing.amend_as_guest(db, "c1", remark, CommentEntry(text="Better."))
    changed = (remark.text, remark.amended_at)
    discussing.delete_as_guest(db, "c1", remark)

    assert changed == ("Better.", None)
    assert counted(db, story) == 0


def test_the_link_to_a_comment_goes_to_nobody_but_its_guest(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    discussing.ask_for_link(db, "c2", remark)
    discussing.ask_for_link(db, "c1", remark)

    assert letters(db, "guest_manage") == ["contact:c1"]


def test_an_unconfirmed_guest_cannot_pile_up_comments(db, story):
    for _ in range(discussing.MOST_WAITING):
        discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)

    with pytest.raises(Invalid):
        discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)


def test_an_amended_comment_is_marked_and_keeps_its_first_wording(db, bob, story):
    remark = discussing.comment(db, bob, story, REMARK)

    discussing.amend(db, bob, remark, CommentEntry(text="Same here, twice."))

    kept = db.scalars(select(Revision.text).where(Revision.target == Target.COMMENT))
    assert remark.amended_at is not None
    assert list(kept) == ["Same *here*.", "Same here, twice."]


def test_strangers_neither_amend_nor_delete(db, bob, cy, story):
    remark = discussing.comment(db, bob, story, REMARK)

    with pytest.raises(Forbidden):
        discussing.amend(db, cy, remark, CommentEntry(text="Mine now."))
    with pytest.raises(Forbidden):
        discussing.delete(db, cy, remark)


def test_a_deleted_comment_leaves_a_tombstone_and_no_words(db, bob, story):
    remark = discussing.comment(db, bob, story, REMARK)
    discussing.amend(db, bob, remark, CommentEntry(text="Changed."))

    discussing.delete(db, bob, remark)

    assert (remark.state, remark.text, remark.html) == (CommentState.TOMBSTONE, "", "")
    assert db.scalars(select(Revision).where(Revision.target == "comment")).all() == []
    assert counted(db, story) == 0


def test_deleting_twice_counts_once(db, bob, story):
    remark = discussing.comment(db, bob, story, REMARK)

    discussing.delete(db, bob, remark)
    discussing.delete(db, bob, remark)

    assert counted(db, story) == 0


def test_a_guest_amends_and_deletes_through_the_confirmed_address(db, story):
    remark = discussing.comment_as_guest(db, GUEST, "c1", story, REMARK)
    discussing.confirm(db, "c1", remark)

    discussing.amend_as_guest(db, "c1", remark, CommentEntry(text="Better."))
    with pytest.raises(Forbidden):
        discussing.delete_as_guest(db, "c2", remark)
    discussing.delete_as_guest(db, "c1", remark)

    assert db.get(Comment, remark.id).guest_name is None


def test_a_thread_closes_by_itself_after_a_year_of_quiet(db, story):
    later = now() + timedelta(days=QUIET_DAYS + 1)

    (closed,) = discussing.close_quiet(db, later)

    assert closed.comments_closed_why == ClosedWhy.AUTOMATIC
    assert discussing.close_quiet(db, later) == []


def test_a_thread_stays_open_within_the_year(db, story):
    assert discussing.close_quiet(db, now() + timedelta(days=QUIET_DAYS - 1)) == []
