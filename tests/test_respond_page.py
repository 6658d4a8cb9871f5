"""A company answers a story, and changes what it said."""

import pytest
from sqlalchemy import select

from stories import publishing, responding
from stories.models import Company, Offer, Response, Story
from stories.models.codes import CaseState, ResponseKind
from stories.responding import ResponseEntry
from tests.people import a_voice, an_entry, letters
from tests.reading_eyes import missing_from, words_of

ANSWER = {"kind": "apologise", "text": "We are **sorry**."}


@pytest.fixture
def voice(db, bob, kettles):
    voice = a_voice(db, bob, kettles)
    voice.name, voice.job_title = "Team Care", "Customer care"
    db.commit()
    return voice


@pytest.fixture
def story(db, ada, kettles, voice) -> Story:
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(
        db, ada, an_entry(mentions=mentions, private_reference="K-4711")
    )
    db.commit()
    return story


@pytest.fixture
def address(story, kettles) -> str:
    return f"/en/stories/{story.id}/respond?company={kettles.id}"


@pytest.fixture
def browser(browser_of, bob):
    return browser_of(bob)


@pytest.fixture
def answer(db, bob, story, kettles) -> Response:
    entry = ResponseEntry(kind=ResponseKind.EXPLAIN, text="It was late.")
    answer = responding.respond(db, bob, story, kettles.id, entry)
    db.commit()
    return answer


def said(db) -> Response:
    db.rollback()
    db.expire_all()
    return db.scalars(select(Response)).one()


def test_the_story_leads_to_the_answer_for_those_who_may(
    browser, client, story, address
):
    page = f"/en/stories/{story.id}-the-kettle-that-never-came"
    to_answer = "Answer for Kettles & Co"

    assert f'href="{address}"' in browser.get(page).text
    assert to_answer in words_of(browser.get(page))
    assert to_answer not in words_of(client.get(page))


def test_the_form_says_who_will_be_shown_and_what_is_private(browser, address):
    page = browser.get(address)

    assert not missing_from(
        page,
        "Shown as",
        "Team Care, Customer care, Kettles & Co",
        "Verified by an e-mail address of the company on",
        "Reference: K-4711",
        "Told today",
        "Makes an offer",
        "The author alone decides whether to take it.",
    )


def test_an_answer_is_published_with_who_spoke(
    db, browser, client, ada, story, address
):
    answer = browser.post(address, data=ANSWER)

    response = said(db)
    page = client.get(answer.location.partition("#")[0])
    assert answer.location.endswith(f"#response-{response.id}")
    assert not missing_from(page, "Team Care, Customer care", "We are sorry.")
    assert letters(db, "answered") == [f"member:{ada.id}"]


def test_without_a_company_the_one_that_one_speaks_for_is_meant(db, browser, story):
    browser.post(f"/en/stories/{story.id}/respond", data=ANSWER)

    assert said(db).company_name == "Kettles & Co"


def test_a_preview_publishes_nothing(db, browser, address):
    page = browser.post(address, data={**ANSWER, "do": "preview"})

    assert not missing_from(page, "Preview", "We are **sorry**.")
    assert "<strong>sorry</strong>" in page.text
    assert not db.scalars(select(Response)).all()


def test_a_preview_shows_the_offer_too(browser, address):
    offer = {"kind": "offer", "offer-what": "A new kettle", "offer-value": "94"}
    offer |= {"offer-list_value": "220", "offer-currency": "USD", "do": "preview"}

    page = browser.post(address, data={**ANSWER, **offer}).text

    assert '<strong dir="auto">A new kettle</strong>' in page
    assert "US$94.00 instead of US$220.00" in page


def test_what_is_missing_is_said_at_its_field_and_the_text_is_kept(browser, address):
    nothing = browser.post(address, data={})
    no_kind = browser.post(address, data={"text": "We <b>are</b> sorry."})
    odd = browser.post(address, data={"text": "Sorry.", "kind": "shrug"})
    long = browser.post(address, data={**ANSWER, "text": "a" * 10_001})

    assert [each.status_code for each in (nothing, no_kind, odd, long)] == [422] * 4
    assert 'id="error-kind"' in nothing.text
    assert 'id="error-text"' in nothing.text
    assert "We &lt;b&gt;are&lt;/b&gt; sorry." in no_kind.text
    assert 'id="error-kind"' in odd.text
    assert 'id="error-text"' in long.text


