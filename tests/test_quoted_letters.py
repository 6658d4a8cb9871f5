"""Letters quoted in a story or an update: whose, when, and without what is private."""

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from stories import drafting, publishing, updating
from stories.entries import MOST_ROWS
from stories.entries.facts import LetterEntry
from stories.entries.story import OutcomeEntry, StoryEntry, UpdateEntry
from stories.exporting import public_record
from stories.models import Letter, Story
from stories.problems import Invalid
from stories.reading import story as story_page
from tests.people import an_entry
from tests.reading_eyes import missing_from, words_of

SECRET = "Ada Rossi, Via Roma 1"
LETTER = {
    "by": "company",
    "sender": "Customer care",
    "when": {"year": 2025, "month": 3, "day": 4},
    "text": f"Dear [[{SECRET}]],\n\nwe are **sorry**. Order [[4021]] is late.",
    "language": "en",
}


@pytest.fixture
def story(db, ada, acme) -> Story:
    """Ada's story, with a letter that has a date and one that has none."""
    letters = [LETTER, {"by": "other", "sender": "The ombudsman", "text": "Go on."}]
    story = publishing.publish(db, ada, an_entry(letters=letters))
    db.commit()
    return story


def kept(db) -> list[Letter]:
    return list(db.scalars(select(Letter).order_by(Letter.position)))


def test_what_is_marked_as_private_is_nowhere(db, client, story):
    first = kept(db)[0]

    assert first.text == "Dear […],\n\nwe are **sorry**. Order […] is late."
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    told = client.get(f"/api/v1/stories/{story.id}")
    for words in (page.text, told.text, "".join(public_record(db)), first.html):
        assert SECRET not in words
        assert "4021" not in words


@pytest.mark.parametrize("text", ["Dear [[Ada", "Dear Ada]]", "[[a]] and [[b"])
def test_a_mark_that_stands_alone_is_refused(text):
    with pytest.raises(ValidationError, match="Close each"):
        LetterEntry(text=text)


def test_a_draft_keeps_what_is_private(db, browser_of, ada):
    browser = browser_of(ada)
    typed = {"title": "A kettle", "letters-0-text": LETTER["text"], "do": "save"}

    sent = browser.post("/en/write", data=typed)

    assert SECRET in browser.get(sent.location).text


def test_somebody_else_is_named():
    with pytest.raises(ValidationError, match="Say who wrote it"):
        LetterEntry(by="other", text="Go on.")


def test_a_letter_with_a_date_stands_in_the_thread(db, client, story):
    steps = story_page.page(db, story.id, None).steps

    (step,) = [each for each in steps if each.what == "letter"]
    assert steps[0] is step
    assert (step.side, step.at.day, step.precision) == ("company", 4, "day")
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert not missing_from(
        page, "Letter from Customer care", "4 March 2025", "Letter from The ombudsman"
    )
    assert page.text.count("Letter from Customer care") == 1
    assert f'id="letter-{step.thing.id}"' in page.text


def test_the_api_tells_of_it(client, story):
    told = client.get(f"/api/v1/stories/{story.id}").json

    (step,) = [each for each in told["timeline"] if each["what"] == "letter"]
    assert (step["by"], step["letter"]["sender"]) == ("company", "Customer care")
    assert step["address"].endswith(f"#letter-{story.id}")
    assert [each["by"] for each in told["letters"]] == ["company", "other"]


def test_an_update_brings_letters(db, ada, story):
    update = UpdateEntry(text="They wrote again.", letters=[LetterEntry(**LETTER)])

    updating.add_update(db, ada, story, update)
    db.commit()

    assert [each.position for each in kept(db)] == [0, 1, 2]
    assert SECRET not in kept(db)[2].text
    entry = publishing.entry_of(db, story)
    assert len(entry.letters) == 3
    publishing.amend(db, ada, story, entry)
    assert len(kept(db)) == 3


