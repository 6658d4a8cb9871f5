"""Private conversations: opened by the author's consent, read by two sides alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import (
    permissions,
    representing,
    talking,
)
from stories.entries.talks import AskEntry, BeginEntry, EndEntry, MessageEntry
from stories.models import (
    Mention,
    Story,
    Talk,
    TimelineEntry,
    now,
)
from stories.models.base import played
from stories.models.codes import Party
from stories.models.speaking import TeamRole
from stories.models.talks import TalkState
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import talks as reading
from tests.people import a_voice, letters
from tests.talks import SECRET, a_story_with, says


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    return a_story_with(db, ada, bob, kettles)


@pytest.fixture
def asked(db, bob, story, kettles) -> Talk:
    """Bob asks for one."""
    return talking.ask(db, bob, story, kettles.id, AskEntry(reason="A refund"))


@pytest.fixture
def talk(db, ada, asked) -> Talk:
    """Ada has agreed."""
    talking.agree(db, ada, asked, EndEntry())
    return asked


def lines(db, story) -> list[tuple[str, str]]:
    told = select(TimelineEntry).where(TimelineEntry.happening.like("talk_%"))
    rows = db.scalars(told.order_by(TimelineEntry.id))
    return [(each.happening.value, each.by) for each in rows]


def test_nothing_opens_without_the_author(db, ada, bob, story, asked):
    with pytest.raises(Forbidden):
        says(db, bob, asked)
    with pytest.raises(Missing):
        talking.agree(db, bob, asked, EndEntry())

    assert asked.state == TalkState.ASKED
    assert letters(db, "talk_asked") == [f"member:{ada.id}"]
    assert lines(db, story) == []


def test_the_author_agrees_and_both_write(db, ada, bob, story, talk):
    (reason,) = reading.page(db, ada, talk.id).messages
    first = says(db, bob, talk)
    second = says(db, ada, talk, "**Thank** you.")

    for each in (reason, first):
        assert (each.by, each.speaker) == (Party.COMPANY, "Bob")
    assert second.html == "<p><strong>Thank</strong> you.</p>"
    assert talk.last_day == (now() + timedelta(days=30)).date()
    assert letters(db, "talk_answered") == [f"member:{bob.id}"]
    assert letters(db, "talk_written") == [f"member:{ada.id}", f"member:{bob.id}"]
    assert lines(db, story) == [("talk_opened", "author")]


def test_a_message_knows_its_language(db, ada, talk):
    words = "Buongiorno, questo è il mio numero di telefono, chiamatemi domani mattina."

    message = says(db, ada, talk, words)

    assert message.language == "it"


def test_the_author_begins_one_with_a_message(db, ada, bob, story, kettles):
    entry = BeginEntry(text=SECRET, last_day=now().date() + timedelta(days=3))

    talk = talking.begin(db, ada, story, kettles.id, entry)

    assert talk.is_open
    assert talk.is_new_to(Party.COMPANY)
    assert letters(db, "talk_answered") == [f"member:{bob.id}"]
    assert talk.last_day == entry.last_day


def test_who_was_refused_does_not_ask_again(db, ada, bob, story, kettles, asked):
    talking.refuse(db, ada, asked)

    with pytest.raises(Forbidden, match="only they can open one"):
        talking.ask(db, bob, story, kettles.id, AskEntry(reason="Please"))
    with pytest.raises(Invalid):
        talking.agree(db, ada, asked, EndEntry())
    assert letters(db, "talk_answered") == [f"member:{bob.id}"]
    assert lines(db, story) == []
    talking.begin(db, ada, story, kettles.id, BeginEntry(text="On second thoughts"))


def test_there_is_one_at_a_time(db, ada, bob, story, kettles, asked):
    with pytest.raises(Invalid, match="already"):
        talking.ask(db, bob, story, kettles.id, AskEntry(reason="Again"))
    with pytest.raises(Invalid, match="answer that"):
        talking.begin(db, ada, story, kettles.id, BeginEntry(text="Hello"))


def test_only_those_who_speak_for_its_company_ask(db, ada, cy, story, kettles, rival):
    about = Mention(story_id=story.id, company_id=rival.company_id, role="mentioned")
    db.add(about)
    db.flush()

    with pytest.raises(Forbidden):
        talking.ask(db, cy, story, kettles.id, AskEntry(reason="Curious"))
    with pytest.raises(Forbidden):
        talking.ask(db, cy, story, rival.company_id, AskEntry(reason="Named"))
    with pytest.raises(Forbidden):
        talking.begin(db, cy, story, kettles.id, BeginEntry(text="I am not Ada"))


def test_nobody_is_talked_with_who_is_not_there(db, ada, bob, story, rival, kettles):
    with pytest.raises(Forbidden, match="does not name"):
        talking.begin(db, ada, story, rival.company_id, BeginEntry(text="Hello"))
    role = permissions.representative(db, bob, kettles.id)
    representing.give_back(db, bob, role)
    with pytest.raises(Invalid, match="Nobody speaks"):
        talking.begin(db, ada, story, kettles.id, BeginEntry(text="Hello"))


def test_an_import_that_nobody_claimed_has_nobody_to_ask(db, bob, story, kettles):
    story.author_id = None

    with pytest.raises(Invalid, match="stands behind"):
        talking.ask(db, bob, story, kettles.id, AskEntry(reason="A refund"))


@pytest.mark.parametrize("days", [-1, 0, 368])
def test_the_last_day_is_to_come(noon, days):
    with pytest.raises(ValueError, match=r"to come|a year"):
        EndEntry(last_day=now().date() + timedelta(days=days))


def test_tomorrow_is_to_come_wherever_the_author_lives():
    at = now().replace(hour=11)
    with played(at):  # in the west it is still yesterday
        today = EndEntry(last_day=at.date())

    assert today.ends_at == at.replace(
        hour=12, minute=0, second=0, microsecond=0
    ) + timedelta(days=1)


def test_a_conversation_lasts_until_its_last_day_is_over_everywhere(db, ada, talk):
    last = talk.last_day
    midnight = talk.ends_at - timedelta(hours=12)

    assert midnight.date() == last + timedelta(days=1)
    with played(midnight + timedelta(hours=11)):
        assert says(db, ada, talk)
    with played(midnight + timedelta(hours=12)), pytest.raises(Forbidden):
        says(db, ada, talk)


def test_nonsense_is_no_message():
    for typed in ("", " \n", "x" * 10_001):
        with pytest.raises(ValueError, match="text"):
            MessageEntry(text=typed)
    with pytest.raises(ValueError, match="last_day"):
        EndEntry(last_day="soon")


def test_it_ends_when_the_author_ends_it(db, ada, bob, story, talk):
    says(db, bob, talk)
    with pytest.raises(Missing):
        talking.end(db, bob, talk)

    talking.end(db, ada, talk)

    for who in (ada, bob):
        assert [each.text for each in reading.page(db, who, talk.id).messages]
        with pytest.raises(Forbidden, match="has ended"):
            says(db, who, talk)
    with pytest.raises(Forbidden):
        talking.extend(db, ada, talk, EndEntry())
    with pytest.raises(Forbidden):
        talking.end(db, ada, talk)
    assert lines(db, story) == [("talk_opened", "author"), ("talk_ended", "author")]
    assert letters(db, "talk_ended") == [f"member:{bob.id}"]


def test_it_ends_by_itself_after_its_last_day(db, ada, bob, story, talk):
    with played(talk.ends_at - timedelta(minutes=1)):
        assert talk.is_open
        assert not talking.end_due(db, now())
    with played(talk.ends_at):
        with pytest.raises(Forbidden):
            says(db, ada, talk)
        assert talking.end_due(db, now()) == [talk]
        assert not talking.end_due(db, now())

    assert lines(db, story)[-1] == ("talk_ended", "site")
    both = [f"member:{bob.id}", f"member:{ada.id}"]
    assert letters(db, "talk_ended") == both


def test_a_new_one_begins_where_the_worker_is_late(db, ada, story, kettles, talk):
    with played(talk.ends_at + timedelta(hours=1)):
        talking.begin(db, ada, story, kettles.id, BeginEntry(text="Again"))

    assert [each for each, _ in lines(db, story)] == [
        *("talk_opened", "talk_ended", "talk_opened"),
    ]


def test_the_author_chooses_another_last_day(db, ada, bob, talk):
    later = now().date() + timedelta(days=90)
    with pytest.raises(Missing):
        talking.extend(db, bob, talk, EndEntry(last_day=later))

    talking.extend(db, ada, talk, EndEntry(last_day=later))

    assert talk.last_day == later


def test_strangers_do_not_learn_of_it(db, cy, staff, rival, talk):
    for stranger in (cy, staff):
        with pytest.raises(Missing):
            reading.page(db, stranger, talk.id)
        with pytest.raises(Missing):
            says(db, stranger, talk)
        with pytest.raises(Missing):
            talking.read(db, stranger, talk)
        with pytest.raises(Missing):
            talking.end(db, stranger, talk)


def test_two_companies_of_a_story_never_see_each_others(
    db, ada, cy, story, rival, talk
):
    about = Mention(story_id=story.id, company_id=rival.company_id, role="subject")
    db.add(about)
    db.flush()
    with pytest.raises(Missing):
        reading.page(db, cy, talk.id)

    theirs = talking.ask(db, cy, story, rival.company_id, AskEntry(reason="A refund"))

    assert reading.page(db, ada, theirs.id).own
    assert reading.beside(db, story, Party.COMPANY, [rival.company_id]) == [theirs]
    assert reading.of_company(db, rival.company_id)[0] == [theirs]


def test_who_leaves_the_team_reads_no_more(db, bob, cy, kettles, talk):
    a_voice(db, cy, kettles)
    says(db, bob, talk)
    assert reading.page(db, cy, talk.id).messages

    representing.give_back(db, bob, permissions.representative(db, bob, kettles.id))

    with pytest.raises(Missing):
        reading.page(db, bob, talk.id)
    with pytest.raises(Missing):
        says(db, bob, talk)
    assert reading.page(db, cy, talk.id).messages[0].speaker == "Bob"


def test_observers_read_and_say_nothing(db, ada, cy, kettles, talk):
    a_voice(db, cy, kettles).team_role = TeamRole.OBSERVER
    says(db, ada, talk)

    page = reading.page(db, cy, talk.id)
    talking.read(db, cy, talk)

    assert page.messages
    assert not page.writes
    assert talk.is_new_to(Party.COMPANY)
    with pytest.raises(Forbidden):
        says(db, cy, talk)


def test_the_suspended_read_and_say_nothing(db, ada, talk):
    ada.standing = "suspended"

    assert not reading.page(db, ada, talk.id).writes
    with pytest.raises(Forbidden):
        says(db, ada, talk)


def test_the_suspended_say_no(db, ada, bob, asked):
    ada.standing = "suspended"
    with pytest.raises(Forbidden):
        talking.agree(db, ada, asked, EndEntry())

    talking.refuse(db, ada, asked)

    assert asked.state == TalkState.REFUSED
    assert not asked.is_new_to(Party.AUTHOR)
    assert letters(db, "talk_answered") == [f"member:{bob.id}"]


def test_the_suspended_end_it(db, ada, talk):
    ada.standing = "suspended"

    talking.end(db, ada, talk)

    assert talk.state == TalkState.ENDED


def test_an_author_says_no_while_their_story_is_hidden(db, ada, story, asked):
    story.visibility = "hidden"
    with pytest.raises(Forbidden, match="not shown"):
        talking.agree(db, ada, asked, EndEntry())

    talking.refuse(db, ada, asked)

    assert asked.state == TalkState.REFUSED


def test_each_side_has_read_what_it_has_read(db, ada, bob, talk):
    says(db, ada, talk)
    assert (talk.is_new_to(Party.COMPANY), talk.is_new_to(Party.AUTHOR)) == (
        True,
        False,
    )

    talking.read(db, bob, talk)
    assert not talk.is_new_to(Party.COMPANY)
    says(db, bob, talk)

    assert reading.new_to_author(db, ada) == [talk]
    assert reading.new_to_company(db, talk.company_id) == []


def test_a_side_writes_so_much_a_day(db, ada, bob, talk):
    for _ in range(talking.MOST_A_DAY):
        says(db, ada, talk)
    with pytest.raises(Invalid, match="tomorrow"):
        says(db, ada, talk)

    says(db, bob, talk)
    with played(now() + timedelta(days=1, minutes=1)):
        says(db, ada, talk)


def test_it_stops_no_clock_and_is_no_answer(db, ada, bob, story, talk):
    says(db, bob, talk)
    talking.end(db, ada, talk)

    mention = db.scalars(select(Mention)).one()
    assert (mention.case_state, mention.answered_at) == ("awaiting_company", None)
    assert story.response_count == 0
