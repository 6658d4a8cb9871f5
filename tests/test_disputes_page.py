"""A disputed fact: marked in the story, answered by its author, and without script."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import disputing, publishing, responding
from stories.models import Dispute, Story
from stories.models.facts import DisputeState
from stories.responding import ResponseEntry
from tests.people import a_voice, again, an_entry
from tests.reading_eyes import missing_from, words_of

SLUG = "the-kettle-that-never-came"


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    a_voice(db, bob, kettles)
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(db, ada, an_entry(mentions=mentions))
    db.commit()
    return story


@pytest.fixture
def dispute(db, bob, story, kettles) -> Dispute:
    known = {"kind": "dispute_facts", "text": "It was June."}
    entry = ResponseEntry.model_validate(
        {**known, "dispute": {"passage": "I paid in May."}}
    )
    responding.respond(db, bob, story, kettles.id, entry)
    db.commit()
    return db.scalars(select(Dispute)).one()


@pytest.fixture
def address(story, dispute) -> str:
    return f"/en/stories/{story.id}/disputes/{dispute.id}"


def test_the_passage_is_marked_and_a_link_says_so_in_words(client, story, dispute):
    page = client.get(f"/it/stories/{story.id}-{SLUG}")

    link = f'<a href="#dispute-{dispute.id}">'
    assert '<mark class="disputed">I paid in May.</mark>' in page.text
    assert link in page.text
    assert f'id="dispute-{dispute.id}"' in page.text
    assert '<small lang="it" dir="ltr">[' in page.text


def test_words_that_the_story_does_not_say_are_refused_at_their_field(
    db, browser_of, bob, story, kettles
):
    address = f"/en/stories/{story.id}/respond?company={kettles.id}"
    typed = {"kind": "dispute_facts", "text": "No.", "dispute-passage": "in March"}

    page = browser_of(bob).post(address, data=typed)

    assert page.status_code == 422
    assert 'id="error-dispute-passage"' in page.text
    assert "The story does not say this." in words_of(page)
    assert "in March" in page.text
    assert not db.scalars(select(Dispute)).all()


def test_the_author_stands_by_it(db, browser_of, client, ada, story, address, dispute):
    browser = browser_of(ada)
    no_words = browser.post(address, data={"state": "stood_by"})
    browser.post(address, data={"state": "stood_by", "why": "The receipt says May."})

    assert no_words.status_code == 422
    assert again(db, dispute).state == DisputeState.STOOD_BY
    page = client.get(f"/en/stories/{story.id}-{SLUG}")
    assert not missing_from(
        page,
        "the company disputes this; the author stands by it",
        "The receipt says May.",
        "The author stands by a fact",
    )


def test_a_correction_is_a_new_wording(db, browser_of, client, ada, story, address):
    typed = {"state": "corrected", "words": "I paid in June.", "why": "The receipt"}

    browser_of(ada).post(address, data=typed)

    page = client.get(f"/en/stories/{story.id}-{SLUG}")
    earlier = client.get(f"/en/stories/{story.id}/revisions")
    assert not missing_from(page, "I paid in June.", "The author has corrected it.")
    assert "<mark" not in page.text
    assert "<del>May</del>" in earlier.text


def test_what_has_marks_within_is_changed_in_the_story_itself(
    db, browser_of, ada, story, dispute, address
):
    entry = publishing.entry_of(db, story)
    text = entry.text.replace("paid", "**paid**")
    publishing.amend(db, ada, story, entry.model_copy(update={"text": text}))
    db.commit()

    page = browser_of(ada).post(address, data={"state": "corrected", "words": "No"})

    assert page.status_code == 422
    assert "Change it in the story itself" in words_of(page)


def test_strangers_answer_nothing(db, browser_of, client, bob, cy, address, dispute):
    for stranger in (browser_of(bob), browser_of(cy)):
        assert stranger.get(address).status_code == 403
        sent = stranger.post(address, data={"state": "confirmed"})
        assert sent.status_code == 403
    assert client.get(address).status_code == 303
    assert again(db, dispute).state == DisputeState.OPEN


def test_nonsense_is_not_there(browser_of, ada, story, address):
    browser = browser_of(ada)

    assert browser.post(address, data={"state": "stolen"}).status_code == 404
    assert browser.get(f"/en/stories/{story.id}/disputes/4711").status_code == 404


def test_the_api_tells_of_it(client, db, ada, story, dispute):
    disputing.answer(db, ada, dispute, DisputeState.CONFIRMED, "A slip.")
    db.commit()

    told = client.get(f"/api/v1/stories/{story.id}").json

    (step,) = [each for each in told["timeline"] if each["what"] == "dispute"]
    assert step["dispute"]["fact"] == "I paid in May."
    assert (step["dispute"]["state"], step["dispute"]["why"]) == (
        "confirmed",
        "A slip.",
    )


def test_a_dispute_lived_through_without_script(page_of, ada, bob, story, kettles):
    company = page_of(bob, java_script_enabled=False)
    company.goto(f"/en/stories/{story.id}/respond?company={kettles.id}")
    company.locator('[name="kind"][value="dispute_facts"]').check()
    company.locator('[name="text"]').fill("Our books say June.")
    company.locator("details.adder summary", has_text="a fact that is wrong").click()
    company.locator('[name="dispute-passage"]').fill("I paid in May.")
    company.get_by_role("button", name="Publish answer").click()
    company.wait_for_url(re.compile("#response-"))

    author = page_of(ada, java_script_enabled=False)
    author.goto(f"/en/stories/{story.id}-{SLUG}")
    author.get_by_role("link", name="the company disputes this").click()
    author.get_by_role("link", name="Say what is so").click()
    author.locator('[name="why"]').fill("The receipt says May.")
    author.get_by_role("button", name="I stand by it").click()
    author.wait_for_url(re.compile("#dispute-"))

    story_page = author.locator("main")
    expect(story_page).to_contain_text(
        "[the company disputes this; the author stands by it]"
    )
    expect(story_page).to_contain_text("The author’s words: The receipt says May.")
