"""Joining, confirming, signing in and out, and nothing told to strangers."""

import re
import time
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.totp import TOTP
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import drafting
from stories.models import Draft, Errand, Member, now
from stories.models.codes import Standing
from tests.mailbox import carried
from web.accounts import tidying
from web.accounts.models import Account
from web.auth import staff as the_staff
from web.db import writing

PASSWORD = "a sentence that nobody guesses"
ADA = {
    "email": "ada@example.org",
    "handle": "Ada",
    "display_name": "Ada L.",
    "password": PASSWORD,
}


@pytest.fixture
def post(app: Flask):
    """What the worker sends when it is asked: the letters, oldest first."""
    return lambda: carried(app)


@pytest.fixture
def member(client: FlaskClient, post, db: Session) -> Member:
    """Ada, who has registered and confirmed, and is not signed in."""
    register(client)
    link = post()[0].link("confirm")
    client.delete_cookie("session")
    client.post(link)
    client.delete_cookie("session")
    return db.scalar(select(Member))


def register(client: FlaskClient, **changes: str):
    return client.post("/en/register", data={**ADA, **changes})


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = ADA["email"]):
    return client.post("/en/sign-in", data={"email": email, "password": password})


def knows(client: FlaskClient) -> bool:
    """Whether somebody is signed in here."""
    return client.get("/en/account").status_code == 200


def what_is_seen(answer) -> str:
    """A page without what the visitor typed."""
    return re.sub(r'value="[^"]*"', "", answer.text)


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


@pytest.mark.parametrize("page", ["reset", "confirm"])
def test_asking_for_a_letter_tells_nothing_about_an_address(client, member, page):
    known = client.post(f"/en/{page}", data={"email": ADA["email"]})
    unknown = client.post(f"/en/{page}", data={"email": "nobody@example.org"})

    assert known.status_code == unknown.status_code == 200
    hidden = what_is_seen(unknown).replace("nobody@example.org", ADA["email"])
    assert what_is_seen(known) == hidden


def test_asking_for_a_letter_leaves_as_much_behind_for_every_address(
    client, member, db
):
    for email in (ADA["email"], "nobody@example.org"):
        before = db.scalar(select(func.count(Errand.id)))
        client.post("/en/reset", data={"email": email})
        db.commit()

        assert db.scalar(select(func.count(Errand.id))) == before + 1


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, member):
    wrong = sign_in(client, "something else entirely")
    unknown = sign_in(client, email="nobody@example.org")

    assert what_is_seen(wrong) == what_is_seen(unknown)
    assert "do not go together" in wrong.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"handle": "ab"}, "3 to 30 letters"),
        ({"handle": "a" * 31}, "3 to 30 letters"),
        ({"handle": "ada lovelace"}, "letters, digits"),
        ({"handle": "---"}, "letters, digits"),
        ({"handle": "admin"}, "kept for the site"),
        ({"handle": "M0derator"}, "kept for the site"),
        ({"handle": "аda99"}, "one alphabet"),
        ({"email": "not an address"}, "looks like name@example.org"),
        ({"email": f"{'a' * 300}@example.org"}, "At most 254 letters"),
        ({"password": "short"}, "at least 10 letters"),
        ({"password": "p" * 201}, "At most 200 letters"),
        ({"display_name": "n" * 61}, "At most 60 letters"),
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


def test_a_forgotten_password_is_replaced_and_every_session_ends(
    app, client, member, post
):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    client.post("/en/reset", data={"email": ADA["email"]})
    link = post()[-1].link("reset")

    client.post(link, data={"password": "another sentence of mine"})

    assert not knows(elsewhere)
    sign_in(client, "another sentence of mine")
    assert knows(client)
    assert post()[-1].subject == "Your password was changed"


def test_a_link_for_a_new_password_works_once(client, member, post):
    client.post("/en/reset", data={"email": ADA["email"]})
    link = post()[-1].link("reset")
    client.post(link, data={"password": "another sentence of mine"})

    again = client.post(link, data={"password": "a third sentence of mine"})

    assert again.location.endswith("/en/reset")


def test_a_changed_password_ends_other_sessions_and_renews_this_one(
    app, client, member
):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    sign_in(client)
    before = client.get_cookie("session").value

    client.post(
        "/en/account/password",
        data={"password": PASSWORD, "new_password": "another sentence of mine"},
    )

    assert knows(client)
    assert not knows(elsewhere)
    client.set_cookie("session", before)
    assert not knows(client)


def test_an_address_changes_when_the_new_one_is_confirmed(client, member, post):
    sign_in(client)
    client.post("/en/account/address", data={"email": "new@example.org"})
    letter = post()[-1]
    link = letter.link("address")

    assert letter.to == "new@example.org"
    assert "Use this address" in client.get(link).text
    sign_in(client, email="new@example.org")
    client.post(link)

    client.delete_cookie("session")
    sign_in(client, email="new@example.org")
    assert knows(client)
    told = post()[-1]
    assert (told.to, told.subject) == (ADA["email"], "Your address was changed")


