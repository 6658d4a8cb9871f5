"""What a mail server refuses for good puts the role that rests on it under check."""

import socket
from dataclasses import replace

import pytest
from aiosmtpd.controller import Controller

from stories import outbox, permissions
from stories.models import Representative
from stories.models.speaking import Doubt
from tests.people import a_voice, letters
from web import worker
from web.accounts.models import Account, Address


class Refusing:
    """A server that knows some mailboxes no more, and some are full."""

    async def handle_RCPT(self, _server, _session, envelope, address, _more):  # noqa: N802
        if "gone" in address:
            return "550 5.1.1 no such mailbox"
        if "full" in address:
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def server(app):
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    found = Controller(Refusing(), hostname="127.0.0.1", port=port)
    found.start()
    there = f"smtp://127.0.0.1:{port}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=there)
    yield found
    found.stop()


@pytest.fixture
def role(db, bob, kettles, server) -> Representative:
    """Bob speaks for the company, proven by an address at work."""
    voice = a_voice(db, bob, kettles)
    voice.contact, voice.domain = "at-work", "kettles.example"
    own = {"email": "bob@example.org", "fs_uniquifier": "bob"}
    db.add(Account(member_id=bob.id, confirmed_at=bob.joined_at, **own))
    db.commit()
    return voice


def write(app, db, role, email: str, to: str) -> None:
    """A letter goes to Bob's address at work."""
    db.add(Address(id="at-work", email=email))
    outbox.letter(db, "claim_prove", to, representative_id=role.id)
    db.commit()
    worker.drain(app)
    db.rollback()
    db.expire_all()


@pytest.mark.parametrize(
    ("email", "doubt"),
    [
        ("gone@kettles.example", Doubt.MAIL_BOUNCED),
        ("full@kettles.example", None),
        ("bob@kettles.example", None),
    ],
)
def test_an_address_at_work_that_is_gone_is_seen(app, db, role, email, doubt):
    write(app, db, role, email, "contact:at-work")

    assert role.doubt == doubt


def test_who_is_under_check_speaks_no_more_and_is_told(
    app, db, bob, kettles, role, browser_of
):
    write(app, db, role, "gone@kettles.example", "contact:at-work")

    assert permissions.representative(db, bob, kettles.id) is None
    assert permissions.is_told(db, kettles)
    assert not letters(db, "role_doubted")  # it has been sent


def test_a_private_address_that_is_gone_says_nothing_about_the_company(
    app, db, bob, role
):
    account = db.query(Account).one()
    account.email = "gone@example.org"

    write(app, db, role, "bob@kettles.example", f"member:{bob.id}")

    assert role.doubt is None


def test_an_own_address_at_the_company_that_is_gone_says_something(app, db, bob, role):
    account = db.query(Account).one()
    account.email = "gone@kettles.example"

    write(app, db, role, "bob@kettles.example", f"member:{bob.id}")

    assert role.doubt == Doubt.MAIL_BOUNCED
