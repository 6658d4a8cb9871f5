"""Signing in and out, passwords and second factors; nothing told to strangers."""

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from passlib.totp import TOTP, TotpToken
from sqlalchemy import func, select

from stories.models import Errand, Update
from stories.models.codes import Standing
from tests.joining import ADA, PASSWORD, knows, sign_in
from tests.lives import a_story
from tests.mailbox import carried
from web.accounts.models import Account
from web.auth import staff as the_staff

KEY = {"secret_key": ("k" * 40,)}


def what_is_seen(answer) -> str:
    """A page without what the visitor typed."""
    return re.sub(r'value="[^"]*"', "", answer.text)


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, member):
    wrong = sign_in(client, "something else entirely")
    unknown = sign_in(client, email="nobody@example.org")

    assert what_is_seen(wrong) == what_is_seen(unknown)
    assert "do not go together" in wrong.text


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


def test_signing_in_renews_the_session_and_nothing_comes_in_from_before(
    app, client, member
):
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    planted = client.get_cookie("session").value

    sign_in(client)

    assert client.get_cookie("session").value != planted
    with client.session_transaction() as after:
        assert "planted" not in after
    client.set_cookie("session", planted)
    assert not knows(client)


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


def authenticator(client: FlaskClient) -> tuple[TOTP, TotpToken]:
    """Switch the second factor on; what the phone then holds, and the code that was
    used up by that."""
    client.post("/en/sign-in/again", data={"password": PASSWORD})
    page = client.post("/en/account/second-factor", data={"setup": "authenticator"})
    key = re.search(r"<code[^>]*>([A-Z0-9 -]+)</code>", page.text)[1]
    phone = TOTP(key=key)
    validate = re.search(r'action="([^"]+second-factor[^"]+)"', page.text)[1]
    code = phone.generate()
    client.post(validate, data={"code": code.token})
    return phone, code


def test_a_second_factor_is_asked_for_and_each_code_works_once(client, member, post):
    sign_in(client)
    phone, used = authenticator(client)
    client.post("/en/sign-out")

    sign_in(client)
    assert not knows(client)
    client.post("/en/sign-in/code", data={"code": used.token})
    assert not knows(client)
    later = phone.generate(time=used.expire_time).token
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
    phone, _ = authenticator(client)
    client.post("/en/account/recovery-codes")
    db.rollback()

    account = db.scalar(select(Account))

    assert account.password.startswith("$argon2")
    assert phone.base32_key not in account.tf_totp_secret
    assert all(len(code) > 50 for code in account.mf_recovery_codes)


def test_a_visitor_is_sent_to_sign_in_and_back(client, member):
    asked = client.get("/it/account")

    assert asked.location == "/it/sign-in?next=/it/account"
    data = {"email": ADA["email"], "password": PASSWORD, "next": "/it/account"}
    assert client.post("/it/sign-in", data=data).location == "/it/account"


@pytest.mark.parametrize(
    ("came", "back"),
    [
        ("http://localhost/it/stories?older=3", "/it/stories?older=3"),
        ("http://localhost/it/register", ""),
        ("http://localhost//elsewhere.example/it", ""),
        ("https://elsewhere.example/it/stories", ""),
    ],
)
def test_who_signs_in_from_a_page_comes_back_to_it(client, member, came, back):
    page = client.get("/it/sign-in", headers={"Referer": came}).text

    assert ('name="next"' in page) == bool(back)
    assert f'name="next" value="{back}"' in page or not back


def test_what_was_written_when_the_sign_in_expired_is_sent_again(
    client, browser_of, db, ada, kettles
):
    story = a_story(db, ada, kettles)
    address = f"/en/stories/{story.id}/update"
    typed = {"text": "They <called>.", "when-year": "2010"}

    page = client.post(address, data=typed)

    assert page.status_code == 403
    assert "Nothing is lost" in page.text
    assert "They &lt;called&gt;." in page.text
    assert f'action="{address}"' in page.text
    assert '<input type="hidden" name="when-year" value="2010">' in page.text
    assert db.scalars(select(Update)).all() == []
    browser_of(ada).post(address, data=typed)
    assert db.scalars(select(Update.text)).all() == ["They <called>."]


def test_a_password_is_not_given_back(client):
    page = client.post("/en/account/leave", data={"password": PASSWORD, "text": ""})

    assert PASSWORD not in page.text


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


def test_the_suspended_sign_in_and_read(client, member, db):
    member.standing = Standing.SUSPENDED
    db.commit()

    sign_in(client)

    assert knows(client)


def test_everything_is_said_in_italian_too(client, member, post):
    page = client.get("/it/sign-in")

    assert 'lang="it"' in page.text


def test_behind_tls_the_cookie_belongs_to_this_host_alone(application, settings, db):
    app = application(replace(settings, base_url="https://earshot.example", **KEY))
    client = app.test_client()
    there = {"base_url": "https://earshot.example"}

    answer = client.post("/en/register", data=ADA, **there)

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie


def test_guessing_passwords_ends_soon(application, settings, db):
    client = application(replace(settings, unlimited=False)).test_client()

    answers = [sign_in(client, "wrong", "ada@example.org") for _ in range(31)]

    assert [answer.status_code for answer in answers] == [200] * 30 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0


def test_an_operator_who_changes_the_key_locks_nobody_out(
    application, settings, member
):
    first, second = "a" * 40, "b" * 40
    before = application(replace(settings, secret_key=(first,)))
    client = before.test_client()
    data = {"email": "new@example.org", "handle": "new", "password": PASSWORD}
    client.post("/en/register", data=data)
    letters = {letter.to: letter for letter in carried(before)}
    link = letters["new@example.org"].link("confirm")

    after = application(replace(settings, secret_key=(second, first)))
    client = after.test_client()
    client.post(link)
    sign_in(client, email="new@example.org")

    assert knows(client)
