"""An author's pages about a published story."""

import pytest
from sqlalchemy import select

from stories import closing, companies, publishing, responding
from stories.entries.judging import RulingEntry
from stories.models import Offer, Rejoinder, Story, Update
from stories.models.codes import Kind, Outcome, Visibility
from stories.responding import ResponseEntry
from tests.people import a_voice, again, an_entry


@pytest.fixture
def story(db, ada) -> Story:
    story = publishing.publish(db, ada, an_entry(offers=[{"what": "A voucher"}]))
    db.commit()
    return story


@pytest.fixture
def browser(browser_of, ada, story):
    return browser_of(ada)


def test_an_update_is_added_with_its_date(db, browser, story):
    answer = browser.post(
        f"/en/stories/{story.id}/update",
        data={"text": "They **called**.", "when-year": "2010", "when-month": "3"},
    )

    update = db.scalars(select(Update)).one()
    assert update.html == "<p>They <strong>called</strong>.</p>"
    assert update.happened_precision == "month"
    assert answer.location.endswith(f"#update-{update.id}")


def test_an_update_that_is_sent_twice_is_added_once(db, browser, story):
    said = {"text": "They called at last.", "language": "en"}
    letter = {"letters-0-sender": "Kettles", "letters-0-text": "We are sorry."}
    address = f"/en/stories/{story.id}/update"

    first, again = (browser.post(address, data=said).location for _ in range(2))
    more = browser.post(address, data=said | letter).location
    twice = browser.post(address, data=said | letter).location

    assert first == again != more == twice
    assert len(db.scalars(select(Update)).all()) == 2


def test_an_empty_update_says_what_is_missing(browser, story):
    answer = browser.post(f"/en/stories/{story.id}/update", data={"when-day": "3"})

    assert answer.status_code == 422
    assert 'id="error-text"' in answer.text


def test_an_update_is_changed_in_place_of_overwritten(db, browser, story):
    browser.post(f"/en/stories/{story.id}/update", data={"text": "First."})
    update = db.scalars(select(Update)).one()
    address = f"/en/stories/{story.id}/updates/{update.id}"

    page = browser.get(address).text
    browser.post(address, data={"text": "Second.", "why": "Slip"})

    db.rollback()
    db.expire_all()
    assert "First." in page
    assert db.get(Update, update.id).text == "Second."


def test_an_update_is_erased_after_a_question(client, db, browser, story):
    browser.post(f"/en/stories/{story.id}/update", data={"text": "Too much."})
    update = db.scalars(select(Update)).one()
    mine = f"/en/stories/{story.id}/updates/{update.id}"
    assert f'href="{mine}/erase"' in browser.get(mine).text

    page = browser.get(f"{mine}/erase").text
    answer = browser.post(f"{mine}/erase")

    assert "Too much." in page
    assert answer.location.endswith(f"#update-{update.id}")
    shown = client.get(answer.location.partition("#")[0]).text
    assert f'id="update-{update.id}"' in shown
    assert "Erased" in shown
    assert "Too much." not in shown
    assert "Too much." not in client.get(f"/en/stories/{story.id}.atom").text
    assert "Too much." not in client.get(f"/api/v1/stories/{story.id}").text
    assert "Too much." not in client.get("/en/").text
    for gone in (mine, f"{mine}/erase"):
        assert browser.get(gone).status_code == 404
        assert browser.post(gone, data={"text": "Back"}).status_code == 404


def test_an_answer_to_a_company_is_erased_after_a_question(
    client, db, browser, bob, story
):
    a_voice(db, bob, companies.called(db, "Acme")[0])
    told = db.get(Story, story.id)
    entry = ResponseEntry(kind="explain", text="We lost it.")
    acme = companies.called(db, "Acme")[0].id
    answer = responding.respond(db, bob, told, acme, entry)
    db.commit()
    rejoin = f"/en/stories/{story.id}/responses/{answer.id}/rejoin"
    browser.post(rejoin, data={"text": "Too much."})
    words = db.scalars(select(Rejoinder)).one()
    mine = f"/en/stories/{story.id}/rejoinders/{words.id}"
    assert f'href="{mine}/erase"' in browser.get(mine).text

    browser.post(f"{mine}/erase")

    shown = client.get(f"/en/stories/{story.id}", follow_redirects=True).text
    assert f'id="rejoinder-{words.id}"' in shown
    assert "Too much." not in shown


def test_the_outcome_is_the_authors_to_say(db, browser, story):
    browser.post(
        f"/en/stories/{story.id}/outcome",
        data={"outcome": "resolved", "evaluation-grade": "8", "text": "It came."},
    )

    story = again(db, story)
    assert (story.outcome, story.grade) == (Outcome.RESOLVED, 8)
    assert db.scalars(select(Update.text)).all() == ["It came."]


def test_a_grade_beyond_ten_is_refused_at_its_field(browser, story):
    answer = browser.post(
        f"/en/stories/{story.id}/outcome",
        data={"outcome": "open", "evaluation-grade": "11"},
    )

    assert answer.status_code == 422
    assert 'id="error-evaluation-grade"' in answer.text


def test_the_kind_may_change_later(db, browser, story):
    browser.post(f"/en/stories/{story.id}/kind", data={"kind": "mixed"})

    assert again(db, story).kind == Kind.MIXED


