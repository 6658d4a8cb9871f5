"""What is kept of private conversations: for whom, how long, and what staff see."""

import pytest
from sqlalchemy import select

from stories import (
    companies,
    leaving,
    moderating,
    moving,
    talking,
    withdrawing,
)
from stories.entries.judging import FlagEntry, RulingEntry
from stories.entries.talks import AskEntry
from stories.exporting.own import own_record
from stories.exporting.public import public_record
from stories.leaving import Way
from stories.models import Company, Flag, Story, Talk
from stories.models.codes import Target
from stories.models.talks import MessageState, TalkState
from stories.moving import MisnamingEntry
from stories.problems import Forbidden, Missing
from stories.reading import talks as reading
from stories.reading.documents import documents
from tests.people import a_voice, letters
from tests.talks import SECRET, a_story_with, an_open_talk, says

RULING = {"reason": "illegal_or_harmful_speech", "words": "A threat."}


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    return a_story_with(db, ada, bob, kettles)


@pytest.fixture
def talk(db, ada, bob, story, kettles) -> Talk:
    return an_open_talk(db, ada, bob, story, kettles)


def test_it_is_in_no_index_and_no_record(db, ada, bob, story, talk):
    says(db, bob, talk)
    db.commit()

    (found,) = documents(db, [story.id])
    record = "\n".join(public_record(db))

    assert "0151" not in repr(found)
    assert "0151" not in record
    assert '"table": "talk"' not in record
    assert "talk_opened" in record


def test_the_author_takes_it_along(db, ada, bob, cy, talk):
    says(db, bob, talk, "We pay 30 €.")
    says(db, ada, talk)

    record = own_record(db, ada)

    said = [row["text"] for row in record["message"]]
    assert said == ["A refund", "We pay 30 €.", SECRET]
    assert "message" not in own_record(db, cy)


def test_the_author_takes_a_message_back(db, ada, bob, talk):
    mine, theirs = says(db, ada, talk), says(db, bob, talk)
    with pytest.raises(Missing):
        talking.take_back(db, bob, mine)
    with pytest.raises(Forbidden):
        talking.take_back(db, ada, theirs)

    talking.take_back(db, ada, mine)

    assert (mine.text, mine.html, mine.state) == ("", "", MessageState.TOMBSTONE)


@pytest.mark.parametrize("deed", [withdrawing.erase, withdrawing.anonymise])
def test_what_the_author_wrote_goes_with_the_story(db, ada, bob, story, talk, deed):
    mine, theirs = says(db, ada, talk), says(db, bob, talk, "We pay 30 €.")

    deed(db, ada, story)
    db.expire_all()

    page = reading.page(db, bob, talk.id)
    assert [each.text for each in page.messages] == ["A refund", "", "We pay 30 €."]
    assert (mine.state, theirs.state) == ("tombstone", "shown")
    assert talk.state == TalkState.ENDED
    with pytest.raises(Missing):
        reading.page(db, ada, talk.id)


def test_what_a_member_wrote_goes_with_them(db, ada, bob, talk):
    mine = says(db, ada, talk)

    leaving.leave(db, ada, Way.ERASE)
    db.expire_all()

    assert (mine.text, mine.state) == ("", "tombstone")


def test_a_company_stands_by_what_it_said(db, bob, talk):
    theirs = says(db, bob, talk, "We pay 30 €.")

    leaving.leave(db, bob, Way.ERASE)
    db.expire_all()

    assert (theirs.text, theirs.speaker) == ("We pay 30 €.", "Bob")


def test_a_withdrawn_story_is_talked_of_no_more(db, ada, bob, story, talk):
    withdrawing.withdraw(db, ada, story)

    assert talk.state == TalkState.ENDED
    withdrawing.restore(db, ada, story)
    with pytest.raises(Forbidden):
        says(db, bob, talk)


