"""Same here, polls and warnings: what readers add, and what they are warned of."""

import json

import pytest
from sqlalchemy import func, select

from stories import (
    companies,
    corroborating,
    figures,
    leaving,
    merging,
    moderating,
    polling,
    texts,
    warning,
    withdrawing,
)
from stories.corroborating import CorroborationEntry
from stories.entries.judging import FlagEntry, RulingEntry
from stories.exporting import own_record, public_record, restore
from stories.models import (
    Base,
    Caution,
    Corroboration,
    Decision,
    Flag,
    Poll,
    Site,
    Vote,
)
from stories.models.codes import Target
from stories.polling import PollEntry, VoteEntry
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import readers as reading
from stories.reading import story as story_page
from stories.warning import CautionEntry, WhyEntry
from tests.lives import a_story, mention
from tests.people import a_voice

ME_TOO = CorroborationEntry(
    product="K1", year=2019, outcome="not_resolved", text="Twice, even."
)
PAID = PollEntry(question="paid")
YES, NO = VoteEntry(answer="yes"), VoteEntry(answer="no")
CHECK = CautionEntry(concern="under_check", words="We have asked for the receipt.")


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles."""
    return a_story(db, ada, kettles)


def emptied(db):
    """The same database, empty, as on another machine."""
    for table in reversed(Base.metadata.sorted_tables):
        db.execute(table.delete())
    db.add(Site(id=1))
    db.commit()
    db.expunge_all()
    return db


def count(db, table) -> int:
    return db.scalar(select(func.count()).select_from(table))


# Same here ---------------------------------------------------------------------------


def test_a_reader_says_that_it_happened_to_them_too(db, bob, story, kettles):
    corroborating.corroborate(db, bob, story, ME_TOO)
    db.commit()

    (said,) = story_page.page(db, story.id, None).added.same
    assert (said.company, said.product) == ("Kettles & Co", "K1")
    assert (said.row.year, said.row.outcome) == (2019, "not_resolved")
    assert said.row.text == "Twice, even."
    assert reading.of_company(db, kettles) == [("not_resolved", 1)]


def test_it_is_said_once_and_can_be_said_otherwise(db, bob, story):
    corroborating.corroborate(db, bob, story, ME_TOO)
    corroborating.corroborate(db, bob, story, CorroborationEntry(outcome="resolved"))

    (said,) = db.scalars(select(Corroboration))
    assert (said.outcome, said.year, said.text) == ("resolved", None, "")


def test_no_figure_counts_it(db, bob, story, kettles):
    before = figures.of_company(db, kettles)

    corroborating.corroborate(db, bob, story, ME_TOO)
    db.commit()

    assert figures.of_company(db, kettles) == before


def test_pages_of_story_and_company_are_made_anew(db, bob, story, kettles):
    before = story.version, kettles.version

    corroborating.corroborate(db, bob, story, ME_TOO)

    db.refresh(story)
    db.refresh(kettles)
    assert story.version > before[0]
    assert kettles.version > before[1]


def test_it_can_be_taken_back_and_leaves_nothing(db, bob, cy, story):
    said = corroborating.corroborate(db, bob, story, ME_TOO)
    moderating.flag(db, cy, Target.CORROBORATION, said.id, FlagEntry(reason="spam"))

    corroborating.take_back(db, bob, story)

    assert count(db, Corroboration) == count(db, Flag) == 0
    with pytest.raises(Missing):
        corroborating.take_back(db, bob, story)


def test_the_author_does_not_say_it_of_their_own_story(db, ada, story):
    with pytest.raises(Forbidden):
        corroborating.corroborate(db, ada, story, ME_TOO)


def test_the_suspended_do_not_say_it(db, bob, story):
    bob.standing = "suspended"

    with pytest.raises(Forbidden):
        corroborating.corroborate(db, bob, story, ME_TOO)


@pytest.mark.parametrize("seen", ["hidden", "author_only", "tombstone"])
def test_of_a_story_that_is_not_there_it_is_not_said(db, bob, story, seen):
    story.visibility = seen

    with pytest.raises(Missing):
        corroborating.corroborate(db, bob, story, ME_TOO)


def test_it_is_with_a_company_that_the_story_is_about(db, bob, story, kettles):
    other = companies.add(db, "Elsewhere")
    mention(db, story, other, "mentioned")

    with pytest.raises(Invalid):
        corroborating.corroborate(
            db, bob, story, CorroborationEntry(company_id=other.id, outcome="open")
        )


@pytest.mark.parametrize(
    "nonsense", [{"outcome": "fine"}, {}, {"outcome": "open", "year": 1066}]
)
def test_nonsense_is_no_entry(nonsense):
    with pytest.raises(ValueError):
        CorroborationEntry.model_validate(nonsense)


def test_it_did_not_happen_in_a_year_to_come(db, bob, story):
    with pytest.raises(Invalid):
        corroborating.corroborate(
            db, bob, story, CorroborationEntry(outcome="open", year=2099)
        )


def test_staff_hide_what_breaks_a_rule_and_it_stays_hidden(db, bob, staff, story):
    said = corroborating.corroborate(db, bob, story, ME_TOO)
    ruling = RulingEntry(reason="spam", words="An advertisement.")

    moderating.hide(db, staff, Target.CORROBORATION, said.id, ruling)
    db.commit()

    assert story_page.page(db, story.id, None).added.same == []
    assert texts.author_of(db, said) == f"member:{bob.id}"
    with pytest.raises(Forbidden):
        corroborating.corroborate(db, bob, story, ME_TOO)


# You be the judge --------------------------------------------------------------------


def test_readers_judge_once_and_may_change_their_mind(db, ada, bob, cy, story):
    poll = polling.ask(db, ada, story, PAID)

    polling.vote(db, bob, story, YES)
    polling.vote(db, bob, story, YES)
    polling.vote(db, cy, story, YES)
    polling.vote(db, bob, story, NO)

    db.refresh(poll)
    assert (poll.yes, poll.no, poll.unsure) == (1, 1, 0)
    assert story.outcome == "open"


def test_only_the_author_asks(db, bob, story):
    with pytest.raises(Forbidden):
        polling.ask(db, bob, story, PAID)


def test_those_whom_it_is_about_do_not_judge(db, ada, bob, story, kettles):
    polling.ask(db, ada, story, PAID)
    a_voice(db, bob, kettles)

    for party in (ada, bob):
        with pytest.raises(Forbidden):
            polling.vote(db, party, story, YES)


def test_nobody_judges_what_is_not_asked_or_closed(db, ada, bob, story):
    with pytest.raises(Missing):
        polling.vote(db, bob, story, YES)
    polling.ask(db, ada, story, PAID)
    polling.close(db, ada, story)

    with pytest.raises(Forbidden):
        polling.vote(db, bob, story, YES)

    polling.reopen(db, ada, story)
    polling.vote(db, bob, story, YES)


def test_the_question_stays_once_somebody_has_answered(db, ada, bob, story):
    polling.ask(db, ada, story, PAID)
    own = PollEntry(question="own", words="Was it my fault?")
    poll = polling.ask(db, ada, story, own)
    polling.vote(db, bob, story, NO)
    db.refresh(poll)
    assert poll.words == "Was it my fault?"

    with pytest.raises(Invalid):
        polling.ask(db, ada, story, PAID)


@pytest.mark.parametrize("nonsense", [{}, {"question": "own"}, {"question": "why"}])
def test_a_poll_without_a_question_is_none(nonsense):
    with pytest.raises(ValueError):
        PollEntry.model_validate(nonsense)


# Warnings ----------------------------------------------------------------------------


def test_staff_warn_and_take_it_off_in_the_public_log(db, staff, story):
    made = warning.warn(db, staff, story, CHECK)
    again = warning.warn(
        db, staff, story, CautionEntry(concern="under_check", words="Still.")
    )
    db.commit()
    (shown,) = story_page.page(db, story.id, None).added.cautions
    assert (again.id, shown.words) == (made.id, "Still.")

    warning.lift(db, staff, made, WhyEntry(words="The receipt is there."))
    db.commit()

    assert story_page.page(db, story.id, None).added.cautions == []
    deeds = db.scalars(select(Decision.deed).order_by(Decision.id)).all()
    assert deeds == ["warn", "warn", "stop_warning"]


def test_only_staff_warn(db, ada, bob, staff, story, kettles):
    for about in (story, kettles):
        with pytest.raises(Forbidden):
            warning.warn(db, bob, about, CHECK)
    made = warning.warn(db, staff, story, CHECK)

    with pytest.raises(Forbidden):
        warning.lift(db, ada, made, WhyEntry(words="It is mine."))


def test_staff_do_not_decide_about_their_own_story(db, staff, kettles):
    with pytest.raises(Forbidden):
        warning.warn(db, staff, a_story(db, staff, kettles), CHECK)


# The record, leaving, erasing --------------------------------------------------------


@pytest.fixture
def whole(db, ada, bob, cy, staff, story, kettles):
    """A story with all that readers add."""
    corroborating.corroborate(db, bob, story, ME_TOO)
    polling.ask(db, ada, story, PAID)
    polling.vote(db, bob, story, YES)
    polling.vote(db, cy, story, NO)
    warning.warn(db, staff, story, CHECK)
    warning.warn(db, staff, kettles, CHECK)
    db.commit()
    return story


def test_all_of_it_goes_out_and_comes_back_but_for_who_it_was(db, whole):
    before = list(public_record(db))
    for _ in restore(emptied(db), before):
        pass
    db.commit()

    assert list(public_record(db)) == before
    rows = [json.loads(line) for line in before]
    (poll,) = [row for row in rows if row.get("table") == "poll"]
    assert (poll["yes"], poll["no"]) == (1, 1)
    (said,) = [row for row in rows if row.get("table") == "corroboration"]
    assert "member_id" not in said
    assert not [row for row in rows if row.get("table") == "vote"]


def test_what_they_added_is_in_a_member_s_own_export(db, ada, bob, whole):
    assert own_record(db, bob)["corroboration"][0]["year"] == 2019
    assert own_record(db, bob)["vote"][0]["answer"] == "yes"
    assert own_record(db, ada)["poll"][0]["question"] == "paid"


def test_who_leaves_without_a_name_cannot_be_tied_to_what_they_added(db, bob, whole):
    leaving.leave(db, bob, leaving.Way.ANONYMISE)

    assert db.scalars(select(Corroboration.member_id)).one() is None
    assert db.scalar(select(Poll.yes)) == 1
    assert count(db, Vote) == 1


def test_who_leaves_for_good_takes_it_with_them(db, bob, whole):
    leaving.leave(db, bob, leaving.Way.ERASE)

    assert count(db, Corroboration) == 0
    assert db.scalar(select(Poll.yes)) == 0
    assert count(db, Vote) == 1


def test_an_erased_story_keeps_counts_and_no_words(db, ada, whole):
    withdrawing.erase(db, ada, whole)

    assert db.scalar(select(Corroboration.text)) == ""
    assert db.scalar(select(Caution.words).where(Caution.story_id == whole.id)) == ""


def test_two_companies_that_are_one_count_it_together(db, staff, kettles, whole):
    into = companies.add(db, "Kettles International")

    merging.merge(db, staff, kettles, into, "One firm.")

    assert reading.of_company(db, into) == [("not_resolved", 1)]
    assert len(warning.standing(db, into)) == 1