def test_another_members_address_cannot_be_taken(client, member, post, browser_of, bob):
    browser = browser_of(bob)

    page = browser.post("/en/account/address", data={"email": ADA["email"]})

    assert "We have sent a letter" in page.text
    assert not post()


def test_signing_out_ends_this_session(client, member):
    sign_in(client)

    client.post("/en/sign-out")

    assert not knows(client)


def test_signing_out_everywhere_ends_every_session(app, client, member):
    elsewhere = app.test_client()
    sign_in(elsewhere)
    sign_in(client)

    client.post("/en/account/sign-out-everywhere")

    assert not knows(client)
    assert not knows(elsewhere)


def test_whoever_stays_signed_in_has_a_cookie_for_it(client, member):
    client.post(
        "/en/sign-in", data={"email": ADA["email"], "password": PASSWORD, "remember": 1}
    )
    client.delete_cookie("session")

    assert knows(client)


def authenticator(client: FlaskClient) -> TOTP:
    """Switch the second factor on; what the phone then holds."""
    client.post("/en/sign-in/again", data={"password": PASSWORD})
    page = client.post("/en/account/second-factor", data={"setup": "authenticator"})
    key = re.search(r"<code[^>]*>([A-Z0-9 -]+)</code>", page.text)[1]
    phone = TOTP(key=key)
    validate = re.search(r'action="([^"]+second-factor[^"]+)"', page.text)[1]
    client.post(validate, data={"code": phone.generate().token})
    return phone


def test_a_second_factor_is_asked_for_and_each_code_works_once(client, member, post):
    sign_in(client)
    phone = authenticator(client)
    client.post("/en/sign-out")

    sign_in(client)
    assert not knows(client)
    used = phone.generate().token
    client.post("/en/sign-in/code", data={"code": used})
    assert not knows(client)  # it was used to set the factor up
    later = phone.generate(time=time.time() + 30).token
    client.post("/en/sign-in/code", data={"code": later})

    assert knows(client)
    assert post()[-1].subject == "The second factor is on"


def test_the_qr_code_stands_in_the_page_without_styles(client, member):
    sign_in(client)

    page = client.post("/en/account/second-factor", data={"setup": "authenticator"})

    assert '<svg class="qr"' in page.text
    assert "style=" not in page.text
    assert "data:" not in page.text


def test_a_recovery_code_opens_once(client, member):
    sign_in(client)
    authenticator(client)
    page = client.post("/en/account/recovery-codes")
    codes = re.findall(r"<li><code>([^<]+)</code>", page.text)
    client.post("/en/sign-out")

    assert len(codes) == 8
    for expected in (True, False):
        sign_in(client)
        client.post("/en/sign-in/recovery", data={"code": codes[0]})
        assert knows(client) is expected
        client.post("/en/sign-out")


def test_nothing_secret_is_stored_as_it_is(client, member, db):
    sign_in(client)
    phone = authenticator(client)
    client.post("/en/account/recovery-codes")
    db.rollback()

    account = db.scalar(select(Account))

    assert account.password.startswith("$argon2")
    assert phone.base32_key not in account.tf_totp_secret
    assert all(len(code) > 50 for code in account.mf_recovery_codes)


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


def test_a_draft_that_is_gone_stops_nobody(client, member):
    data = {"email": ADA["email"], "password": PASSWORD, "draft": "gone"}

    client.post("/en/sign-in", data=data)

    assert knows(client)


def test_a_visitor_is_sent_to_sign_in_and_back(client, member):
    asked = client.get("/it/account")

    assert asked.location == "/it/sign-in?next=/it/account"
    data = {"email": ADA["email"], "password": PASSWORD, "next": "/it/account"}
    assert client.post("/it/sign-in", data=data).location == "/it/account"


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example"])
def test_nobody_is_sent_away_after_signing_in(client, member, elsewhere):
    data = {"email": ADA["email"], "password": PASSWORD, "next": elsewhere}

    answer = client.post("/en/sign-in", data=data)

    assert "evil" not in (answer.location or "")


@pytest.mark.parametrize(
    "page", ["sign-in", "register", "reset", "confirm", "register/sent"]
)
def test_reading_a_page_about_signing_in_sets_no_cookie(client, page):
    answer = client.get(f"/en/{page}")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("body", ["[1]", '{"email": {"a": 1}}', "nonsense"])
def test_forms_take_no_json(client, body):
    answer = client.post("/en/sign-in", data=body, content_type="application/json")

    assert answer.status_code == 415


def test_staff_without_a_second_factor_do_nothing(app, browser_of, db, staff):
    app.add_url_rule("/test-of-staff", view_func=lambda: the_staff().handle)
    browser = browser_of(staff)

    assert browser.get("/test-of-staff").text == "mo"
    account = db.scalar(select(Account))
    account.tf_totp_secret = None
    db.commit()
    assert browser.get("/test-of-staff").status_code == 403


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


def test_the_suspended_sign_in_and_read(client, member, db):
    member.standing = Standing.SUSPENDED
    db.commit()

    sign_in(client)

    assert knows(client)


def test_everything_is_said_in_italian_too(client, member, post):
    page = client.get("/it/sign-in")

    assert 'lang="it"' in page.text