def test_while_staff_hide_the_story_nobody_writes(db, ada, staff, story, talk):
    ruling = RulingEntry.model_validate(RULING)
    moderating.hide(db, staff, Target.STORY, story.id, ruling)

    with pytest.raises(Forbidden, match="not shown"):
        says(db, ada, talk)


def test_a_story_that_moves_leaves_it_with_the_first(db, ada, bob, cy, staff, talk):
    teapots = companies.add(db, "Teapots")
    a_voice(db, cy, teapots)
    says(db, ada, talk)
    entry = MisnamingEntry(meant="Teapots", words="Not us")
    story, kettles = db.get_one(Story, talk.story_id), db.get(Company, talk.company_id)
    told = moving.report(db, ada, story, kettles, entry)

    moving.move(db, staff, told, teapots)

    assert talk.state == TalkState.ENDED
    assert reading.page(db, bob, talk.id).messages
    with pytest.raises(Missing):
        reading.page(db, cy, talk.id)


def test_one_of_two_sides_reports_a_message(db, ada, bob, cy, staff, talk):
    before, meant = says(db, ada, talk, "One"), says(db, bob, talk, "A threat")
    after, far = says(db, ada, talk, "Three"), says(db, ada, talk, "Four")
    entry = FlagEntry.model_validate({"reason": "violence"})
    with pytest.raises(Missing):
        moderating.flag(db, cy, Target.MESSAGE, meant.id, entry)
    with pytest.raises(Missing):
        moderating.found(db, Target.MESSAGE, meant.id)

    moderating.flag(db, ada, Target.MESSAGE, meant.id, entry)

    assert moderating.found(db, Target.MESSAGE, meant.id) is meant
    assert reading.around(db, meant) == [before, meant, after]
    with pytest.raises(Missing):
        moderating.found(db, Target.MESSAGE, far.id)


def test_a_companys_report_of_a_message_counts_nowhere(db, ada, bob, talk):
    message = says(db, ada, talk)
    entry = FlagEntry.model_validate({"reason": "spam"})

    moderating.flag(db, bob, Target.MESSAGE, message.id, entry)

    assert db.scalars(select(Flag)).one().company_id is None


def test_staff_hide_a_message_and_show_it_again(db, ada, bob, staff, story, talk):
    message = says(db, bob, talk, "A threat")
    entry = FlagEntry.model_validate({"reason": "violence"})
    moderating.flag(db, ada, Target.MESSAGE, message.id, entry)
    ruling = RulingEntry.model_validate(RULING)

    decision = moderating.hide(db, staff, Target.MESSAGE, message.id, ruling)
    assert message.state == MessageState.HIDDEN
    moderating.restore(db, staff, Target.MESSAGE, message.id, ruling)

    assert message.state == MessageState.SHOWN
    assert decision.story_id is None
    assert letters(db, "decision") == [f"member:{bob.id}"] * 2
    assert "A threat." not in "\n".join(public_record(db))


def test_the_reason_for_asking_can_be_reported(db, ada, bob, staff, story, talk):
    (reason,) = reading.page(db, ada, talk.id).messages
    entry = FlagEntry.model_validate({"reason": "violence"})

    moderating.flag(db, ada, Target.MESSAGE, reason.id, entry)
    ruling = RulingEntry.model_validate(RULING)
    moderating.hide(db, staff, Target.MESSAGE, reason.id, ruling)

    assert (reason.text, reason.speaker) == ("A refund", "Bob")
    assert reason.state == MessageState.HIDDEN
    assert letters(db, "decision") == [f"member:{bob.id}"]


def take_back(db, ada, message) -> None:
    talking.take_back(db, ada, message)


def erase(db, ada, message) -> None:
    talk = db.get_one(Talk, message.talk_id)
    withdrawing.erase(db, ada, db.get_one(Story, talk.story_id))


def anonymise(db, ada, message) -> None:
    talk = db.get_one(Talk, message.talk_id)
    withdrawing.anonymise(db, ada, db.get_one(Story, talk.story_id))


