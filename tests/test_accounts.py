"""Joining, confirming, signing in and out."""

import email
import re
from email import policy
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from stories import outbox
from stories.models import Member
from stories.models.codes import Standing
from web import mail

PASSWORD = "a sentence that nobody guesses"
ADA = {
    "email": "ada@example.org",
    "handle": "Ada",
    "display_name": "Ada L.",
    "password": PASSWORD,
}


def register(client: FlaskClient, **changes: str):
    return client.post("/en/register", data={**ADA, **changes})


@pytest.fixture
def post(app: Flask, settings):
    """What the worker has sent since: the letters' texts, oldest first."""

    def carry() -> list[str]:
        with app.app_context():
            waiting = outbox.claim(mail.db, ("letter",))
            for errand in waiting:
                mail.deliver(errand)
            outbox.done(mail.db, waiting)
            mail.db.commit()
        folder = settings.data / "mail"
        letters = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime)
        return [read(path) for path in letters]

    return carry


def read(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",)).get_content()
    return f"{message['To']}\n{message['Subject']}\n\n{text}"


def link(letter: str, page: str) -> str:
    return re.search(rf"http://localhost(/\w\w/{page}/\S+)", letter)[1]


def sign_in(client: FlaskClient, password: str = PASSWORD, email: str = ADA["email"]):
    return client.post("/en/sign-in", data={"email": email, "password": password})


def test_from_the_form_to_ones_own_page(client, post):
    register(client)
    client.post(link(post()[0], "confirm"))

    page = client.get("/en/members/Ada")

    assert page.status_code == 200
    assert "Ada L." in page.text


def test_nobody_sees_who_has_not_confirmed(client):
    register(client)

    assert client.get("/en/members/Ada").status_code == 404


def test_opening_the_link_confirms_nothing(client, post, db):
    register(client)

    page = client.get(link(post()[0], "confirm"))

    assert "Confirm my address" in page.text
    assert db.scalar(select(Member)).standing == Standing.UNCONFIRMED
