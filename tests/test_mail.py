"""Every letter, for whom it is, in whose language, and when none is sent."""

import email
import re
import socket
from dataclasses import replace
from datetime import timedelta
from email import policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import web.accounts
from stories import outbox
from stories.models import (
    Comment,
    Company,
    Errand,
    Member,
    Story,
    now,
)
from tests.letters import PLACES, a_told_life
from tests.mailbox import Letter, carried
from tests.purity import excused, faults
from web import mail, worker
from web.accounts import letters, silence
from web.accounts.models import Account, Address, Silence
from web.db import db as present
from web.i18n import LANGUAGES
from web.labels import LABELS
from web.mail.carrying import Undeliverable
from web.mail.leading import LINKS

TEMPLATES = Path(web.accounts.__file__).parents[1] / "templates" / "mail"
WRITTEN = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
ABOUT_STORIES = sorted(LINKS)


@pytest.fixture
def life(db: Session, ada: Member, bob: Member, kettles: Company) -> dict[str, int]:
    """The numbers of everything that a letter can tell of."""
    return a_told_life(db, ada, bob, kettles)


@pytest.fixture
def account(db: Session, ada: Member) -> Account:
    """Ada can be written to."""
    known = {"email": "ada@example.org", "fs_uniquifier": "ada"}
    found = Account(member_id=ada.id, confirmed_at=now(), **known)
    db.add(found)
    db.commit()
    return found


@pytest.fixture
def guest(db: Session) -> Address:
    """Somebody without an account, who speaks Italian."""
    found = Address(id="a-guest", email="gina@example.org", language="it")
    db.add(found)
    db.commit()
    return found


@pytest.fixture
def sent(app: Flask, db: Session):
    """Leave a letter and let the worker send it; None where it sends nothing."""

    def send(name: str, to: str, **places) -> Letter | None:
        outbox.letter(db, name, to, **places)
        db.commit()
        found = carried(app)
        return found[0] if found else None

    return send


def places(name: str, life: dict[str, int]) -> dict[str, int]:
    named = {place: life[place] for place in PLACES[name]}
    if "held_id" in named:
        named["translation_id"] = named.pop("held_id")
    return named


def test_every_letter_that_deeds_leave_is_written():
    assert {*LINKS, *letters.OF_ACCOUNTS} - {letters.DECOY} == WRITTEN
    assert set(PLACES) == set(LINKS)


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("name", ABOUT_STORIES)
def test_a_letter_has_a_subject_a_text_a_link_and_a_reason(
    sent, db, ada, account, life, name, language
):
    ada.language = language
    db.commit()

    letter = sent(name, f"member:{ada.id}", **places(name, life))

    assert letter.to == "ada@example.org"
    assert letter.subject.strip() == letter.subject
    assert "Ada" in letter.text
    assert f"http://localhost/{language}/" in letter.text
    assert letter.link() in letter.html
    assert "&amp;" not in letter.text
    assert f'lang="{language}"' in letter.html
    assert letter.message["Content-Language"] == language


@pytest.mark.parametrize("name", ABOUT_STORIES)
def test_a_letter_speaks_its_readers_language_alone(sent, db, ada, account, life, name):
    """Its subject and its words; not the titles and texts that it tells of."""
    title, wrong = db.get(Story, life["story_id"]).title, {}
    english = sent(name, f"member:{ada.id}", **places(name, life))
    for language in LANGUAGES[1:]:
        ada.language = language
        db.commit()
        letter = sent(name, f"member:{ada.id}", **places(name, life))
        waiting = excused(language)
        found = list(faults(letter.html.replace(title, "…"), language, waiting))
        same = letter.subject == english.subject and not waiting(english.subject)
        if found or same:
            wrong[language] = found, letter.subject

    assert wrong == {}


@pytest.mark.parametrize("name", ABOUT_STORIES)
def test_a_letter_says_how_it_is_switched_off(sent, ada, account, life, name):
    letter = sent(name, f"member:{ada.id}", **places(name, life))

    off = letter.message["List-Unsubscribe"]
    if name in silence.OWED:
        assert off is None
        assert "cannot be switched off" in letter.text
    else:
        assert off.strip(" <>") in letter.text
        assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert name in LABELS["letter"]