def test_an_offer_waits_for_the_author(db, browser, browser_of, ada, story, address):
    offer = {"offer-what": "A new kettle", "offer-value": "40", "offer-currency": "eur"}

    browser.post(address, data={**ANSWER, "kind": "offer", **offer})

    row = db.scalars(select(Offer)).one()
    assert (row.what, row.state, row.response_id) == (
        "A new kettle",
        "open",
        said(db).id,
    )
    assert "A new kettle" in browser_of(ada).get(f"/en/stories/{story.id}/more").text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "offer"}, "offer-what"),
        ({"kind": "explain", "offer-what": "A kettle"}, "kind"),
        (
            {"kind": "offer", "offer-what": "Money", "offer-value": "5"},
            "offer-currency",
        ),
    ],
)
def test_a_half_offer_is_refused_at_its_field(db, browser, address, typed, field):
    page = browser.post(address, data={**ANSWER, **typed})

    assert page.status_code == 422
    assert f'id="error-{field}"' in page.text
    assert not db.scalars(select(Offer)).all()


def test_strangers_do_not_answer(db, browser_of, client, ada, cy, story, address):
    for stranger in (browser_of(ada), browser_of(cy)):
        assert stranger.get(address).status_code == 403
        assert stranger.post(address, data=ANSWER).status_code == 403
    assert client.post(address, data=ANSWER).status_code == 403
    assert not db.scalars(select(Response)).all()


def test_a_company_that_the_story_does_not_name_does_not_answer(
    db, browser_of, cy, story
):
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_voice(db, cy, teapots)
    address = f"/en/stories/{story.id}/respond?company={teapots.id}"

    assert browser_of(cy).get(address).status_code == 403


def test_what_is_not_to_be_seen_is_not_answered(db, browser, story, address):
    story.visibility = "hidden"
    db.commit()

    assert browser.get(address).status_code == 404
    assert browser.post(address, data=ANSWER).status_code == 404
    assert browser.get("/en/stories/4711/respond").status_code == 404


def test_who_is_named_in_passing_may_answer_too(db, browser, ada, kettles, voice):
    mentions = [
        {"company": "Acme"},
        {"company": kettles.name, "company_id": kettles.id, "role": "praised"},
    ]
    entry = an_entry(mentions=mentions, private_reference="K-4711")
    story = publishing.publish(db, ada, entry)
    db.commit()
    address = f"/en/stories/{story.id}/respond?company={kettles.id}"

    page = browser.get(address)
    browser.post(address, data={"kind": "thank", "text": "Thank you."})

    assert "K-4711" not in page.text
    assert said(db).kind == ResponseKind.THANK


def test_a_changed_answer_shows_what_stood_there(db, browser, client, answer, story):
    address = f"/en/stories/{story.id}/responses/{answer.id}"
    page = f"/en/stories/{story.id}-the-kettle-that-never-came"

    form = browser.get(address)
    browser.post(address, data={"kind": "apologise", "text": "It was lost."})

    shown = client.get(page)
    assert "It was late." in form.text
    assert address in browser.get(page).text
    assert address not in shown.text
    assert said(db).kind == ResponseKind.APOLOGISE
    assert not missing_from(shown, "It was lost.", "Amended on", "Earlier wordings")
    earlier = client.get(f"/en/stories/{story.id}/revisions")
    assert "<del>late</del>" in earlier.text


def test_a_changed_answer_neither_becomes_nor_stops_to_be_an_offer(
    browser, answer, story
):
    address = f"/en/stories/{story.id}/responses/{answer.id}"

    page = browser.post(address, data={"kind": "offer", "text": "It was lost."})

    assert page.status_code == 422
    assert 'id="error-kind"' in page.text
    assert "It was lost." in page.text


def test_strangers_change_no_answer(
    db, browser, browser_of, client, ada, cy, answer, story
):
    address = f"/en/stories/{story.id}/responses/{answer.id}"
    changed = {"kind": "explain", "text": "Hacked."}

    for stranger in (browser_of(ada), browser_of(cy)):
        assert stranger.get(address).status_code == 403
        assert stranger.post(address, data=changed).status_code == 403
    assert client.get(address).status_code == 303
    assert browser.get(f"/en/stories/4711/responses/{answer.id}").status_code == 404
    assert browser.get(f"/en/stories/{story.id}/responses/99").status_code == 404
    assert said(db).text == "It was late."


def test_the_turn_passes_to_the_author(db, browser, story, address):
    browser.post(address, data=ANSWER)

    desk = browser.get("/en/desk")
    assert not missing_from(desk, "Waiting for the author 1", "Answered on the same")
    db.refresh(story, ["mentions"])
    assert story.mentions[0].case_state == CaseState.AWAITING_AUTHOR
