"""Who speaks for a company is written to at once, or by a letter that gathers."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from stories import following, publishing
from stories.models import Company, Digest, now
from stories.responding import RejoinderEntry, ResponseEntry, rejoin, respond
from tests.mailbox import carried
from tests.people import a_voice, an_entry, letters
from tests.reading_eyes import missing_from
from web import worker


@pytest.fixture
def browser(db, browser_of, bob, cy, kettles):
    """Bob's, who speaks for the company together with Cy."""
    a_voice(db, bob, kettles)
    a_voice(db, cy, kettles)
    return browser_of(bob)


def choose(browser, kettles, often: str):
    address = f"/en/desk/letters?company={kettles.id}"
    return browser.post(address, data={"often": often})


def tell(db, author, company, **more):
    mentions = [{"company": company.name, "company_id": company.id}]
    story = publishing.publish(db, author, an_entry(mentions=mentions, **more))
    db.commit()
    return story


def test_who_gathers_gets_no_letter_of_its_own(db, browser, ada, bob, cy, kettles):
    choose(browser, kettles, "daily")
    story = tell(db, ada, kettles)
    answer = respond(db, cy, story, kettles.id, ResponseEntry(kind="explain", text="x"))
    rejoin(db, ada, answer, RejoinderEntry(text="And?"))
    db.commit()

    assert letters(db, "story_told") == [f"member:{cy.id}"]
    assert letters(db, "rejoined") == [f"member:{cy.id}"]


def test_the_morning_brings_what_is_new(db, app, browser, ada, kettles):
    choose(browser, kettles, "daily")
    tell(db, ada, kettles)
    worker.drain(app)
    past = now() - timedelta(days=1)
    db.execute(update(Digest).values(due_at=past, told_until=past))
    following.gather(db, now() + timedelta(minutes=5))
    db.commit()

    came = [each for each in carried(app) if each.to == "bob@example.org"]

    assert any("The kettle that never came" in each.text for each in came)


def test_what_is_off_the_lists_comes_at_once_all_the_same(
    db, browser, ada, bob, cy, kettles
):
    choose(browser, kettles, "weekly")
    tell(db, ada, kettles, visibility="unlisted")

    assert letters(db, "story_told") == [f"member:{bob.id}", f"member:{cy.id}"]


def test_at_once_is_so_again(db, browser, ada, bob, cy, kettles):
    choose(browser, kettles, "daily")
    page = browser.get(f"/en/desk/letters?company={kettles.id}")
    assert 'value="daily" checked' in page.text
    choose(browser, kettles, "at_once")

    tell(db, ada, kettles)

    assert letters(db, "story_told") == [f"member:{bob.id}", f"member:{cy.id}"]


def test_strangers_and_nonsense_are_refused(browser, browser_of, ada, kettles, db):
    assert choose(browser, kettles, "never").status_code == 422
    assert choose(browser_of(ada), kettles, "daily").status_code == 403
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    assert choose(browser, teapots, "daily").status_code == 403
    address = f"/en/desk/letters?company={kettles.id}"
    assert not missing_from(browser.get(address), "How soon do we write to you")
