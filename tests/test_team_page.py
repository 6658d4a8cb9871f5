"""The page of a company's team, and the way into it by a letter."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import companies
from stories.models import Invitation, Representative, now
from stories.models.base import played
from stories.models.codes import ClaimState
from tests.mailbox import carried
from tests.people import a_voice
from tests.reading_eyes import missing_from, words_of

SEAT = {"name": "Cy of Kettles", "job_title": "Repairs"}
ANSWER = {"kind": "explain", "text": "We looked into it."}


@pytest.fixture
def address(kettles) -> str:
    return f"/en/companies/{kettles.id}/team"


@pytest.fixture
def owner(db, browser_of, bob, kettles):
    a_voice(db, bob, kettles)
    return browser_of(bob)


@pytest.fixture
def link(app, owner, address) -> str:
    """Where the letter to Cy's address at the company leads."""
    owner.post(address, data={"email": "cy@kettles.example", "team_role": "responder"})
    (letter,) = carried(app)
    assert letter.to == "cy@kettles.example"
    return letter.link("join")


def test_the_team_is_for_those_who_are_in_it(
    client, browser_of, cy, staff, owner, address
):
    assert client.get(address).status_code == 303
    assert browser_of(cy).get(address).status_code == 403
    assert browser_of(staff).get(address).status_code == 403
    assert not missing_from(owner.get(address), "Owner", "Ask somebody into the team")


def test_the_only_owner_is_offered_no_step_down(db, staff, kettles, owner, address):
    assert "Make a responder" not in owner.get(address).text

    a_voice(db, staff, kettles)

    assert owner.get(address).text.count("Make a responder") == 1


def test_two_companies_see_nothing_of_each_other(
    db, browser_of, cy, owner, kettles, address
):
    teapots = companies.add(db, "Teapots", domain="teapots.example")
    a_voice(db, cy, teapots)
    rival = browser_of(cy)

    assert rival.get(address).status_code == 403
    assert rival.get(f"/en/desk?company={kettles.id}").status_code == 403
    asked = {"email": "cy@kettles.example", "team_role": "owner"}
    assert rival.post(address, data=asked).status_code == 403
    theirs = db.scalars(select(Representative.id).order_by(Representative.id)).first()
    assert rival.post(f"{address}/{theirs}", data={"deed": "remove"}).status_code == 403
    mixed = f"/en/companies/{teapots.id}/team/{theirs}"
    assert rival.post(mixed, data={"deed": "remove"}).status_code == 404


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("cy@gmail.com", "Anybody can have an address at gmail.com."),
        ("cy@kett1es.example", "looks like kettles.example"),
        ("nonsense", "An address looks like name@example.org."),
    ],
)
def test_an_address_that_proves_nothing_is_refused_at_its_field(
    db, owner, address, email, words
):
    page = owner.post(address, data={"email": email, "team_role": "owner"})

    assert page.status_code == 422
    assert 'id="error-email"' in page.text
    assert words in words_of(page)
    assert not db.scalars(select(Invitation)).all()


def test_opening_the_letters_link_changes_nothing(db, browser_of, cy, link):
    page = browser_of(cy).get(link)

    assert not missing_from(page, "Join the team of Kettles & Co", "Responder")
    assert db.scalars(select(Invitation.state)).one() == "open"


def test_somebody_joins_and_answers_and_is_removed_and_answers_no_more(
    db, browser_of, ada, cy, owner, kettles, address, link
):
    author, invited = browser_of(ada), browser_of(cy)
    told = {
        "title": "The kettle that never came",
        "text": "I paid in May. In July there was still no kettle, and no word.",
        "language": "en",
        "kind": "complaint",
        "private_reference": "K-4711",
        "mentions-0-role": "subject",
        "mentions-0-company": kettles.name,
        "mentions-0-company_id": kettles.id,
        "do": "publish",
    }
    story = author.post("/en/write", data=told).location
    respond = f"{story.partition('-')[0]}/respond?company={kettles.id}"

    seated = invited.post(link, data=SEAT)
    assert "K-4711" in invited.get(seated.location).text
    assert invited.post(respond, data=ANSWER).status_code == 303
    db.rollback()
    theirs = db.scalars(select(Representative).filter_by(name=SEAT["name"])).one()
    owner.post(f"{address}/{theirs.id}", data={"deed": "remove"})

    assert invited.post(respond, data=ANSWER).status_code == 403
    assert "K-4711" not in invited.get("/en/desk").text
    assert invited.get(seated.location).status_code == 403
    assert invited.get(address).status_code == 403
    assert invited.post(f"{address}/{theirs.id}", data={"deed": "owner"}).status_code
    assert not missing_from(author.get(story), "Cy of Kettles, Repairs")
    db.rollback()
    assert theirs.state == ClaimState.TAKEN_AWAY


def test_a_link_that_was_used_leads_nowhere(db, browser_of, ada, cy, link):
    browser_of(cy).post(link, data=SEAT)
    other = browser_of(ada)

    assert other.get(link).status_code == 404
    assert other.post(link, data=SEAT).status_code == 404
    assert speakers(db) == ["Bob", SEAT["name"]]


def speakers(db) -> list[str]:
    db.rollback()
    return list(db.scalars(select(Representative.name).order_by(Representative.id)))


def test_a_link_that_is_too_old_leads_nowhere(db, browser_of, cy, link):
    browser = browser_of(cy)

    with played(now() + timedelta(days=15)):
        assert browser.get(link).status_code == 404
        assert browser.post(link, data=SEAT).status_code == 404


def test_a_link_that_was_taken_back_or_changed_leads_nowhere(
    db, browser_of, cy, owner, address, link
):
    number = db.scalars(select(Invitation.id)).one()
    browser = browser_of(cy)
    assert browser.get(f"{link}x").status_code == 404
    assert not missing_from(owner.get(address), "cy@kettles.example")

    owner.post(f"{address}/invitations/{number}")

    assert browser.post(link, data=SEAT).status_code == 404
    assert "cy@kettles.example" not in owner.get(address).text


def test_who_is_not_signed_in_is_asked_to(client, link):
    assert "/en/sign-in" in client.get(link).location


def test_an_observer_reads_the_desk_and_is_not_shown_to_readers(
    db, client, browser_of, cy, kettles, owner
):
    voice = a_voice(db, cy, kettles)
    voice.team_role = "observer"
    db.commit()
    observer = browser_of(cy)

    assert observer.get(f"/en/desk?company={kettles.id}").status_code == 200
    public = client.get(f"/en/companies/{kettles.id}-kettles-co")
    assert "Cy" not in words_of(public).split()


def test_a_role_is_changed_by_a_button(db, browser_of, cy, kettles, owner, address):
    voice = a_voice(db, cy, kettles)
    voice.team_role = "observer"
    db.commit()

    owner.post(f"{address}/{voice.id}", data={"deed": "responder"})

    db.refresh(voice)
    assert voice.team_role == "responder"
    assert owner.post(f"{address}/{voice.id}", data={"deed": "king"}).status_code == 404