def test_a_letter_switched_off_is_not_sent(sent, db, ada, account, life):
    db.add(Silence(whom=f"member:{ada.id}", letter="commented"))
    db.commit()

    assert sent("commented", f"member:{ada.id}", **places("commented", life)) is None
    assert sent("answered", f"member:{ada.id}", **places("answered", life))


def test_a_guest_is_written_to_in_their_language(sent, guest, life):
    letter = sent("guest_confirm", f"contact:{guest.id}", **places("replied", life))

    assert letter.to == "gina@example.org"
    assert letter.link("guest").startswith("/it/guest/")


def test_a_guest_switches_off_all_letters_at_once(sent, client, guest, life):
    letter = sent("replied", f"contact:{guest.id}", **places("replied", life))

    client.post(letter.link("/l/"))

    assert sent("guest_confirm", "contact:a-guest", **places("replied", life)) is None


@pytest.mark.parametrize("to", ["member:99", "contact:nobody", "account:99", "nobody"])
def test_nobody_is_written_to_who_is_not_there(sent, life, to):
    assert sent("commented", to, **places("commented", life)) is None


def test_who_has_no_account_is_not_written_to(sent, bob, life):
    assert sent("commented", f"member:{bob.id}", **places("commented", life)) is None


@pytest.mark.parametrize("seen", ["hidden", "tombstone", "author_only"])
def test_nothing_is_told_of_a_story_that_is_gone(sent, db, ada, account, life, seen):
    db.get(Story, life["story_id"]).visibility = seen
    db.commit()

    assert sent("commented", f"member:{ada.id}", **places("commented", life)) is None


def test_what_was_taken_back_is_not_quoted(sent, db, ada, account, life):
    db.get(Comment, life["comment_id"]).state = "tombstone"
    db.commit()

    assert sent("commented", f"member:{ada.id}", **places("commented", life)) is None


def test_a_letter_quotes_what_was_written_without_obeying_it(
    sent, db, ada, account, life
):
    remark = db.get(Comment, life["comment_id"])
    remark.text = "<script>alert(1)</script> & <b>bold</b>"
    remark.guest_name = "Mallory\r\nBcc: everybody@example.org"
    db.get(Story, life["story_id"]).title = "Kettle\r\nBcc: everybody@example.org"
    db.commit()

    letter = sent("commented", f"member:{ada.id}", **places("commented", life))

    assert letter.message["Bcc"] is None
    assert "<script>" not in letter.html
    assert "<b>" not in letter.html
    assert "<script>alert(1)</script> & <b>bold</b>" in letter.text


def test_the_same_errand_twice_is_the_same_letter(app, db, ada, account, life):
    outbox.letter(db, "commented", f"member:{ada.id}", **places("commented", life))
    db.commit()
    errand = db.scalar(select(Errand))

    with app.app_context():
        mail.deliver(errand)
        mail.deliver(errand)

    folder = app.config["SETTINGS"].data / "mail"
    assert len(list(folder.iterdir())) == 1


def test_two_errands_are_two_letters(app, db, ada, account, life):
    for _ in range(2):
        outbox.letter(db, "commented", f"member:{ada.id}", **places("commented", life))
    db.commit()

    first, second = carried(app)

    assert first.message["Message-ID"] != second.message["Message-ID"]


def test_only_its_owner_can_read_a_letter_in_the_folder(app, sent, ada, account, life):
    sent("commented", f"member:{ada.id}", **places("commented", life))

    (path,) = (app.config["SETTINGS"].data / "mail").iterdir()

    assert path.stat().st_mode & 0o077 == 0


def test_the_outbox_holds_nothing_that_opens_an_account(client, db):
    client.post(
        "/en/register",
        data={"email": "x@example.org", "handle": "xavier", "password": "0123456789"},
    )

    details = db.scalar(select(Errand)).details

    assert set(details) == {"name", "to", "places", "letter_id"}
    assert details["places"] == {}


