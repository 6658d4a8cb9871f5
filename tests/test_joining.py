"""Joining, confirming, and what may be a handle."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from stories import drafting
from stories.models import Draft, Member, now
from stories.models.codes import Standing
from tests.joining import ADA, PASSWORD, knows, register, sign_in
from web.accounts import tidying
from web.accounts.models import Account
from web.db import writing


def test_from_the_form_to_ones_own_page(client, post):
    register(client)
    client.post(post()[0].link("confirm"))

    page = client.get("/en/members/Ada")

    assert "Ada L." in page.text


def test_who_confirms_where_they_registered_is_signed_in(client, post):
    register(client)
    client.post(post()[0].link("confirm"))

    assert knows(client)


def test_who_confirms_elsewhere_signs_in_first(app, client, post):
    register(client)
    elsewhere = app.test_client()
    elsewhere.post(post()[0].link("confirm"))

    assert not knows(elsewhere)
    sign_in(elsewhere)
    assert knows(elsewhere)


def test_nobody_sees_who_has_not_confirmed(client):
    register(client)

    assert client.get("/en/members/Ada").status_code == 404


def test_opening_the_link_confirms_nothing(client, post, db):
    register(client)

    page = client.get(post()[0].link("confirm"))

    assert "Confirm my address" in page.text
    assert db.scalar(select(Member)).standing == Standing.UNCONFIRMED


def test_the_unconfirmed_are_told_after_the_right_password_only(client, post):
    register(client)

    right, wrong = sign_in(client), sign_in(client, "something else entirely")

    assert "Confirm your address first" in right.text
    assert "Confirm your address first" not in wrong.text
    assert not knows(client)


def test_a_known_address_looks_like_a_new_one(client, member, post):
    new = register(client, email="new@example.org", handle="Newcomer")
    known = register(client, handle="Someone")

    assert (new.status_code, new.location) == (known.status_code, known.location)
    letters = {letter.to: letter for letter in post()}
    assert "You have an account already" in letters["ada@example.org"].subject
    assert "Ada" in letters["ada@example.org"].text


def test_a_handle_is_taken_whether_the_address_was_known_or_not(client, member):
    register(client, handle="Someone")

    again = register(client, email="third@example.org", handle="Someone")

    assert "Somebody has this handle" in again.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"handle": "ab"}, "3 to 30 characters"),
        ({"handle": "a" * 31}, "3 to 30 characters"),
        ({"handle": "ada lovelace"}, "letters, digits"),
        ({"handle": "---"}, "letters, digits"),
        ({"handle": "admin"}, "kept for the site"),
        ({"handle": "M0derator"}, "kept for the site"),
        ({"handle": "аda99"}, "one alphabet"),
        ({"email": "not an address"}, "looks like name@example.org"),
        ({"email": f"{'a' * 300}@example.org"}, "At most 254 characters"),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "p" * 201}, "At most 200 characters"),
        ({"display_name": "n" * 61}, "At most 60 characters"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field(client, db, typed, said):
    page = register(client, **typed)

    assert said in page.text
    assert db.scalar(select(func.count(Member.id))) == 0


@pytest.mark.parametrize("twin", ["ADA", "Áda", "a-da", "а" + "ԁ" + "а"])
def test_nobody_takes_a_handle_that_looks_like_anothers(client, member, twin):
    page = register(client, email="twin@example.org", handle=twin)

    assert "Somebody has this handle" in page.text


def test_handles_are_written_in_every_script(client, post):
    register(client, handle="日本太郎")
    client.post(post()[0].link("confirm"))

    assert client.get("/en/members/日本太郎").status_code == 200


def test_another_members_address_cannot_be_taken(client, member, post, browser_of, bob):
    browser = browser_of(bob)

    page = browser.post("/en/account/address", data={"email": ADA["email"]})

    assert "We have sent a letter" in page.text
    assert not post()


def test_a_draft_comes_along_when_its_author_registers(client, post, db):
    key = drafting.begin(db, None, {"title": "The kettle"}).key
    db.commit()
    register(client, draft=key)

    answer = client.post(post()[0].link("confirm"))
    answer = client.get(answer.location)

    assert answer.location == f"/en/drafts/{key}"
    assert db.scalar(select(Draft.member_id)) == db.scalar(select(Member.id))


def test_a_draft_comes_along_when_its_author_signs_in(client, member, db):
    key = drafting.begin(db, None, {"title": "The kettle"}).key
    db.commit()
    data = {"email": ADA["email"], "password": PASSWORD, "draft": key}

    answer = client.get(client.post("/en/sign-in", data=data).location)

    assert answer.location == f"/en/drafts/{key}"
    assert db.scalar(select(Draft.member_id)) == member.id


STORY = {
    "title": "The kettle that never came",
    "text": "I paid in May. In July there was still no kettle.",
    "kind": "complaint",
    "mentions-0-company": "Acme",
    "mentions-0-role": "subject",
    "language": "en",
    "points_bad": "Nobody answers",
}


def test_who_writes_first_publishes_it_whole_after_confirming_in_another_browser(
    app, client, post, db
):
    asked = client.post("/en/write", data={**STORY, "do": "publish"}).location
    register(client, draft=asked.partition("draft=")[2])
    elsewhere = app.test_client()
    elsewhere.post(post()[0].link("confirm"))

    draft = elsewhere.get(sign_in(elsewhere).location).location
    page = elsewhere.get(draft).text
    published = elsewhere.post(draft, data={**STORY, "version": 1, "do": "publish"})

    assert all(value in page for value in STORY.values())
    shown = client.get(published.location).text
    assert STORY["title"] in shown
    assert "Nobody answers" in shown
    assert db.scalars(select(Draft)).all() == []


def test_who_has_an_account_already_finds_the_draft_after_signing_in(
    client, member, post, db
):
    key = drafting.begin(db, None, {"title": "The kettle"}).key
    db.commit()
    register(client, handle="Someone", draft=key)

    answer = client.get(sign_in(client).location)

    assert answer.location == f"/en/drafts/{key}"
    assert db.scalar(select(Draft.member_id)) == member.id


def test_a_draft_that_is_gone_stops_nobody(client, member):
    data = {"email": ADA["email"], "password": PASSWORD, "draft": "gone"}

    client.post("/en/sign-in", data=data)

    assert knows(client)


def test_who_never_confirms_is_forgotten(app, client, db):
    register(client)
    member = db.scalar(select(Member))
    member.joined_at = now() - timedelta(days=4)
    db.commit()

    with app.app_context(), writing():
        tidying.forget()

    db.expire_all()
    assert db.scalar(select(func.count(Member.id))) == 0
    assert db.scalar(select(func.count(Account.id))) == 0
