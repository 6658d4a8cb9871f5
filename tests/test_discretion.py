"""Who answers, comments or changes a text is asked about numbers and addresses, too."""

import pytest

from stories import discussing, permissions, publishing, responding, updating
from stories.discussing import CommentEntry
from stories.entries.story import UpdateEntry
from stories.handling import tokens
from stories.handling.tokens import TokenEntry
from stories.models import Comment, Rejoinder, Response, Story, Update
from stories.models.codes import ResponseKind
from stories.responding import RejoinderEntry, ResponseEntry
from tests.people import a_voice, an_entry

NUMBER = "+39 02 1234 5678"
OTHER = "0171 2345678"
ASKS = "Your text holds a number or an address."
KEPT = [{"words": NUMBER, "keep": True}]


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    a_voice(db, bob, kettles)
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    text = f"I rang {NUMBER}. I paid in May."
    entry = an_entry(text=text, mentions=mentions, private=KEPT)
    story = publishing.publish(db, ada, entry)
    db.commit()
    return story


@pytest.fixture
def answer(db, bob, story, kettles) -> Response:
    entry = ResponseEntry(kind=ResponseKind.APOLOGISE, text=f"Ring {NUMBER}.")
    known = ResponseEntry.model_validate({**entry.model_dump(), "private": KEPT})
    answer = responding.respond(db, bob, story, kettles.id, known)
    db.commit()
    return answer


def asked(browser, address: str, **typed: str) -> bool:
    """Whether the form asks; else it was taken."""
    page = browser.post(address, data=typed)
    assert page.status_code in (303, 422)
    return ASKS in page.text


def newest(db, model):
    db.rollback()
    return db.query(model).order_by(model.id.desc()).populate_existing().first()


def test_a_comment_is_asked_about_and_then_left_out(db, browser_of, cy, story):
    here = f"/en/stories/{story.id}/comment"
    browser = browser_of(cy)

    assert asked(browser, here, text=f"Ring {OTHER}.")
    assert newest(db, Comment) is None
    answers = {"private-0-words": OTHER}
    assert not asked(browser, here, text=f"Ring {OTHER}.", **answers)

    assert newest(db, Comment).text == "Ring […]."


def test_a_guest_is_asked_too(db, client, story):
    here = f"/en/stories/{story.id}/comment"
    who = {"name": "Gus", "email": "gus@example.org"}

    assert asked(client, here, text=f"Ring {OTHER}.", **who)
    kept = {"private-0-words": OTHER, "private-0-keep": "yes"}
    assert not asked(client, here, text=f"Ring {OTHER}.", **who, **kept)

    assert newest(db, Comment).text == f"Ring {OTHER}."


def test_a_changed_comment_is_asked_about_what_is_new(db, browser_of, cy, story):
    entry = CommentEntry.model_validate({"text": f"Ring {NUMBER}.", "private": KEPT})
    remark = discussing.comment(db, cy, story, entry)
    db.commit()
    here, browser = f"/en/comments/{remark.id}", browser_of(cy)

    assert not asked(browser, here, text=f"Do ring {NUMBER}.")
    assert newest(db, Comment).text == f"Do ring {NUMBER}."
    assert asked(browser, here, text=f"Do ring {NUMBER} or {OTHER}.")


def test_a_company_is_asked_but_not_about_its_own_addresses(
    db, browser_of, bob, story, kettles
):
    here = f"/en/stories/{story.id}/respond?company={kettles.id}"
    browser, own = browser_of(bob), "Write to help@kettles.example."

    assert asked(browser, here, kind="explain", text=f"Ring {OTHER}.")
    assert not asked(browser, here, kind="explain", text=own)

    assert newest(db, Response).text == own


def test_a_changed_answer_is_asked_about_what_is_new(db, browser_of, bob, answer):
    here = f"/en/stories/{answer.story_id}/responses/{answer.id}"
    browser = browser_of(bob)
    typed = {"kind": "apologise", "text": f"Please ring {NUMBER}."}

    assert not asked(browser, here, **typed)
    assert newest(db, Response).text == typed["text"]
    assert asked(browser, here, kind="apologise", text=f"Ring {OTHER}.")