class Inbox:
    """What a mail server on the loopback has taken."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(parsed)
        return self.answer

    async def handle_RCPT(self, _server, _session, envelope, address, _more):  # noqa: N802
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@pytest.fixture
def inbox(app: Flask):
    """Letters go to a real server instead of files."""
    server = Controller(Inbox(), hostname="127.0.0.1", port=free_port())
    server.start()
    there = f"smtp://127.0.0.1:{server.port}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=there)
    yield server.handler
    server.stop()


def test_a_mail_server_gets_the_letter_whole(app, db, ada, account, life, inbox):
    db.get(Story, life["story_id"]).title = "Il bollitore è già rotto"
    outbox.letter(db, "commented", f"member:{ada.id}", **places("commented", life))
    db.commit()

    carried(app)

    (letter,) = inbox.letters
    assert "Il bollitore è già rotto" in letter["Subject"]
    assert "Same here." in letter.get_body(("plain",)).get_content()
    assert re.fullmatch(r"<commented-\w+@localhost>", letter["Message-ID"])


def test_what_the_server_refuses_is_said_without_the_address(
    app, db, account, life, inbox
):
    account.email = "gone@example.org"
    db.commit()

    with app.app_context(), pytest.raises(Undeliverable) as refused:
        mail.send("commented", f"member:{account.member_id}", life, "1")

    assert "550" in str(refused.value)
    assert "gone@" not in str(refused.value)


def test_a_server_that_is_away_is_tried_again(app, ada, account, life):
    away = f"smtp://127.0.0.1:{free_port()}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=away)

    with app.app_context(), pytest.raises(Undeliverable):
        mail.send("commented", f"member:{ada.id}", places("commented", life), "1")


@pytest.mark.parametrize(("who", "dead"), [("gone", True), ("full", False)])
def test_the_worker_tries_again_unless_that_is_hopeless(
    app, db, account, life, inbox, who, dead
):
    account.email = f"{who}@example.org"
    outbox.letter(
        db, "commented", f"member:{account.member_id}", **places("commented", life)
    )
    db.commit()

    worker.drain(app)

    db.expire_all()
    errand = db.query(Errand).filter_by(task="letter").one()
    assert (errand.dead_at is not None) == dead
    assert dead or now() < errand.due_at < now() + timedelta(minutes=1)
    assert "The recipient was refused (" in errand.trouble


def test_addresses_in_other_scripts_are_written_as_servers_know_them(
    app, db, account, ada, life, inbox
):
    account.email = "ada@bücher.example"
    db.commit()

    with app.app_context():
        mail.send("commented", f"member:{ada.id}", places("commented", life), "1")
        present.rollback()

    assert inbox.letters[0]["To"] == "ada@xn--bcher-kva.example"


def test_titles_and_names_keep_their_direction_to_themselves(
    sent, db, ada, account, life
):
    ada.language = "ar"
    db.get(Story, life["story_id"]).title = "Melted!"
    db.commit()

    letter = sent("answered", f"member:{ada.id}", **places("answered", life))

    assert "\u2068Melted!\u2069" in letter.text
    assert '<bdi lang="en" dir="ltr">Melted!</bdi>' in letter.html
    assert "\u2068مرحبًا" not in letter.text


def test_a_letter_as_text_has_no_marks_of_html(sent, ada, account, life):
    for name in ABOUT_STORIES:
        letter = sent(name, f"member:{ada.id}", **places(name, life))
        assert not re.search(r"</?\w+[^>]*>|&\w+;", letter.text), name


@pytest.mark.parametrize("name", ABOUT_STORIES)
def test_what_to_do_stands_apart_from_the_words(sent, ada, account, life, name):
    letter = sent(name, f"member:{ada.id}", **places(name, life))
    lines = letter.text.splitlines()

    link = next(i for i, line in enumerate(lines) if line.startswith("http://"))
    assert name == "digest" or lines[link - 2] == ""
    assert "" in (lines[-2], lines[-4])
