"""Single facts that a company disputes, and what authors say of them."""

import pytest
from sqlalchemy import select

from stories import (
    disputing,
    moderating,
    publishing,
    responding,
    updating,
    withdrawing,
)
from stories.entries.story import OutcomeEntry
from stories.models import Dispute, Mention, Story, TimelineEntry
from stories.models.codes import CaseState, Outcome, Target
from stories.models.facts import DisputeState
from stories.moderating import RulingEntry
from stories.problems import Forbidden, Invalid, Missing
from stories.responding import ResponseEntry
from tests.people import an_entry, letters

AGREES, CORRECTED = DisputeState.CONFIRMED, DisputeState.CORRECTED
STANDS = DisputeState.STOOD_BY


@pytest.fixture
def story(db, ada, acme) -> Story:
    return publishing.publish(db, ada, an_entry())


@pytest.fixture
def dispute(db, bob, story, acme) -> Dispute:
    return disputed(db, bob, story, acme, "I paid in May.")


def disputed(db, bob, story, company, passage) -> Dispute:
    entry = contest(passage)
    answer = responding.respond(db, bob, story, company.id, entry)
    return db.scalars(select(Dispute).where(Dispute.response_id == answer.id)).one()


def contest(passage) -> ResponseEntry:
    known = {"kind": "dispute_facts", "text": "It was June."}
    return ResponseEntry.model_validate({**known, "dispute": {"passage": passage}})


def case(db) -> CaseState:
    return db.scalars(select(Mention.case_state)).one()


def said(db) -> list[tuple[str, str]]:
    lines = select(TimelineEntry.happening, TimelineEntry.by)
    told = db.execute(lines.order_by(TimelineEntry.id)).all()
    return [(what, by) for what, by in told if what.startswith("dispute")]


def test_a_quoted_passage_is_tied_to_the_wording_it_stands_in(db, story, dispute):
    assert (dispute.fact, dispute.revision) == ("I paid in May.", 1)
    assert dispute.state == DisputeState.OPEN
    assert case(db) == CaseState.AWAITING_AUTHOR


@pytest.mark.parametrize("words", ["I paid in March.", "kettle, and no kettle"])
def test_what_the_story_does_not_say_is_not_disputed(db, bob, story, acme, words):
    with pytest.raises(Invalid) as refused:
        responding.respond(db, bob, story, acme.id, contest(words))

    assert refused.value.field == "dispute-passage"
    assert "does not say this" in str(refused.value)


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "dispute_facts", "text": "No."},
        {"kind": "explain", "text": "No.", "dispute": {"passage": "I paid in May."}},
    ],
)
def test_half_a_dispute_is_refused(typed):
    with pytest.raises(ValueError, match="dispute"):
        ResponseEntry.model_validate(typed)


def test_the_author_stands_by_it_with_words(db, ada, bob, dispute):
    with pytest.raises(Invalid):
        disputing.answer(db, ada, dispute, STANDS, " ")

    disputing.answer(db, ada, dispute, STANDS, "The receipt says May.")

    assert (dispute.state, dispute.why) == (STANDS, "The receipt says May.")
    assert said(db) == [("dispute_stood_by", "author")]
    assert letters(db, "dispute_answered") == [f"member:{bob.id}"]
    assert case(db) == CaseState.AWAITING_COMPANY


def test_a_fact_is_corrected_when_the_story_says_it_no_longer(db, ada, story, dispute):
    with pytest.raises(Invalid):
        disputing.answer(db, ada, dispute, CORRECTED)

    entry = publishing.entry_of(db, story)
    text = entry.text.replace("May", "June")
    publishing.amend(db, ada, story, entry.model_copy(update={"text": text}), "June")
    disputing.answer(db, ada, dispute, CORRECTED)

    assert (dispute.state, dispute.revision, story.revision) == (CORRECTED, 1, 2)


def test_a_mind_may_change_and_each_change_is_dated(db, ada, dispute):
    disputing.answer(db, ada, dispute, STANDS, "It was May.")
    disputing.answer(db, ada, dispute, AGREES)
    disputing.answer(db, ada, dispute, AGREES)

    assert [what for what, _ in said(db)] == ["dispute_stood_by", "dispute_confirmed"]


def test_an_answer_about_a_fact_opens_no_closed_case(db, ada, story, dispute):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome=Outcome.RESOLVED))

    disputing.answer(db, ada, dispute, AGREES)

    assert case(db) == CaseState.CLOSED


def test_only_the_author_answers(db, bob, cy, dispute):
    for stranger in (bob, cy):
        with pytest.raises(Forbidden):
            disputing.answer(db, stranger, dispute, AGREES)


def test_a_dispute_is_not_answered_with_nothing(db, ada, dispute):
    with pytest.raises(Invalid):
        disputing.answer(db, ada, dispute, DisputeState.OPEN)


def test_a_dispute_in_a_hidden_answer_is_not_there(db, ada, staff, dispute):
    ruling = RulingEntry(reason="spam", words="Advertising")
    moderating.hide(db, staff, Target.RESPONSE, dispute.response_id, ruling)

    with pytest.raises(Missing):
        disputing.answer(db, ada, dispute, AGREES)


def test_amending_the_story_leaves_what_the_company_disputes(db, ada, story, dispute):
    entry = publishing.entry_of(db, story)
    assert entry.disputes == []

    publishing.amend(db, ada, story, entry.model_copy(update={"disputes": ["a lid"]}))

    facts = select(Dispute.fact).where(Dispute.story_id == story.id)
    assert sorted(db.scalars(facts)) == ["I paid in May.", "a lid"]


def test_a_name_that_is_masked_goes_from_what_was_quoted_too(db, ada, bob, acme):
    entry = an_entry(text="Marla Quill said no. She never wrote to me again at all.")
    story = publishing.publish(db, ada, entry)
    dispute = disputed(db, bob, story, acme, "Marla Quill said no.")
    names = [{"name": "Marla Quill", "role": "the clerk"}]

    again = {**publishing.entry_of(db, story).model_dump(), "names": names}
    publishing.amend(db, ada, story, type(entry).model_validate(again))

    assert dispute.fact == "The clerk said no."


def test_an_erased_story_keeps_no_words_that_were_disputed(db, ada, story, dispute):
    disputing.answer(db, ada, dispute, STANDS, "The receipt says May.")

    withdrawing.erase(db, ada, story)

    db.refresh(dispute)
    assert (dispute.fact, dispute.why, dispute.state) == ("", "", STANDS)
