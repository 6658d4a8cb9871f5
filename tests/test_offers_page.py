"""An offer on its page: both sides, the link in the letter, and no script."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import offering, publishing, responding
from stories.models import Errand, Offer, Story
from stories.models.base import now
from stories.models.codes import OfferState
from stories.responding import ResponseEntry
from tests.people import a_voice, again, an_entry
from tests.reading_eyes import missing_from, words_of
from web.signing import RECEIPT, sign

TERMS = {"what": "A new kettle", "value": "20", "list_value": "60", "currency": "EUR"}


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    a_voice(db, bob, kettles)
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(db, ada, an_entry(mentions=mentions))
    db.commit()
    return story


@pytest.fixture
def offer(db, bob, story, kettles) -> Offer:
    entry = ResponseEntry(kind="offer", text="Take it.", offer=TERMS)
    responding.respond(db, bob, story, kettles.id, entry)
    db.commit()
    return db.scalars(select(Offer)).one()


@pytest.fixture
def address(story, offer) -> str:
    return f"/en/stories/{story.id}/offers/{offer.id}"


def test_the_story_leads_both_sides_to_the_offer(
    browser_of, client, ada, bob, story, address
):
    page = f"/en/stories/{story.id}-the-kettle-that-never-came"

    assert not missing_from(browser_of(ada).get(page), "Accept or refuse it")
    assert not missing_from(browser_of(bob).get(page), "Take the offer back")
    seen = client.get(page)
    assert not missing_from(seen, "A new kettle", "€20.00 instead of €60.00")
    assert address not in seen.text


def test_an_offer_is_accepted_then_received_and_the_outcome_is_asked_for(
    db, browser_of, ada, offer, address, story
):
    browser = browser_of(ada)

    accepted = browser.post(address, data={"state": "accepted"})
    assert accepted.location.endswith(address)
    assert not missing_from(browser.get(address), "Has it come?")
    came = browser.post(f"{address}/receipt", data={"receipt": "received"})

    assert again(db, offer).receipt == "received"
    assert came.location.endswith(f"/en/stories/{story.id}/outcome")
    assert "A new kettle" in browser.get(came.location).text


def test_a_refusal_without_a_reason_is_told_at_its_field(
    db, browser_of, ada, offer, address
):
    page = browser_of(ada).post(address, data={"state": "refused"})

    assert page.status_code == 422
    assert 'id="error-why"' in page.text
    assert again(db, offer).state == OfferState.OPEN


def test_the_company_takes_it_back_and_everybody_can_see_it(
    db, browser_of, client, bob, offer, address, story
):
    browser_of(bob).post(f"{address}/withdraw")

    page = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came")
    assert again(db, offer).state == OfferState.WITHDRAWN
    assert "The company takes the offer back" in words_of(page)


def test_strangers_see_and_decide_nothing(
    db, browser_of, client, bob, cy, offer, address
):
    stranger = browser_of(cy)

    assert client.get(address).status_code == 303
    assert stranger.get(address).status_code == 403
    for path, data in (
        ("", {"state": "accepted"}),
        ("/receipt", {"receipt": "received"}),
        ("/withdraw", {}),
    ):
        assert stranger.post(address + path, data=data).status_code == 403
    assert browser_of(bob).post(address, data={"state": "accepted"}).status_code == 403
    assert again(db, offer).state == OfferState.OPEN


def test_nonsense_is_not_there(browser_of, ada, story, address):
    browser = browser_of(ada)

    assert browser.post(address, data={"state": "stolen"}).status_code == 404
    assert browser.post(f"{address}/receipt", data={}).status_code == 404
    assert browser.get(f"/en/stories/{story.id}/offers/4711").status_code == 404
    assert browser.get(address.replace(f"/{story.id}/", "/4711/")).status_code == 404


def test_the_link_in_the_letter_changes_nothing_until_the_button_is_pressed(
    db, app, client, ada, offer
):
    offering.decide(db, ada, offer, OfferState.ACCEPTED)
    db.commit()
    with app.app_context():
        link = f"/l/offers/{sign(RECEIPT, offer.id)}"

    assert not missing_from(client.get(link), "Has it come?", "A new kettle")
    assert again(db, offer).receipt is None
    client.post(link, data={"receipt": "not_received"})

    assert again(db, offer).receipt == "not_received"
    assert client.post(link, data={"receipt": "stolen"}).status_code == 404
    assert client.get("/l/offers/made-up").status_code == 404


def test_an_offer_lived_through_without_script(
    site, page_of, db, ada, bob, story, kettles
):
    company = page_of(bob, java_script_enabled=False)
    company.goto(f"/en/stories/{story.id}/respond?company={kettles.id}")
    company.locator('[name="kind"][value="offer"]').check()
    company.locator('[name="text"]').fill("Please take a new kettle.")
    company.locator("details.adder summary", has_text="an offer").click()
    company.locator('[name="offer-what"]').fill("A new kettle")
    company.locator('[name="offer-value"]').fill("20")
    company.locator('[name="offer-list_value"]').fill("60")
    company.locator('[name="offer-currency"]').fill("EUR")
    company.get_by_role("button", name="Publish answer").click()
    company.wait_for_url(re.compile("#response-"))

    author = page_of(ada, java_script_enabled=False)
    author.goto(f"/en/stories/{story.id}-the-kettle-that-never-came")
    author.get_by_role("link", name="Accept or refuse it").click()
    author.get_by_role("button", name="I accept it").click()
    author.get_by_role("heading", name="Has it come?").wait_for()
    in_a_week(db)
    site.catch_up()
    (link,) = re.findall(r"https?://\S+/l/offers/\S+", letter_of(site, "Has it come"))
    author.goto(link)
    author.get_by_role("button", name="Yes, I have received it").click()
    author.wait_for_url(re.compile("/stories/"))

    seen = author.locator("main")
    expect(seen).to_contain_text("€20.00 instead of €60.00 · Accepted · Received")
    expect(seen).to_contain_text("The author has received what was offered")


def in_a_week(db) -> None:
    db.rollback()
    asked = select(Errand).where(Errand.due_at > now())
    soonest = db.scalars(asked.order_by(Errand.due_at)).first()
    soonest.due_at = now()
    db.commit()


def letter_of(site, subject: str) -> str:
    letter = site.newest_letter()
    assert subject in str(letter["Subject"])
    return letter.get_body(("plain",)).get_content()
