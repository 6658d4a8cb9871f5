"""Flags, and what staff decide."""

import pytest
from sqlalchemy import select

from stories import discussing, moderating, publishing
from stories.discussing import CommentEntry
from stories.entries.judging import FlagEntry, RulingEntry
from stories.models import Decision, Errand, Flag, Story
from stories.models.codes import (
    CommentState,
    FlagReason,
    FlagState,
    Standing,
    Target,
    Visibility,
)
from stories.problems import Forbidden, Invalid, Missing
from tests.people import an_entry, letters

FLAG = FlagEntry(reason=FlagReason.SPAM, words="Sells watches.")
RULING = RulingEntry(reason=FlagReason.SPAM, words="It advertises.")


@pytest.fixture
def story(db, ada) -> Story:
    return publishing.publish(db, ada, an_entry())


@pytest.fixture
def remark(db, bob, story):
    return discussing.comment(db, bob, story, CommentEntry(text="Buy watches"))


def test_a_flag_keeps_the_text_as_it_stood_and_the_text_stays_up(db, cy, story, remark):
    flag = moderating.flag(db, cy, Target.COMMENT, remark.id, FLAG)

    assert flag.snapshot == "Buy watches"
    assert remark.state == CommentState.PUBLIC


def test_a_second_flag_of_the_same_member_replaces_the_first(db, cy, remark):
    moderating.flag(db, cy, Target.COMMENT, remark.id, FLAG)
    moderating.flag(
        db, cy, Target.COMMENT, remark.id, FlagEntry(reason="violence", words="Worse")
    )

    assert [flag.words for flag in db.scalars(select(Flag))] == ["Worse"]


def test_what_is_not_there_cannot_be_flagged(db, cy, story):
    story.visibility = Visibility.AUTHOR_ONLY

    with pytest.raises(Missing):
        moderating.flag(db, cy, Target.STORY, story.id, FLAG)
    with pytest.raises(Missing):
        moderating.flag(db, cy, Target.COMMENT, 4711, FLAG)


def test_hiding_tells_the_author_why_and_upholds_the_flags(db, bob, cy, staff, remark):
    flag = moderating.flag(db, cy, Target.COMMENT, remark.id, FLAG)

    moderating.hide(db, staff, Target.COMMENT, remark.id, RULING)

    db.refresh(flag)
    assert remark.state == CommentState.HIDDEN
    assert flag.state == FlagState.UPHELD
    assert letters(db, "decision") == [f"member:{bob.id}"]


def test_a_hidden_comment_does_not_count_and_a_restored_one_does(
    db, staff, story, remark
):
    counts = []
    for deed in (moderating.hide, moderating.restore):
        deed(db, staff, Target.COMMENT, remark.id, RULING)
        counts.append(
            db.scalar(select(Story.comment_count).where(Story.id == story.id))
        )

    assert counts == [0, 1]


def test_a_hidden_story_leaves_the_search_and_comes_back_as_it_was(db, ada, staff):
    story = publishing.publish(db, ada, an_entry(visibility="unlisted"))
    db.query(Errand).delete()

    moderating.hide(db, staff, Target.STORY, story.id, RULING)
    hidden = story.visibility
    moderating.restore(db, staff, Target.STORY, story.id, RULING)

    tasks = db.scalars(select(Errand.key).where(Errand.task == "index")).all()
    assert (hidden, story.visibility) == (Visibility.HIDDEN, Visibility.UNLISTED)
    assert tasks == [f"story:{story.id}"] * 2


def test_flags_are_dismissed_and_the_text_stays(db, cy, staff, remark):
    flag = moderating.flag(db, cy, Target.COMMENT, remark.id, FLAG)

    moderating.dismiss(db, staff, Target.COMMENT, remark.id, RULING)

    db.refresh(flag)
    assert (flag.state, remark.state) == (FlagState.DISMISSED, CommentState.PUBLIC)


def test_only_staff_decide_and_never_of_their_own_words(db, bob, cy, remark):
    with pytest.raises(Forbidden):
        moderating.hide(db, cy, Target.COMMENT, remark.id, RULING)
    bob.staff = True
    with pytest.raises(Forbidden):
        moderating.hide(db, bob, Target.COMMENT, remark.id, RULING)


def test_hiding_what_is_hidden_is_refused(db, staff, remark):
    moderating.hide(db, staff, Target.COMMENT, remark.id, RULING)

    with pytest.raises(Invalid):
        moderating.hide(db, staff, Target.COMMENT, remark.id, RULING)


def test_a_member_is_suspended_told_why_and_readmitted(db, bob, staff):
    moderating.suspend(db, staff, bob, RULING)
    suspended = bob.standing
    moderating.readmit(db, staff, bob, RULING)

    assert (suspended, bob.standing) == (Standing.SUSPENDED, Standing.ACTIVE)
    assert letters(db, "suspended") == [f"member:{bob.id}"] * 2


def test_every_act_of_the_staff_is_a_line_of_the_log(db, bob, staff, remark):
    moderating.hide(db, staff, Target.COMMENT, remark.id, RULING)
    moderating.restore(db, staff, Target.COMMENT, remark.id, RULING)
    moderating.suspend(db, staff, bob, RULING)

    log = db.scalars(select(Decision.deed).order_by(Decision.id)).all()
    assert log == ["hide", "restore", "suspend"]


def test_staff_come_and_go_by_command_only(db, bob):
    moderating.appoint(db, bob)
    appointed = bob.staff
    moderating.dismiss_staff(db, bob)

    assert (appointed, bob.staff) == (True, False)
