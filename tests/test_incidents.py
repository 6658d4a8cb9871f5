"""Incidents tie stories together that one event lies behind."""

import re

import pytest

from stories import companies, outbox
from stories.companies import product_named
from stories.models import Incident, StoryIssue, incident_story
from tests.lives import a_story, count, later
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.finding import index

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

    page = client.get(f"/en/incidents/{number}-kettle-3000-recalled")
    assert not missing_from(
        desk.get(tied.location), "1 story was tied to it", "It burnt"
    )
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

    page = desk.get(desk.post(address, data={"off": story.id}).location)

    assert not missing_from(page, "The story was taken off", "No story is tied to it")
    assert "It burnt" not in words_of(page)
    assert "Part of something larger" not in words_of(
        client.get(f"/en/stories/{story.id}-it-burnt")
    )


def test_an_incident_ends_after_it_begins(browser_of, staff, kettles):
    data = {**RECALL, "company": str(kettles.id), "ended_on": "2026-03-02"}

    page = browser_of(staff).post("/en/moderation/incidents", data=data)

    assert "It cannot end before it begins" in words_of(page)


def test_only_staff_open_incidents(browser_of, bob):
    browser = browser_of(bob)

    assert browser.get("/en/moderation/incidents").status_code == 403
    assert browser.post("/en/moderation/incidents", data=RECALL).status_code == 403


def test_only_staff_tie_stories(browser_of, db, ada, bob, kettles, opened):
    _, number = opened
    story = a_story(db, ada, kettles)
    browser = browser_of(bob)

    for address in (
        f"/en/moderation/incidents/{number}",
        f"/en/moderation/stories/{story.id}/incidents",
    ):
        assert browser.get(address).status_code == 403
        assert "Tie" not in words_of(browser.get(f"/en/stories/{story.id}"))
    tied = browser.post(
        f"/en/moderation/incidents/{number}/stories", data={"stories": story.id}
    )
    assert tied.status_code == 403
    tied = browser.post(
        f"/en/moderation/stories/{story.id}/incidents", data={"on": number}
    )
    assert tied.status_code == 403
    assert db.query(incident_story).count() == 0


def test_a_story_says_of_which_incident_it_is_part(client, db, ada, kettles, opened):
    desk, number = opened
    story = a_story(db, ada, kettles, title="It burnt")
    address = f"/en/stories/{story.id}-it-burnt"
    before = client.get(address)
    form = re.search(r'href="(/en/moderation/stories/[^"]+)"', desk.get(address).text)[
        1
    ]

    page = desk.post(form, data={"on": number}, follow_redirects=True)

    assert not missing_from(page, "It is tied to", "Kettle 3000 recalled")
    assert "Kettle 3000" not in words_of(before)
    after = client.get(address)
    assert not missing_from(after, "Part of something larger", "since 3 March 2026")
    assert f'href="/en/incidents/{number}-kettle-3000-recalled"' in after.text
    desk.post(form, data={"off": number})
    assert "Kettle 3000" not in words_of(client.get(address))


def test_the_public_log_tells_of_each_story_that_is_tied(
    client, db, ada, kettles, opened
):
    desk, number = opened
    story = a_story(db, ada, kettles, title="It burnt")
    form = f"/en/moderation/stories/{story.id}/incidents"

    for data in ({"on": number}, {"on": number}, {"off": number}, {"off": number}):
        desk.post(form, data=data)

    page = client.get(f"/en/log?story={story.id}")
    assert not missing_from(page, "A story was tied to an incident", "It burnt")
    assert words_of(page).count("Kettle 3000 recalled") == 2
    log = client.get("/en/log?about=companies")
    assert not missing_from(log, "An incident that ties", "Kettles & Co")


def test_all_stories_that_are_alike_are_tied_at_once(db, ada, kettles, opened):
    desk, number = opened
    burnt = [
        a_story(db, ada, kettles, products=["Kettle 3000"], happened_at=at)
        for at in (later(-40), later(5), later(6))
    ]
    other = a_story(db, ada, kettles, products=["Urn"], happened_at=later(7))
    for story in (*burnt, other):
        db.add(StoryIssue(story_id=story.id, issue="defect"))
        count(db, story)
    product = product_named(db, kettles, "Kettle 3000")
    address = f"/en/moderation/incidents/{number}"
    page = desk.get(address)
    assert f'value="defect {product.id}"' in page.text
    assert not missing_from(page, "Tie all stories that are alike", "3 stories")

    def tie(**data):
        page = desk.post(f"{address}/stories", data=data, follow_redirects=True)
        return int(
            re.search(r"(\d+) (?:story was|stories were) tied", words_of(page))[1]
        )

    assert tie(alike=f"defect {product.id}", since_it_began="yes") == 2
    assert tie(alike=f"defect {product.id}") == 1
    assert tie(alike=["defect", "nonsense", "defect x"]) == 1
    db.rollback()
    assert db.query(incident_story).count() == 4


def test_stories_of_the_company_are_looked_for_by_their_words(
    app, db, ada, kettles, opened
):
    desk, number = opened
    mine = a_story(db, ada, kettles, title="It burnt my lid")
    foreign = a_story(db, ada, companies.add(db, "Other & Sons"), title="Another lid")
    for story in (mine, foreign):
        outbox.index(db, story.id)
    db.commit()
    worker.drain(app)

    page = desk.get(f"/en/moderation/incidents/{number}?q=lid")

    assert not missing_from(page, "It burnt my lid")
    assert "Another lid" not in words_of(page)
    with app.app_context():
        index().close()


@pytest.mark.parametrize("typed", ["", "nothing", "99999999999", "0", "😀 -1"])
def test_what_is_no_story_is_not_tied(db, opened, typed):
    desk, number = opened
    address = f"/en/moderation/incidents/{number}/stories"

    page = desk.post(address, data={"stories": typed}, follow_redirects=True)

    assert not missing_from(page, "0 stories were tied to it")
    assert desk.post("/en/moderation/incidents/99/stories").status_code == 404
    assert desk.get("/en/moderation/stories/99/incidents").status_code == 404
