"""Incidents tie stories together that one event lies behind."""

import pytest

from stories import companies
from stories.models import Incident
from tests.lives import a_story
from tests.reading_eyes import missing_from, words_of

RECALL = {"kind": "recall", "title": "Kettle 3000 recalled", "began_on": "2026-03-03"}


@pytest.fixture
def opened(db, browser_of, staff, kettles):
    """Staff have opened an incident; their browser, and its number."""
    desk = browser_of(staff)
    data = {**RECALL, "company": "Kettles & Co"}
    assert desk.post("/en/moderation/incidents", data=data).status_code == 303
    return desk, db.query(Incident).one().id


def test_stories_of_an_incident_stand_together(client, db, ada, kettles, opened):
    desk, number = opened
    other = companies.add(db, "Other & Sons")
    mine = a_story(db, ada, kettles, title="It burnt")
    foreign = a_story(db, ada, other, title="Not theirs")
    typed = f"https://localhost/en/stories/{mine.id}-it-burnt\n{foreign.id}"

    tied = desk.post(
        f"/en/moderation/incidents/{number}/stories", data={"stories": typed}
    )

    page = client.get(tied.location)
    assert not missing_from(page, "Kettle 3000 recalled", "It burnt", "3 March 2026")
    assert "Not theirs" not in words_of(page)
    assert not missing_from(
        client.get(f"/en/companies/{kettles.id}-kettles-co"),
        "Incidents",
        "Kettle 3000 recalled",
        "1 story",
    )


def test_a_story_is_taken_off_again(client, db, ada, kettles, opened):
    desk, number = opened
    story = a_story(db, ada, kettles, title="It burnt")
    address = f"/en/moderation/incidents/{number}/stories"
    desk.post(address, data={"stories": story.id})

    page = client.get(desk.post(address, data={"off": story.id}).location)

    assert "It burnt" not in words_of(page)


def test_an_incident_ends_after_it_begins(browser_of, staff, kettles):
    data = {**RECALL, "company": str(kettles.id), "ended_on": "2026-03-02"}

    page = browser_of(staff).post("/en/moderation/incidents", data=data)

    assert "It cannot end before it begins" in words_of(page)


def test_only_staff_open_incidents(browser_of, bob):
    browser = browser_of(bob)

    assert browser.get("/en/moderation/incidents").status_code == 403
    assert browser.post("/en/moderation/incidents", data=RECALL).status_code == 403
