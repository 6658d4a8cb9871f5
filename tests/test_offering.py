"""What companies offer: taken, left, taken back, lapsed, received."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, update

from stories import (
    companies,
    figures,
    moderating,
    offering,
    publishing,
    responding,
    updating,
    withdrawing,
)
from stories.entries.story import OutcomeEntry
from stories.models import Errand, Mention, Offer, Story, TimelineEntry
from stories.models.base import now, played
from stories.models.codes import (
    CaseState,
    Happening,
    OfferState,
    Outcome,
    Receipt,
    Standing,
    Target,
)
from stories.moderating import RulingEntry
from stories.problems import Forbidden, Invalid, Missing
from stories.reading import letters as letters_of
from stories.responding import ResponseEntry
from tests.people import a_voice, an_entry, letters

TERMS = {"what": "A new kettle", "value": "20", "list_value": "60", "currency": "eur"}


@pytest.fixture
def story(db, ada, acme) -> Story:
    return publishing.publish(db, ada, an_entry())


@pytest.fixture
def offer(db, bob, story, acme) -> Offer:
    return offered(db, bob, story, acme)


def offered(db, bob, story, company, **more) -> Offer:
    entry = ResponseEntry(kind="offer", text="Take it.", offer={**TERMS, **more})
    answer = responding.respond(db, bob, story, company.id, entry)
    return db.scalars(select(Offer).where(Offer.response_id == answer.id)).one()


def case(db) -> CaseState:
    return db.scalars(select(Mention.case_state)).one()


def told(db, happening) -> list[TimelineEntry]:
    wanted = TimelineEntry.happening == happening
    return list(db.scalars(select(TimelineEntry).where(wanted)))


def in_days(days: int):
    return played(now() + timedelta(days=days))


def test_the_letter_of_an_answer_tells_of_its_offer_while_it_is_open(db, ada, offer):
    places = {"story_id": offer.story_id, "response_id": offer.response_id}

    before = letters_of.told(db, "answered", places)
    offering.decide(db, ada, offer, OfferState.ACCEPTED)
    after = letters_of.told(db, "answered", places)

    assert before.offer is offer
    assert after.offer is None


def test_an_offer_keeps_its_terms_and_waits(db, ada, offer):
    in_a_week = (now() + timedelta(days=7)).date()

    assert (offer.what, offer.value, offer.list_value) == ("A new kettle", 20, 60)
    assert (offer.currency, offer.state, offer.deadline) == ("EUR", "open", None)
    assert case(db) == CaseState.AWAITING_AUTHOR
    with pytest.raises(ValueError, match="3 days"):
        terms_until(now().date() + timedelta(days=2))
    assert terms_until(in_a_week).offer.deadline == in_a_week


def terms_until(day) -> ResponseEntry:
    return ResponseEntry(kind="offer", text="T", offer={**TERMS, "deadline": day})


@pytest.mark.parametrize(
    ("state", "happening", "turn"),
    [
        (OfferState.ACCEPTED, Happening.OFFER_ACCEPTED, CaseState.AWAITING_AUTHOR),
        (OfferState.REFUSED, Happening.OFFER_REFUSED, CaseState.AWAITING_COMPANY),
        (OfferState.LAPSED, Happening.OFFER_LAPSED, CaseState.AWAITING_COMPANY),
    ],
)
def test_the_author_decides_once_and_the_company_is_told(
    db, ada, bob, offer, state, happening, turn
):
    offering.decide(db, ada, offer, state, "I want the money.")

    assert (offer.state, offer.why) == (state, "I want the money.")
    assert [line.details for line in told(db, happening)] == [{"offer_id": offer.id}]
    assert letters(db, "offer_decided") == [f"member:{bob.id}"]
    assert case(db) == turn
    for other in {*offering.DECIDED} - {state}:
        with pytest.raises(Invalid):
            offering.decide(db, ada, offer, other, "Or not.")


def test_who_refuses_says_why(db, ada, offer):
    with pytest.raises(Invalid) as refused:
        offering.decide(db, ada, offer, OfferState.REFUSED, " ")

    assert refused.value.field == "why"
    assert offer.state == OfferState.OPEN


def test_only_the_author_decides(db, bob, cy, offer):
    for stranger in (bob, cy):
        with pytest.raises(Forbidden):
            offering.decide(db, stranger, offer, OfferState.ACCEPTED)
        with pytest.raises(Forbidden):
            offering.receive(db, stranger, offer, Receipt.RECEIVED)


def test_the_suspended_do_not_decide(db, ada, offer):
    ada.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        offering.decide(db, ada, offer, OfferState.ACCEPTED)


@pytest.mark.parametrize("state", [OfferState.OPEN, OfferState.WITHDRAWN])
def test_some_states_are_not_for_the_author_to_choose(db, ada, offer, state):
    with pytest.raises(Invalid):
        offering.decide(db, ada, offer, state)


def test_an_offer_of_which_the_author_tells_is_hers_to_correct(db, ada, acme):
    entry = an_entry(offers=[{"what": "half the price", "company": "Acme"}])
    story = publishing.publish(db, ada, entry)
    offer = db.scalars(select(Offer).where(Offer.story_id == story.id)).one()

    offering.decide(db, ada, offer, OfferState.ACCEPTED)
    offering.decide(db, ada, offer, OfferState.REFUSED)

    assert offer.state == OfferState.REFUSED
    assert not letters(db, "offer_asked")


def test_who_accepts_is_asked_later_whether_it_came(db, ada, offer):
    offering.decide(db, ada, offer, OfferState.ACCEPTED)

    asked = db.scalars(
        select(Errand).where(Errand.details["name"].as_string() == "offer_asked")
    )
    days = [round((each.due_at - now()).total_seconds() / 86_400) for each in asked]
    assert sorted(days) == [7, 28]


def test_what_was_accepted_comes_late_perhaps(db, ada, bob, offer):
    offering.decide(db, ada, offer, OfferState.ACCEPTED)

    offering.receive(db, ada, offer, Receipt.NOT_RECEIVED)
    assert case(db) == CaseState.AWAITING_COMPANY
    offering.receive(db, ada, offer, Receipt.RECEIVED)

    assert case(db) == CaseState.AWAITING_AUTHOR
    assert offer.receipt == Receipt.RECEIVED
    assert len(told(db, Happening.OFFER_RECEIVED)) == 1
    assert letters(db, "offer_decided") == [f"member:{bob.id}"] * 3


def test_nothing_is_received_that_was_not_accepted(db, ada, offer):
    with pytest.raises(Invalid):
        offering.receive(db, ada, offer, Receipt.RECEIVED)


def test_the_company_takes_an_offer_back_before_it_is_decided_on(db, ada, bob, offer):
    offering.withdraw(db, bob, offer)

    (line,) = told(db, Happening.OFFER_WITHDRAWN)
    assert (offer.state, line.by) == (OfferState.WITHDRAWN, "company")
    assert letters(db, "offer_ended") == [f"member:{ada.id}"]
    with pytest.raises(Invalid):
        offering.decide(db, ada, offer, OfferState.ACCEPTED)


def test_what_was_accepted_is_not_taken_back(db, ada, bob, offer):
    offering.decide(db, ada, offer, OfferState.ACCEPTED)

    with pytest.raises(Invalid):
        offering.withdraw(db, bob, offer)


def test_only_who_speaks_for_the_company_takes_it_back(db, ada, cy, offer):
    other = companies.add(db, "Other")
    a_voice(db, cy, other)

    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            offering.withdraw(db, stranger, offer)


def test_an_offer_lapses_when_its_last_day_is_over_everywhere(
    db, ada, bob, story, acme
):
    last = now().date() + timedelta(days=5)
    offer = offered(db, bob, story, acme, deadline=last)
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1)

    assert not offering.lapse_due(db, end + timedelta(hours=11))
    with played(end + timedelta(hours=13)):
        with pytest.raises(Invalid):
            offering.decide(db, ada, offer, OfferState.ACCEPTED)
        assert offering.lapse_due(db, now()) == [offer]
        assert not offering.lapse_due(db, now())

    assert offer.state == OfferState.LAPSED
    assert case(db) == CaseState.AWAITING_COMPANY
    assert letters(db, "offer_ended") == [f"member:{ada.id}"]
    assert letters(db, "offer_decided") == [f"member:{bob.id}"]


def test_two_workers_let_an_offer_lapse_once(db, bob, story, acme):
    offer = offered(db, bob, story, acme, deadline=now().date() + timedelta(days=5))

    def meanwhile(asked):
        """The other worker is faster: between our look and our deed."""
        found = asked.invoke_statement().freeze()
        if asked.is_select and "offer.deadline <" in str(asked.statement):
            lapsed = {"state": OfferState.LAPSED, "state_at": now()}
            db.connection().execute(update(Offer.__table__).values(**lapsed))
        return found()

    event.listen(db, "do_orm_execute", meanwhile)
    with in_days(9):
        assert offering.lapse_due(db, now()) == []

    assert offer.state == OfferState.LAPSED
    assert letters(db, "offer_ended") == []
    assert told(db, Happening.OFFER_LAPSED) == []


def test_an_offer_that_lapses_opens_no_case_that_was_closed(db, ada, bob, story, acme):
    offered(db, bob, story, acme, deadline=now().date() + timedelta(days=5))
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome=Outcome.RESOLVED))

    with in_days(9):
        offering.lapse_due(db, now())

    assert case(db) == CaseState.CLOSED


def test_an_offer_in_a_hidden_answer_is_not_there(db, ada, staff, offer):
    ruling = RulingEntry(reason="spam", words="Advertising")
    moderating.hide(db, staff, Target.RESPONSE, offer.response_id, ruling)

    with pytest.raises(Missing):
        offering.decide(db, ada, offer, OfferState.ACCEPTED)


def test_figures_count_each_offer_once_by_what_became_of_it(
    db, ada, bob, story, acme, offer
):
    def counted():
        return dict(figures.of_company(db, acme).ever.offers)

    offering.decide(db, ada, offer, OfferState.REFUSED, "Too little.")
    second = offered(db, bob, story, acme)
    assert counted() == {"refused": 1, "open": 1}

    offering.decide(db, ada, second, OfferState.ACCEPTED)
    offering.receive(db, ada, second, Receipt.RECEIVED)
    ever = figures.of_company(db, acme).ever
    assert (ever.offered, ever.accepted, counted()) == (
        2,
        1,
        {"refused": 1, "received": 1},
    )


def test_an_erased_story_keeps_its_offers_without_words(db, ada, acme, story, offer):
    offering.decide(db, ada, offer, OfferState.REFUSED, "Too little.")

    withdrawing.erase(db, ada, story)

    db.refresh(offer)
    assert (offer.what, offer.why, offer.state) == ("", "", OfferState.REFUSED)
    assert figures.of_company(db, acme).ever.offered == 1
