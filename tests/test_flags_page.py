"""Reports, as readers make them."""

from urllib.parse import quote

import pytest
from sqlalchemy import select

from stories.models import Flag
from tests.lives import a_story
from tests.reading_eyes import missing_from, words_of


@pytest.fixture
def address(db, ada, kettles) -> str:
    return f"/en/flag/story/{a_story(db, ada, kettles).id}"


def test_a_member_reports_a_text_and_is_thanked(browser_of, db, bob, address):
    browser = browser_of(bob)
    assert not missing_from(browser.get(address), "What is wrong with it?", "for weeks")

    answer = browser.post(address, data={"reason": "spam", "words": "Sells watches."})

    assert answer.status_code == 303
    assert not missing_from(browser.get(answer.location), "Thank you for the report")
    db.rollback()
    flag = db.scalars(select(Flag)).one()
    assert (flag.reason, flag.words, flag.member_id) == (
        "spam",
        "Sells watches.",
        bob.id,
    )


def test_strangers_sign_in_or_write_to_the_staff(client, address):
    page = client.get(address).text

    assert f'/en/sign-in?next={quote(address, safe="")}"' in page
    assert 'href="/en/contact">Contact</a> <a' in page
    assert 'name="reason"' not in page
    assert client.post(address, data={"reason": "spam"}).status_code == 303


def test_a_report_without_a_reason_keeps_its_words(browser_of, bob, address):
    answer = browser_of(bob).post(address, data={"words": "Because."})

    assert answer.status_code == 422
    assert "Please fill this in." in words_of(answer)
    assert "Because." in answer.text


@pytest.mark.parametrize("what", ["story/99", "company/1", "nothing/1", "comment/1"])
def test_what_is_not_there_cannot_be_reported(browser_of, bob, address, what):
    assert browser_of(bob).get(f"/en/flag/{what}").status_code == 404


def test_the_suspended_report_nothing(browser_of, db, bob, address):
    bob.standing = "suspended"
    db.commit()

    answer = browser_of(bob).post(address, data={"reason": "spam", "words": "So."})

    assert answer.status_code == 403
    assert "So." in answer.text
