"""Companies' staff who mean no good, and buttons that are pressed twice."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from stories import (
    companies,
    merging,
    offering,
    permissions,
    publishing,
    representing,
    responding,
    withdrawing,
)
from stories.handling import AssignEntry, assign, hooks, tokens
from stories.handling.hooks import HookEntry
from stories.models import (
    Contest,
    Handling,
    Offer,
    Rejoinder,
    Representative,
    Response,
    Story,
)
from stories.models.codes import ClaimState, OfferState
from stories.models.speaking import InvitationState, TeamRole
from stories.problems import Forbidden, Invalid, Missing
from stories.representing import ClaimEntry, GrantEntry, contests, teams
from stories.representing.contests import ContestEntry
from stories.representing.teams import InvitationEntry
from stories.responding import AnswerEntry, ResponseEntry
from tests.people import a_voice, an_entry, letters
from tests.talks import a_story_with

ANSWER = {"kind": "apologise", "text": "We are **sorry**."}
OFFER = {
    "kind": "offer",
    "text": "Take it.",
    "offer-what": "A new kettle",
    "offer-value": "20",
    "offer-currency": "EUR",
}


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    return a_story_with(db, ada, bob, kettles)


@pytest.fixture
def answer(db, bob, story, kettles) -> Response:
    answer = responding.respond(db, bob, story, kettles.id, ResponseEntry(**ANSWER))
    db.commit()
    return answer


@pytest.fixture
def seat(db, cy, kettles, story) -> Representative:
    """Cy answers in the team that Bob owns."""
    seat = a_voice(db, cy, kettles)
    seat.team_role, seat.contact = TeamRole.RESPONDER, "c" * 32
    db.commit()
    return seat


def a_story_about(db, author, company) -> Story:
    mentions = [{"company": company.name, "company_id": company.id}]
    return publishing.publish(db, author, an_entry(mentions=mentions))


def here(story, kettles) -> str:
    return f"/en/stories/{story.id}/respond?company={kettles.id}"


def all_of(db, kind) -> list:
    db.rollback()
    db.expire_all()
    return list(db.scalars(select(kind).order_by(kind.id)))


# Twice ------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [ANSWER, OFFER])
def test_an_answer_that_is_sent_twice_is_said_once(
    db, browser_of, ada, bob, story, kettles, typed
):
    browser = browser_of(bob)

    first, second = (browser.post(here(story, kettles), data=typed) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert len(all_of(db, Response)) == 1
    assert len(all_of(db, Offer)) == (1 if typed is OFFER else 0)
    assert letters(db, "answered") == [f"member:{ada.id}"]


def test_other_words_or_another_offer_are_another_answer(
    db, browser_of, ada, bob, story, kettles
):
    browser, address = browser_of(bob), here(story, kettles)
    browser.post(address, data=OFFER)
    browser.post(address, data={**OFFER, "offer-value": "30"})
    (_, last) = all_of(db, Offer)
    offering.decide(db, ada, last, OfferState.REFUSED, "Too little.")
    db.commit()

    browser.post(address, data={**OFFER, "offer-value": "30"})
    browser.post(address, data={**OFFER, "offer-value": "30", "text": "Please."})

    assert len(all_of(db, Response)) == 4


def test_a_program_that_heard_no_answer_asks_again(db, client, bob, story, kettles):
    entry = tokens.TokenEntry(name="Tickets", scopes=["responses:write"])
    words = tokens.make(db, bob, kettles.id, entry)[1]
    db.commit()

    first, second = (
        client.post(
            f"/api/v1/stories/{story.id}/responses",
            json=ANSWER,
            headers={"Authorization": f"Bearer {words}"},
        )
        for _ in range(2)
    )

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json["id"] == second.json["id"]
    assert len(all_of(db, Response)) == 1


def test_a_reply_that_is_sent_twice_is_said_once(db, browser_of, ada, story, answer):
    browser = browser_of(ada)
    address = f"/en/stories/{story.id}/responses/{answer.id}/rejoin"

    for words in ("And the kettle?", "And the kettle?", "Well?"):
        assert browser.post(address, data={"text": words}).status_code == 303

    said = [each.text for each in all_of(db, Rejoinder)]
    assert said == ["And the kettle?", "Well?"]


# What is gone -----------------------------------------------------------------------


@pytest.mark.parametrize("deed", [withdrawing.erase, withdrawing.withdraw])
def test_no_words_come_back_into_a_story_that_is_gone(
    db, ada, bob, story, answer, deed
):
    entry = AnswerEntry(kind="apologise", text="It was all her fault.")
    deed(db, ada, story)

    with pytest.raises(Missing):
        responding.amend_response(db, bob, answer, entry)


def test_an_answer_that_staff_have_just_hidden_is_changed_by_nobody(
    db, bob, story, answer
):
    entry = AnswerEntry(kind="apologise", text="Again.")
    hidden = Response.__table__.update().values(visibility="hidden")
    db.connection().execute(hidden)  # by somebody else, meanwhile

    with pytest.raises(Forbidden):
        responding.amend_response(db, bob, answer, entry)


def test_a_number_that_no_company_has_is_no_fault_of_ours(browser_of, bob, story):
    browser = browser_of(bob)

    for number in ("9" * 30, "-1", "x"):
        page = browser.get(f"/en/stories/{story.id}/respond?company={number}")
        assert page.status_code == 200, number


# Teams ------------------------------------------------------------------------------


@pytest.fixture
def merged(db, bob, cy, staff, kettles, seat) -> Iterator[list[Representative]]:
    """Cy spoke for two companies, which became one."""
    teapots = companies.add(db, "Teapots")
    again = a_voice(db, cy, teapots)
    again.team_role = TeamRole.RESPONDER
    db.flush()
    merging.merge(db, staff, teapots, kettles, "One firm")
    db.commit()
    db.expire_all()
    return [seat, again]


def test_who_is_removed_is_out_by_whatever_role(db, bob, cy, kettles, merged):
    teams.remove(db, bob, merged[0])

    assert permissions.place_in_team(db, cy, kettles.id) is None
    assert {each.state for each in merged} == {ClaimState.TAKEN_AWAY}
    assert letters(db, "team_removed") == [f"member:{cy.id}"]


def test_who_has_two_roles_gets_one_letter(db, ada, bob, cy, kettles, merged):
    merged[0].team_role = merged[1].team_role = TeamRole.OWNER
    db.flush()

    a_story_about(db, ada, kettles)

    assert letters(db, "story_told").count(f"member:{cy.id}") == 1


def test_who_gives_all_roles_back_hears_of_no_secret(
    db, bob, cy, kettles, merged, seal
):
    merged[0].team_role = merged[1].team_role = TeamRole.OWNER
    address = HookEntry(address="https://kettles.example/in")
    hooks.add(db, bob, kettles.id, address, seal)

    representing.give_back(db, cy, merged[0])

    assert letters(db, "secret_known") == [f"member:{bob.id}"]


def test_staff_who_press_twice_decide_once(db, staff, kettles, cy):
    entry = ClaimEntry(method="document", name="Cy", job_title="Clerk", words="Hello")
    asked = representing.claim(db, cy, kettles, entry)
    db.flush()
    given = Representative.__table__.update().where(Representative.id == asked.id)
    db.connection().execute(given.values(state="refused"))  # by another, meanwhile

    with pytest.raises(Invalid, match="decided already"):
        representing.grant(db, staff, asked, GrantEntry(words="A letterhead."))


def test_who_gives_a_role_back_gives_all_back(db, cy, kettles, merged):
    representing.give_back(db, cy, merged[1])

    assert permissions.place_in_team(db, cy, kettles.id) is None


def test_who_observes_does_so_by_whatever_role(db, bob, cy, kettles, merged):
    teams.change(db, bob, merged[0], TeamRole.OBSERVER)

    assert permissions.representative(db, cy, kettles.id) is None


def test_an_owner_by_another_role_is_an_owner(db, bob, merged):
    merged[1].team_role = TeamRole.OWNER
    db.flush()

    for deed in (
        lambda: teams.remove(db, bob, merged[0]),
        lambda: teams.change(db, bob, merged[0], TeamRole.OBSERVER),
    ):
        with pytest.raises(Forbidden, match="Owners"):
            deed()


def test_one_owner_with_two_roles_is_one_owner(db, cy, bob, kettles, merged):
    for each in merged:
        each.team_role = TeamRole.OWNER
    db.flush()
    representing.give_back(db, bob, permissions.ownership(db, bob, kettles.id))

    with pytest.raises(Invalid, match="keeps an owner"):
        teams.change(db, cy, merged[1], TeamRole.RESPONDER)


def test_who_was_removed_comes_back_by_no_letter_that_waited(
    db, bob, cy, kettles, seat
):
    waiting = teams.invite(
        db,
        bob,
        kettles,
        InvitationEntry(team_role=TeamRole.OWNER),
        contact=seat.contact or "",
        email_domain="kettles.example",
    )

    teams.remove(db, bob, seat)

    assert waiting.state == InvitationState.WITHDRAWN
    assert not teams.is_good(db, waiting)


def test_who_only_says_so_contests_nobody_and_learns_no_names(
    db, browser_of, ada, cy, kettles, story
):
    for who, name in ((cy, "Cy in secret"), (ada, "Ada")):
        entry = ClaimEntry(
            method="document", name=name, job_title="Head", words="Hello"
        )
        representing.claim(db, who, kettles, entry)
    db.commit()
    other = db.scalars(select(Representative).where(Representative.name == "Bob")).one()

    page = browser_of(ada).get(f"/en/companies/{kettles.id}/contest")
    with pytest.raises(Forbidden):
        contests.contest(
            db, ada, kettles.id, ContestEntry(against_id=other.id, words="A fraud")
        )

    assert page.status_code == 403
    assert "Cy in secret" not in page.text
    assert letters(db, "contested") == []


# Buttons that nobody made -----------------------------------------------------------


def test_a_deed_that_nobody_knows_changes_nothing(
    db, browser_of, bob, staff, story, kettles, seat
):
    role = permissions.representative(db, bob, kettles.id)
    assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=role.id))
    told = contests.contest(
        db, bob, kettles.id, ContestEntry(against_id=seat.id, words="No")
    )
    db.commit()
    judged = f"/en/moderation/contests/{told.id}"
    desk = f"/en/desk/stories/{story.id}?company={kettles.id}"
    company, judge = browser_of(bob), browser_of(staff)

    for deed in ("", "eat"):
        assert company.post(desk, data={"do": deed}).status_code == 404
        assert judge.post(judged, data={"deed": deed}).status_code == 404

    assert [each.assigned_id for each in all_of(db, Handling)] == [role.id]
    assert all_of(db, Contest)[0].decided_at is None