def test_an_offer_is_refused_by_the_author(db, browser, story):
    offer = db.scalars(select(Offer)).one()

    assert "A voucher" in browser.get(f"/en/stories/{story.id}/more").text
    browser.post(
        f"/en/stories/{story.id}/offers/{offer.id}",
        data={"state": "refused", "why": "Too little"},
    )

    db.rollback()
    db.expire_all()
    assert db.scalars(select(Offer.state)).one() == "refused"


@pytest.mark.parametrize(
    ("deed", "visibility"), [("unlist", "unlisted"), ("withdraw", "author_only")]
)
def test_a_story_is_taken_out_of_sight_and_shown_again(
    db, browser, story, deed, visibility
):
    address = f"/en/stories/{story.id}/more"
    back = {"unlist": "enlist", "withdraw": "restore"}[deed]

    browser.post(address, data={"do": deed})
    meanwhile = again(db, story).visibility
    browser.post(address, data={"do": back})

    assert meanwhile == visibility
    assert again(db, story).visibility == Visibility.PUBLIC


def test_what_cannot_be_undone_has_to_be_confirmed(db, browser, story):
    address = f"/en/stories/{story.id}/more"

    first = browser.post(address, data={"do": "erase"})
    still = again(db, story).visibility
    browser.post(address, data={"do": "erase", "sure": "erase"})

    assert first.status_code == 422
    assert still == Visibility.PUBLIC
    assert again(db, story).visibility == Visibility.TOMBSTONE


def test_comments_are_closed_and_opened(db, browser, story):
    address = f"/en/stories/{story.id}/more"

    browser.post(address, data={"do": "close_comments"})
    closed = again(db, story).comments_closed_at
    browser.post(address, data={"do": "open_comments"})

    assert closed is not None
    assert again(db, story).comments_closed_at is None


def test_what_staff_closed_is_not_offered_to_be_opened(db, browser, staff, story):
    ruling = RulingEntry(reason="spam", words="It advertises.")
    closing.close_comments(db, staff, db.get(Story, story.id), ruling)
    db.commit()

    page = browser.get(f"/en/stories/{story.id}/more").text

    assert "Staff of this site have closed the comments." in page
    assert 'value="open_comments"' not in page


def test_the_author_answers_a_company(db, browser_of, ada, bob):
    acme = companies.add(db, "Acme")
    db.commit()
    a_voice(db, bob, acme)
    story = publishing.publish(db, ada, an_entry())
    answer = responding.respond(
        db, bob, story, acme.id, ResponseEntry(kind="explain", text="It was late.")
    )
    db.commit()
    browser = browser_of(ada)
    address = f"/en/stories/{story.id}/responses/{answer.id}/rejoin"

    page = browser.get(address).text
    browser.post(address, data={"text": "And now?"})

    assert "It was late." in page
    assert db.scalars(select(Rejoinder.text)).all() == ["And now?"]


def test_strangers_erase_nothing(browser_of, db, browser, cy, story):
    browser.post(f"/en/stories/{story.id}/update", data={"text": "Mine."})
    update = db.scalars(select(Update)).one()

    address = f"/en/stories/{story.id}/updates/{update.id}/erase"
    stranger = browser_of(cy)

    assert stranger.get(address).status_code == 403
    assert stranger.post(address).status_code == 403
    db.refresh(update)
    assert update.text == "Mine."


@pytest.mark.parametrize("page", ["update", "outcome", "more"])
def test_strangers_have_nothing_to_do_there(browser_of, client, story, bob, page):
    address = f"/en/stories/{story.id}/{page}"

    assert browser_of(bob).get(address).status_code == 403
    assert client.get(address).status_code == 303
    assert "/en/sign-in" in client.get(address).location


def test_nonsense_is_not_done(browser, story):
    address = f"/en/stories/{story.id}"

    assert browser.post(f"{address}/more", data={"do": "explode"}).status_code == 404
    assert browser.post(f"{address}/kind", data={"kind": "rage"}).status_code == 404
    assert browser.post(f"{address}/offers/99", data={"state": "x"}).status_code == 404
    assert browser.get("/en/stories/99/update").status_code == 404


def test_a_box_that_was_not_ticked_is_told_of_above_the_page(browser, story):
    page = browser.post(f"/en/stories/{story.id}/more", data={"do": "erase"}).text

    assert '<a href="#erase">Tick the box if you are sure.</a>' in page
    assert 'id="erase" name="sure"' in page


def test_what_was_done_is_said(browser, story):
    said = browser.post(
        f"/en/stories/{story.id}/more",
        data={"do": "erase", "sure": "erase"},
        follow_redirects=True,
    )

    assert "Your story is erased for good." in said.text


def test_a_case_is_closed_while_open_and_opened_when_closed(browser_of, db, ada, bob):
    a_voice(db, bob, companies.add(db, "Acme"))
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    browser, address = browser_of(ada), f"/en/stories/{story.id}/more"

    before = browser.get(address).text
    closing = {"do": "close_case"}
    after = browser.post(address, data=closing, follow_redirects=True).text

    deeds = ("Close the case", "Open the case again")
    assert [deed in before for deed in deeds] == [True, False]
    assert [deed in after for deed in deeds] == [False, True]