def test_a_program_says_what_is_kept(db, client, bob, story, kettles):
    wanted = TokenEntry(name="A program", scopes=["responses:write"])
    _, words = tokens.make(db, bob, kettles.id, wanted)
    db.commit()
    bearer = {"Authorization": f"Bearer {words}"}
    here, body = f"/api/v1/stories/{story.id}/responses", {"kind": "explain"}
    body["text"] = f"Ring {OTHER}, or write to help@kettles.example."

    refused = client.post(here, json=body, headers=bearer)
    body["private"] = [{"words": OTHER, "keep": True}]
    made = client.post(here, json=body, headers=bearer)

    assert (refused.status_code, made.status_code) == (422, 201)
    assert refused.json["errors"][0]["field"] == "private"
    assert OTHER in refused.json["errors"][0]["detail"]
    assert newest(db, Response).text == body["text"]


def test_a_rejoinder_is_asked_about_and_a_changed_one_of_what_is_new(
    db, browser_of, ada, answer
):
    browser, story = browser_of(ada), f"/en/stories/{answer.story_id}"
    here = f"{story}/responses/{answer.id}/rejoin"
    kept = {"private-0-words": OTHER, "private-0-keep": "yes"}

    assert asked(browser, here, text=f"No: {OTHER}.")
    assert not asked(browser, here, text=f"No: {OTHER}.", **kept)
    words = newest(db, Rejoinder)
    again = f"{story}/rejoinders/{words.id}"
    assert not asked(browser, again, text=f"No, no: {OTHER}.")

    assert newest(db, Rejoinder).text == f"No, no: {OTHER}."
    assert asked(browser, again, text="No: jo@example.org.")


def test_a_changed_update_is_asked_about_what_is_new(db, browser_of, ada, story):
    entry = UpdateEntry.model_validate({"text": f"{NUMBER} again.", "private": KEPT})
    update = updating.add_update(db, ada, story, entry)
    db.commit()
    here, browser = f"/en/stories/{story.id}/updates/{update.id}", browser_of(ada)

    assert not asked(browser, here, text=f"{NUMBER} once more.")
    assert newest(db, Update).text == f"{NUMBER} once more."
    assert asked(browser, here, text=f"{NUMBER}, then {OTHER}.")


def test_a_word_about_the_outcome_is_asked_about(db, browser_of, ada, story):
    here, browser = f"/en/stories/{story.id}/outcome", browser_of(ada)

    assert asked(browser, here, outcome="resolved", text=f"{OTHER} helped.")
    answers = {"private-0-words": OTHER}
    assert not asked(
        browser, here, outcome="resolved", text=f"{OTHER} helped.", **answers
    )

    assert newest(db, Update).text == "[…] helped."


def test_a_story_remembers_what_its_author_keeps(db, ada, story):
    entry = publishing.entry_of(db, story)

    publishing.amend(db, ada, story, entry)

    assert NUMBER in story.text
    assert [(each.words, each.keep) for each in entry.private] == [(NUMBER, True)]


def test_a_correction_brings_no_new_number(db, browser_of, ada, bob, story, kettles):
    known = {"kind": "dispute_facts", "text": "No.", "dispute": {"passage": "in May"}}
    entry = ResponseEntry.model_validate(known)
    responding.respond(db, bob, story, kettles.id, entry)
    db.commit()
    here, browser = f"/en/stories/{story.id}/disputes/1", browser_of(ada)

    private = {"state": "corrected", "words": f"by {OTHER}"}
    assert browser.post(here, data=private).status_code == 422
    assert (
        browser.post(here, data={"state": "corrected", "words": "in June"}).status_code
        == 303
    )

    assert newest(db, Story).text == f"I rang {NUMBER}. I paid in June."


def test_whoever_deeds_without_a_form_leaves_it_out(db, ada, bob, cy, story, answer):
    remark = discussing.comment(db, cy, story, CommentEntry(text=f"Ring {OTHER}."))
    words = responding.rejoin(db, ada, answer, RejoinderEntry(text=f"No: {OTHER}."))

    assert (remark.text, words.text) == ("Ring […].", "No: […].")
    assert permissions.representative(db, bob, answer.company_id)


def test_the_comment_form_shows_what_was_found(browser_of, cy, story):
    page = browser_of(cy).post(
        f"/en/stories/{story.id}/comment", data={"text": f"Ring {OTHER}."}
    )

    assert f'name="private-0-words" value="{OTHER}"' in page.text
