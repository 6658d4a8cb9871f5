"""What members decide about themselves, their letters and their leaving."""

import json

import pytest
from sqlalchemy import func, select

from stories.models import Member
from stories.models.codes import Standing
from tests.joining import PASSWORD, knows, sign_in
from tests.lives import a_story
from web.accounts import silence
from web.accounts.models import Account, Silence

PROFILE = {
    "display_name": "Ada Lovelace",
    "about": "I count.\n\nAnd I write.",
    "language": "it",
    "reads": ["en", "it", "eo"],
    "time_zone": "Europe/Rome",
}


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def test_strangers_are_sent_to_sign_in(client):
    for page in ("account", "account/export", "account/leave", "account/password"):
        answer = client.get(f"/en/{page}")
        assert answer.location == f"/en/sign-in?next=/en/{page}"


def test_what_members_say_about_themselves_is_seen(browser, client):
    answer = browser.post("/en/account", data=PROFILE)

    assert answer.location == "/it/account"
    page = client.get("/en/members/ada")
    assert "Ada Lovelace" in page.text
    assert "I count." in page.text


def test_time_zones_are_called_by_country_and_city(browser):
    zones = browser.get("/it/account").text.partition('name="time_zone"')[2]

    assert ">Italia · Roma</option>" in zones
    assert "Europe/Rome</option>" not in zones


def test_a_zone_that_was_chosen_by_an_old_name_stays_chosen(browser, db, ada):
    ada.time_zone = "Asia/Calcutta"
    db.commit()

    page = browser.get("/en/account").text

    assert '<option value="Asia/Calcutta" selected>' in page


def test_a_language_that_was_chosen_without_a_name_stays_chosen(browser, db, ada):
    ada.reads = ["skr"]
    db.commit()

    assert 'value="skr" checked' in browser.get("/en/account").text


def test_what_was_set_is_there_again(browser, db, ada):
    browser.post("/en/account", data=PROFILE)

    db.refresh(ada)

    assert (ada.language, ada.time_zone) == ("it", "Europe/Rome")
    assert ada.reads == ["en", "it", "eo"]
    page = browser.get("/it/account")
    assert 'value="eo" checked' in page.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "n" * 61),
        ("about", "a" * 2001),
        ("language", "xx"),
        ("reads", "no language"),
        ("time_zone", "Europe/Atlantis"),
    ],
)
def test_what_cannot_be_taken_is_said_and_kept(browser, db, ada, field, value):
    answer = browser.post("/en/account", data={**PROFILE, field: value})

    assert answer.status_code == 422
    assert 'class="problems"' in answer.text
    assert "And I write." in answer.text or value in answer.text
    db.refresh(ada)
    assert ada.display_name == "Ada"


def test_letters_are_switched_off_and_on(browser, db, ada):
    browser.post("/en/account/letters", data={"letters": ["answered"]})
    off = set(db.scalars(select(Silence.letter)))
    db.rollback()
    browser.post("/en/account/letters", data={"letters": list(silence.OPTIONAL)})

    assert off == {*silence.OPTIONAL} - {"answered"}
    assert db.scalar(select(func.count(Silence.id))) == 0


def test_what_a_link_switched_off_can_be_switched_on_here(browser, db, ada):
    db.add(Silence(whom=f"member:{ada.id}", letter="claim_granted"))
    db.commit()
    page = browser.get("/en/account")
    assert 'value="claim_granted"' in page.text

    browser.post("/en/account/letters", data={"letters": ["claim_granted"]})

    db.rollback()
    off = set(db.scalars(select(Silence.letter)))
    assert off == {*silence.OPTIONAL}


def test_all_that_is_ones_own_comes_in_one_file(browser, db, ada, kettles):
    story = a_story(db, ada, kettles, private_reference="Order 4711")

    answer = browser.get("/en/account/export")

    record = json.loads(answer.text)
    assert record["email"] == "ada@example.org"
    assert record["story"][0]["private_reference"] == "Order 4711"
    assert record["story"][0]["id"] == story.id
    assert "no-store" in answer.headers["Cache-Control"]


def test_leaving_asks_for_the_password_after_a_while(browser):
    with browser.session_transaction() as session:
        session["fs_paa"] = 0

    answer = browser.get("/en/account/leave")

    assert answer.location.startswith("/en/sign-in/again")


def test_leaving_needs_a_choice(browser, db, ada):
    answer = browser.post("/en/account/leave", data={})

    assert answer.status_code == 422
    db.refresh(ada)
    assert ada.standing == Standing.ACTIVE


@pytest.mark.parametrize("way", ["anonymise", "erase"])
def test_who_leaves_for_good_is_forgotten(browser, db, ada, kettles, client, way):
    a_story(db, ada, kettles)

    browser.post("/en/account/leave", data={"way": way})

    assert not knows(browser)
    db.rollback()
    assert db.scalar(select(func.count(Account.id))) == 0
    assert client.get("/en/members/ada").status_code == 404


def test_who_withdrew_can_come_back(client, member, db):
    sign_in(client)
    client.post("/en/account/leave", data={"way": "withdraw"})
    assert client.get("/en/members/Ada").status_code == 404

    sign_in(client, PASSWORD)
    page = client.get("/en/account")
    assert "Come back" in page.text
    client.post("/en/account/come-back")

    assert client.get("/en/members/Ada").status_code == 200
    db.rollback()
    assert db.scalar(select(Member.standing)) == Standing.ACTIVE


def test_opening_a_link_switches_nothing_off(app, client, db, ada):
    with app.app_context():
        token = silence.off_token(f"member:{ada.id}", "commented")

    page = client.get(f"/l/{token}")

    assert "No more of these letters" in page.text
    assert db.scalar(select(func.count(Silence.id))) == 0


def test_a_mail_program_switches_a_letter_off_by_itself(app, client, db, ada):
    with app.app_context():
        token = silence.off_token(f"member:{ada.id}", "commented")

    answer = client.post(
        f"/l/{token}",
        data={"List-Unsubscribe": "One-Click"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 200
    row = db.scalar(select(Silence))
    assert (row.whom, row.letter) == (f"member:{ada.id}", "commented")


def test_a_link_works_twice_and_does_it_once(app, client, db, ada):
    with app.app_context():
        token = silence.off_token(f"member:{ada.id}", "commented")

    for _ in range(2):
        assert client.post(f"/l/{token}").status_code == 200

    assert db.scalar(select(func.count(Silence.id))) == 1


def test_what_the_law_wants_sent_cannot_be_switched_off(app, client, db, ada):
    with app.app_context():
        token = silence.off_token(f"member:{ada.id}", "decision")

    assert client.post(f"/l/{token}").status_code == 404


@pytest.mark.parametrize(
    "token", ["x", "a.b.c", "%F0%9F%98%80", "WyJtZW1iZXI6MSJd.a.b"]
)
def test_a_token_of_others_does_nothing(client, token):
    assert client.post(f"/l/{token}").status_code == 404


def test_the_page_speaks_the_language_of_its_address(browser):
    assert 'lang="it"' in browser.get("/it/account").text


def test_pages_about_oneself_ask_the_database_little(browser, client, statements):
    client.get("/en/sign-in")
    assert statements == []

    browser.get("/en/account")

    asked = [each for each in statements if each.startswith("SELECT")]
    assert len(asked) == 2  # the account with its member, the letters switched off
