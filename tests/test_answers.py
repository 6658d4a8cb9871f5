"""A company's answer in two languages, and its closing statement."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import publishing, responding, updating, withdrawing
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Mention, Response, Revision, Story
from stories.models.codes import CaseState
from stories.problems import Invalid
from stories.responding import AnswerEntry, ResponseEntry
from tests.people import an_entry
from tests.reading_eyes import missing_from, words_of

GERMAN = "Es tut uns sehr leid, dass Ihr Kessel nicht angekommen ist."
ENGLISH = "We are very **sorry** that your kettle has not arrived."


@pytest.fixture
def story(db, ada, acme) -> Story:
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    return story


def entry(**more) -> ResponseEntry:
    return ResponseEntry.model_validate({"kind": "apologise", "text": GERMAN, **more})


def closing(**more) -> ResponseEntry:
    return entry(kind="thank", closing=True, text="We are glad of it.", **more)


def test_an_answer_may_say_the_same_in_the_storys_language(db, bob, story, acme):
    answer = responding.respond(db, bob, story, acme.id, entry(also=ENGLISH))

    assert (answer.language, answer.also_language) == ("de", "en")
    assert "<strong>sorry</strong>" in answer.also_html


def test_both_are_kept_as_they_stood(db, bob, story, acme):
    answer = responding.respond(db, bob, story, acme.id, entry(also=ENGLISH))
    changed = AnswerEntry(kind="apologise", text=GERMAN, also="We are sorry.")

    responding.amend_response(db, bob, answer, changed)

    kept = db.scalars(select(Revision.text).where(Revision.target == "response")).all()
    assert kept == [f"{GERMAN}\n\n{ENGLISH}", f"{GERMAN}\n\nWe are sorry."]
    assert answer.amended_at is not None


def test_an_answer_in_the_storys_language_is_not_repeated_in_it(db, bob, story, acme):
    both = entry(text=ENGLISH, language="en", also=ENGLISH)

    with pytest.raises(Invalid) as refused:
        responding.respond(db, bob, story, acme.id, both)

    assert refused.value.field == "also"


def test_readers_see_in_which_language_it_was_answered_and_both(
    db, bob, client, story, acme
):
    responding.respond(db, bob, story, acme.id, entry(also=ENGLISH))
    db.commit()

    page = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came")
    assert not missing_from(
        page,
        "Answered in German",
        "The same in English, in the company’s own words:",
        GERMAN,
        "We are very sorry",
    )
    (step,) = [
        each
        for each in client.get(f"/api/v1/stories/{story.id}").json["timeline"]
        if each["what"] == "response"
    ]
    assert (step["words"]["language"], step["also"]["language"]) == ("de", "en")


def test_an_erased_story_keeps_neither(db, ada, bob, story, acme):
    answer = responding.respond(db, bob, story, acme.id, entry(also=ENGLISH))

    withdrawing.erase(db, ada, story)

    db.refresh(answer)
    assert (answer.text, answer.also_text, answer.also_html) == ("", "", "")


def test_a_closing_statement_comes_once_and_after_the_authors_word(
    db, ada, bob, story, acme
):
    with pytest.raises(Invalid) as early:
        responding.respond(db, bob, story, acme.id, closing())
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))

    answer = responding.respond(db, bob, story, acme.id, closing())

    assert answer.closing
    assert db.scalars(select(Mention.case_state)).one() == CaseState.CLOSED
    with pytest.raises(Invalid) as again:
        responding.respond(db, bob, story, acme.id, closing())
    assert early.value.field == again.value.field == "closing"


def test_the_author_has_the_last_word_and_may_open_it_again(db, ada, bob, story, acme):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))
    responding.respond(db, bob, story, acme.id, closing())

    updating.add_update(db, ada, story, UpdateEntry(text="It broke."))

    assert db.scalars(select(Mention.case_state)).one() == CaseState.AWAITING_COMPANY
    with pytest.raises(Invalid):
        responding.respond(db, bob, story, acme.id, closing())


@pytest.mark.parametrize("kind", ["offer", "ask_details"])
def test_a_closing_statement_asks_nothing_more(kind):
    offer = {"what": "A lid"} if kind == "offer" else {}

    with pytest.raises(ValueError, match="asks nothing"):
        entry(kind=kind, closing=True, offer=offer)


def test_a_company_closes_in_two_languages_without_script(
    page_of, db, ada, bob, story, acme
):
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))
    db.commit()
    voice = page_of(bob, java_script_enabled=False)
    voice.goto(f"/en/stories/{story.id}/respond?company={acme.id}")
    voice.locator('[name="kind"][value="thank"]').check()
    voice.locator('[name="text"]').fill(GERMAN)
    voice.locator("details.adder summary", has_text="the same in English").click()
    voice.locator('[name="also"]').fill(ENGLISH)
    voice.locator('[name="closing"]').check()
    voice.get_by_role("button", name="Publish answer").click()
    voice.wait_for_url("**#response-*")

    db.rollback()
    answer = db.scalars(select(Response)).one()
    assert (answer.closing, answer.also_text) == (True, ENGLISH)
    expect(voice.locator("main")).to_contain_text("Closing statement")


def test_the_form_offers_a_closing_statement_only_after_the_end(
    db, browser_of, ada, bob, story, acme
):
    address, browser = f"/en/stories/{story.id}/respond", browser_of(bob)
    assert "closing statement" not in words_of(browser.get(address))
    updating.set_outcome(db, ada, story, OutcomeEntry(outcome="resolved"))
    db.commit()

    assert "This is our closing statement" in words_of(browser.get(address))