def leave(db, ada, _message) -> None:
    leaving.leave(db, ada, Way.ERASE)


@pytest.mark.parametrize("deed", [take_back, erase, anonymise, leave])
def test_no_copy_of_words_outlives_them(db, ada, bob, staff, talk, deed):
    mine, theirs = says(db, ada, talk), says(db, bob, talk, "We pay 30 €.")
    entry = FlagEntry.model_validate({"reason": "violence"})
    moderating.flag(db, bob, Target.MESSAGE, mine.id, entry)
    moderating.flag(db, ada, Target.MESSAGE, theirs.id, entry)
    ruling = RulingEntry.model_validate(RULING)
    decision = moderating.hide(db, staff, Target.MESSAGE, mine.id, ruling)

    deed(db, ada, mine)
    db.expire_all()

    kept = db.scalars(select(Flag.snapshot).order_by(Flag.id)).all()
    assert kept == ["", "We pay 30 €."]
    assert (decision.snapshot, decision.words) == ("", "A threat.")
    assert (mine.text, mine.state) == ("", "tombstone")


def test_who_reports_what_was_just_taken_back_keeps_no_copy(db, ada, bob, talk):
    mine = says(db, ada, talk)
    talking.take_back(db, ada, mine)

    entry = FlagEntry.model_validate({"reason": "violence"})

    with pytest.raises(Missing):
        moderating.flag(db, bob, Target.MESSAGE, mine.id, entry)


def test_the_author_takes_along_what_they_can_read(db, ada, bob, staff, talk):
    mine, theirs = says(db, ada, talk), says(db, bob, talk, "A threat")
    entry = FlagEntry.model_validate({"reason": "violence"})
    ruling = RulingEntry.model_validate(RULING)
    for who, message in ((bob, mine), (ada, theirs)):
        moderating.flag(db, who, Target.MESSAGE, message.id, entry)
        moderating.hide(db, staff, Target.MESSAGE, message.id, ruling)

    said = [row["text"] for row in own_record(db, ada)["message"]]

    assert said == ["A refund", SECRET, ""]


def test_a_withdrawn_story_takes_its_question_along(db, ada, bob, story, kettles):
    asked = talking.ask(db, bob, story, kettles.id, AskEntry(reason="A refund"))

    withdrawing.withdraw(db, ada, story)

    assert asked.state == TalkState.ENDED
    assert letters(db, "talk_ended") == []


@pytest.mark.parametrize("deed", [withdrawing.withdraw, withdrawing.erase])
def test_the_company_hears_that_it_ended_with_its_story(
    db, post, member, bob, kettles, deed
):
    story = a_story_with(db, bob, member, kettles)
    an_open_talk(db, bob, member, story, kettles)

    deed(db, bob, story)
    db.commit()

    (letter,) = [each for each in post() if "private conversation" in each.subject]
    assert letter.subject == "A private conversation has ended"
    assert "its story is not shown any more" in letter.text
    assert story.title not in letter.text or not story.title


def test_it_ends_also_while_the_story_is_hidden(db, ada, bob, staff, story, talk):
    ruling = RulingEntry.model_validate(RULING)
    moderating.hide(db, staff, Target.STORY, story.id, ruling)

    talking.end(db, ada, talk)

    assert talk.state == TalkState.ENDED
    assert letters(db, "talk_ended") == [f"member:{bob.id}"]


def test_staff_who_have_a_part_in_it_leave_it_to_others(db, ada, bob, staff, talk):
    message = says(db, bob, talk)
    entry = FlagEntry.model_validate({"reason": "spam"})
    moderating.flag(db, ada, Target.MESSAGE, message.id, entry)
    ada.staff = True

    with pytest.raises(Forbidden, match="Somebody else"):
        moderating.hide(
            db, ada, Target.MESSAGE, message.id, RulingEntry.model_validate(RULING)
        )