def test_so_many_letters_and_no_more(db, ada, story):
    letters = [LetterEntry(text="Sorry.")] * (MOST_ROWS - 1)

    with pytest.raises(Invalid, match="at most 50 letters") as refused:
        updating.add_update(db, ada, story, UpdateEntry(text="x", letters=letters))
    updating.add_update(db, ada, story, UpdateEntry(text="x", letters=letters[1:]))

    assert refused.value.field == "letters"
    assert len(kept(db)) == MOST_ROWS


def test_an_open_mark_is_refused_at_its_field_and_kept_as_typed(browser_of, ada, story):
    address = f"/en/stories/{story.id}/update"
    typed = {"text": "They wrote.", "letters-0-text": "Dear [[Ada, sorry"}

    page = browser_of(ada).post(address, data=typed)

    assert page.status_code == 422
    assert 'id="error-letters-0-text"' in page.text
    assert "Close each [[ with ]]" in words_of(page)
    assert "Dear [[Ada, sorry" in page.text


def test_a_letter_is_added_without_script(page_of, ada, story):
    page = page_of(ada, java_script_enabled=False)
    page.goto(f"/en/stories/{story.id}/update")
    page.locator('[name="text"]').fill("They wrote again.")
    page.locator("details.adder summary", has_text="a letter").click()
    page.locator('[name="letters-0-by"]').select_option("other")
    page.locator('[name="letters-0-sender"]').fill("The consumer office")
    page.locator('[name="letters-0-when-year"]').fill("2025")
    page.locator('[name="letters-0-text"]').fill("Dear [[Ada]], we have asked them.")
    page.get_by_role("button", name="Publish update").click()
    page.wait_for_url("**/stories/*#update-*")

    words = page.locator(".thread").inner_text()
    assert "Letter from The consumer office" in words
    assert "Dear […], we have asked them." in words


def test_a_draft_drops_no_letters_of_updates_that_came_meanwhile(db, ada, story):
    draft = drafting.begin_amending(db, ada, story, publishing.fields_of(db, story))
    update = UpdateEntry(text="They wrote again.", letters=[LetterEntry(**LETTER)])
    updating.add_update(db, ada, story, update)
    entry = StoryEntry.model_validate({**draft.fields, "title": "Another"})
    fewer = entry.model_copy(update={"letters": entry.letters[1:]})

    publishing.amend(db, ada, story, fewer, draft=draft)

    senders = [each.sender for each in kept(db)]
    assert (story.title, senders) == ("Another", ["The ombudsman", "Customer care"])
    assert [each.position for each in kept(db)] == [0, 1]


def test_a_draft_that_knows_the_letters_of_updates_takes_them_out(db, ada, story):
    update = UpdateEntry(text="They wrote again.", letters=[LetterEntry(**LETTER)])
    updating.add_update(db, ada, story, update)
    draft = drafting.begin_amending(db, ada, story, publishing.fields_of(db, story))
    assert len(draft.fields["letters"]) == 3
    entry = StoryEntry.model_validate({**draft.fields, "letters": []})

    publishing.amend(db, ada, story, entry, draft=draft)

    assert kept(db) == []


def test_there_are_not_more_letters_by_way_of_an_old_draft(db, ada, story):
    draft = drafting.begin_amending(db, ada, story, publishing.fields_of(db, story))
    update = UpdateEntry(text="They wrote again.", letters=[LetterEntry(**LETTER)])
    updating.add_update(db, ada, story, update)
    entry = StoryEntry.model_validate({**draft.fields, "letters": [LETTER] * MOST_ROWS})

    with pytest.raises(Invalid, match="at most"):
        publishing.amend(db, ada, story, entry, draft=draft)


def test_a_draft_takes_back_no_outcome_that_was_said_meanwhile(db, ada, story):
    draft = drafting.begin_amending(db, ada, story, publishing.fields_of(db, story))
    verdict = {"grade": 7, "would_buy_again": "yes"}
    said = OutcomeEntry.model_validate({"outcome": "resolved", "evaluation": verdict})
    updating.set_outcome(db, ada, story, said)

    entry = StoryEntry.model_validate(draft.fields)
    publishing.amend(db, ada, story, entry, draft=draft)

    assert (story.outcome, story.grade) == ("resolved", 7)
