"""Authors are asked whether it has been solved, and answer by a link."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import (
    cases,
    nudging,
    publishing,
    responding,
    updating,
    withdrawing,
)
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Errand, Mention, Story
from stories.models.base import now, played
from stories.models.codes import CaseState, Outcome
from stories.responding import ResponseEntry
from tests.people import again, an_entry, letters
from tests.reading_eyes import missing_from
from web import worker
from web.signing import NUDGE, sign

ANSWER = ResponseEntry(kind="explain", text="It was late.")


@pytest.fixture
def story(db, ada, acme) -> Story:
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    return story


@pytest.fixture
def link(app, db, story) -> str:
    """As the letter would carry it today."""
    (soonest, *_) = planned(db)
    return link_of(app, soonest)


def link_of(app, errand) -> str:
    places = errand.details["places"]
    told = [places["story_id"], places["since"], places["later"]]
    with app.app_context():
        return f"/l/nudges/{sign(NUDGE, told)}"


def planned(db) -> list[Errand]:
    db.flush()
    asked = Errand.details["name"].as_string() == "nudge"
    return list(db.scalars(select(Errand).where(asked).order_by(Errand.due_at)))


def days(db) -> list[int]:
    """After how many days, from today, letters will ask."""
    gaps = (each.due_at - now() for each in planned(db))
    return [round(gap.total_seconds() / 86_400) for gap in gaps]


def test_an_author_is_asked_after_28_and_90_days(db, story):
    assert days(db) == [28, 90]


def test_after_an_answer_the_author_is_asked_in_a_week(db, ada, bob, story, acme):
    with played(now() + timedelta(days=10)):
        answer = responding.respond(db, bob, story, acme.id, ANSWER)
        assert days(db) == [7, 28, 90]
    with played(now() + timedelta(days=12)):
        reply = responding.RejoinderEntry(text="No.")
        responding.rejoin(db, ada, answer, reply)
        assert days(db) == [28, 90]


@pytest.mark.parametrize("outcome", ["resolved", "not_resolved", "moot"])
def test_who_has_said_how_it_ended_is_not_asked(db, ada, story, outcome):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome=outcome))

    assert not days(db)


def test_a_company_that_answers_later_asks_once_more(db, ada, bob, story, acme):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="not_resolved"))

    responding.respond(db, bob, story, acme.id, ANSWER)

    assert days(db) == [7, 28, 90]


def test_praise_and_closed_cases_ask_nothing(db, ada, story):
    publishing.publish(db, ada, an_entry(kind="praise"))
    updating.close_case(db, ada, story)

    assert not days(db)


def test_what_is_past_is_not_asked_again(db, ada, story):
    with played(now() + timedelta(days=30)):
        cases.settle(db, story)

    assert days(db) == [90]


def test_a_letter_of_a_story_that_is_gone_is_not_sent(app, db, ada, story):
    withdrawing.anonymise(db, ada, story)
    first = planned(db)[0]
    first.due_at = now()
    db.commit()

    worker.drain(app)

    assert len(planned(db)) == 1


def test_opening_the_link_changes_nothing_and_a_button_does(
    db, client, bob, story, link
):
    page = client.get(link)
    assert not missing_from(page, "Has it been solved?", "Partly", "Ask me later")
    assert again(db, story).outcome == Outcome.OPEN

    client.post(link, data={"answer": "partly_resolved"})

    assert again(db, story).outcome == Outcome.PARTLY_RESOLVED
    assert letters(db, "updated") == [f"member:{bob.id}"]


def test_the_same_answer_again_is_a_word_too(db, app, client, ada, bob, story, acme):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="not_resolved"))
    responding.respond(db, bob, story, acme.id, ANSWER)
    link = link_of(app, planned(db)[0])
    db.commit()

    client.post(link, data={"answer": "not_resolved"})

    again(db, story)
    assert db.scalars(select(Mention.case_state)).one() == CaseState.AWAITING_COMPANY
    assert not days(db)


def test_later_moves_the_next_letter_once(db, app, client, story, link):
    client.post(link, data={"answer": "later"})

    db.rollback()
    assert days(db) == [56, 90]
    moved = link_of(app, planned(db)[0])
    assert "Ask me later" not in client.get(moved).text
    assert client.post(moved, data={"answer": "later"}).status_code == 404


def test_who_wants_to_be_asked_later_after_the_last_letter_is_asked_once(db, story):
    nudging.forget(db, story)

    nudging.later(db, story, now().isoformat())

    assert days(db) == [28]


def test_an_old_letter_says_nothing_any_more(db, client, ada, story, link):
    updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()

    page = client.post(link, data={"answer": "not_resolved"})

    assert page.status_code == 409
    assert "Something was said since" in page.text
    assert again(db, story).outcome == Outcome.OPEN


def test_nonsense_is_not_there(client, link):
    assert client.post(link, data={"answer": "stolen"}).status_code == 404
    assert client.post(link, data={}).status_code == 404
    assert client.get("/l/nudges/made-up").status_code == 404


def test_what_was_said_to_be_solved_is_opened_again_and_the_company_hears(
    db, browser_of, ada, bob, story
):
    browser = browser_of(ada)
    page = f"/en/stories/{story.id}-the-kettle-that-never-came"
    assert "It is not solved after all" not in browser.get(page).text
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))
    db.commit()
    assert "It is not solved after all" in browser.get(page).text

    browser.post(f"/en/stories/{story.id}/more", data={"do": "reopen_case"})

    assert again(db, story).outcome == Outcome.OPEN
    assert db.scalars(select(Mention.case_state)).one() == CaseState.AWAITING_COMPANY
    assert letters(db, "updated") == [f"member:{bob.id}"] * 2
    assert days(db) == [28, 90]


def test_a_nudge_lived_through_without_script(site, page_of, db, story, account_of_ada):
    soonest = planned(db)[0]
    soonest.due_at = now()
    db.commit()
    site.catch_up()
    letter = site.newest_letter()
    assert "Has it been solved?" in str(letter["Subject"])
    text = letter.get_body(("plain",)).get_content()
    (link,) = re.findall(r"https?://\S+/l/nudges/\S+", text)

    reader = page_of(java_script_enabled=False)
    reader.goto(link)
    reader.get_by_role("button", name="Yes, it is solved").click()
    reader.wait_for_url(re.compile("/stories/"))

    expect(reader.locator("main")).to_contain_text("The author says how it stands")
    assert again(db, story).outcome == Outcome.RESOLVED


@pytest.fixture
def account_of_ada(browser_of, ada) -> None:
    """Who has signed in has an account, and can be written to."""
    browser_of(ada)
