"""Companies answer, authors answer back."""

import pytest
from sqlalchemy import select

from stories import publishing, representing, responding
from stories.models import Company, Mention, Response, Revision, Story
from stories.models.codes import CaseState, Method, ResponseKind
from stories.problems import Forbidden
from stories.responding import RejoinderEntry, ResponseEntry
from tests.people import a_voice, an_entry, letters

ANSWER = ResponseEntry(kind=ResponseKind.APOLOGISE, text="We are **sorry**.")
REPLY = RejoinderEntry(text="And the kettle?")


@pytest.fixture
def story(db, ada, acme) -> Story:
    return publishing.publish(db, ada, an_entry())


@pytest.fixture
def mention(db, story) -> Mention:
    return db.scalars(select(Mention)).one()


def test_an_answer_is_official_and_passes_the_turn(db, ada, bob, acme, story, mention):
    answer = responding.respond(db, bob, story, acme.id, ANSWER)

    assert answer.html == "<p>We are <strong>sorry</strong>.</p>"
    assert mention.case_state == CaseState.AWAITING_AUTHOR
    assert mention.answered_at == answer.posted_at
    assert letters(db, "answered") == [f"member:{ada.id}"]


def test_who_spoke_is_frozen_and_stays(db, bob, acme, story):
    answer = responding.respond(db, bob, story, acme.id, ANSWER)
    role = db.get(representing.Representative, answer.representative_id)

    representing.give_back(db, bob, role)
    acme.name = "Acme Holding"
    role.name = "Somebody else"
    db.flush()

    assert (answer.speaker, answer.company_name) == ("Bob", "Acme")
    assert (answer.method, answer.verified_on is not None) == (Method.EMAIL, True)


def test_strangers_do_not_answer(db, ada, cy, acme, story):
    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            responding.respond(db, stranger, story, acme.id, ANSWER)


def test_a_company_that_is_not_named_does_not_answer(db, cy, story):
    other = Company(name="Other")
    db.add(other)
    db.flush()
    a_voice(db, cy, other)

    with pytest.raises(Forbidden):
        responding.respond(db, cy, story, other.id, ANSWER)


def test_who_left_answers_no_more(db, bob, acme, story):
    first = responding.respond(db, bob, story, acme.id, ANSWER)
    role = db.get(representing.Representative, first.representative_id)
    representing.give_back(db, bob, role)

    with pytest.raises(Forbidden):
        responding.respond(db, bob, story, acme.id, ANSWER)
    with pytest.raises(Forbidden):
        responding.amend_response(db, bob, first, ANSWER)


def test_the_author_answers_back_and_the_company_is_told(
    db, ada, bob, acme, story, mention
):
    answer = responding.respond(db, bob, story, acme.id, ANSWER)

    responding.rejoin(db, ada, answer, REPLY)

    assert mention.case_state == CaseState.AWAITING_COMPANY
    assert letters(db, "rejoined") == [f"member:{bob.id}"]


def test_only_the_author_answers_back(db, bob, cy, acme, story):
    answer = responding.respond(db, bob, story, acme.id, ANSWER)

    for stranger in (bob, cy):
        with pytest.raises(Forbidden):
            responding.rejoin(db, stranger, answer, REPLY)


def test_an_amended_answer_keeps_its_earlier_wording(db, bob, acme, story):
    answer = responding.respond(db, bob, story, acme.id, ANSWER)

    responding.amend_response(
        db, bob, answer, ResponseEntry(kind=ResponseKind.EXPLAIN, text="It was late.")
    )

    kept = select(Revision.text).where(Revision.target == "response")
    assert db.scalars(kept).all() == ["We are **sorry**.", "It was late."]
    assert answer.amended_at is not None


def test_answers_are_counted_once_each(db, bob, acme, story):
    responding.respond(db, bob, story, acme.id, ANSWER)
    responding.respond(db, bob, story, acme.id, ANSWER)

    counted = db.scalar(select(Story.response_count).where(Story.id == story.id))
    assert counted == len(db.scalars(select(Response)).all()) == 2


def test_the_first_answer_stops_the_clock_for_good(db, ada, bob, acme, story, mention):
    first = responding.respond(db, bob, story, acme.id, ANSWER)
    responding.rejoin(db, ada, first, REPLY)

    responding.respond(db, bob, story, acme.id, ANSWER)

    assert mention.answered_at == first.posted_at
