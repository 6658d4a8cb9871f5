"""Who is told of what by mail, in their language, until they switch it off; carried by
a real mail server."""

import email
import re
import socket
from dataclasses import replace
from email import policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from stories import discussing, publishing, responding, updating, withdrawing
from stories.discussing import CommentEntry
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Story
from stories.responding import RejoinderEntry, ResponseEntry
from tests.mailbox import Letter
from tests.people import a_voice, an_entry
from web import worker


class Server:
    """Takes every letter."""

    def __init__(self) -> None:
        self.taken: list[Letter] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        parsed = email.message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append(Letter(parsed))
        return "250 OK"


@pytest.fixture
def inbox(app, db, ada, bob, cy, kettles, browser_of):
    """Ada writes, in Italian; Bob speaks for the kettles, in Italian too; both have
    addresses. Gives the new letters to one of them, once the worker has carried all."""
    ada.language = bob.language = "it"
    a_voice(db, bob, kettles)
    for member in (ada, bob, cy):
        browser_of(member)
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    server = Controller(Server(), hostname="127.0.0.1", port=port)
    server.start()
    there = f"smtp://127.0.0.1:{port}"
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], mail_url=there)

    def new(handle: str) -> list[Letter]:
        db.commit()
        worker.drain(app)
        taken = [each for each in server.handler.taken if each.to.startswith(handle)]
        server.handler.taken.clear()
        return taken

    yield new
    server.stop()


@pytest.fixture
def story(db, ada, kettles, inbox) -> Story:
    entry = an_entry(mentions=[{"company": "Kettles & Co", "company_id": kettles.id}])
    story = publishing.publish(db, ada, entry)
    db.commit()
    return story


def off(letter: Letter) -> str:
    """Where a mail program switches such letters off (RFC 8058)."""
    assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    where = str(letter.message["List-Unsubscribe"])
    return re.fullmatch(r"<http://localhost(/l/\S+)>", where)[1]


def test_a_representative_is_told_of_a_new_story(inbox, story):
    (letter,) = inbox("bob")

    assert letter.subject == "Una nuova storia su Kettles & Co"
    assert "I paid in May." in letter.text
    assert letter.link("/stories/").startswith(f"/it/stories/{story.id}")
    assert letter.message["Content-Language"] == "it"


def test_a_representative_is_told_what_the_author_added(inbox, db, ada, story):
    inbox("bob")

    update = updating.add_update(db, ada, story, UpdateEntry(text="They *called*."))

    (letter,) = inbox("bob")
    assert "> They called." in letter.text
    assert letter.link("/stories/").endswith(f"#update-{update.id}")


def test_a_representative_is_told_how_it_ended(inbox, db, ada, story):
    inbox("bob")
    ended = OutcomeEntry(outcome="resolved", text="It came.")

    updating.set_outcome(db, ada, story, ended)

    (letter,) = inbox("bob")
    assert "> It came." in letter.text
    assert "Risolta" in letter.text


def test_what_was_erased_before_the_letter_went_is_not_told(inbox, db, ada, story):
    inbox("bob")
    update = updating.add_update(db, ada, story, UpdateEntry(text="Too much."))

    withdrawing.erase_entry(db, ada, update)

    assert inbox("bob") == []


def test_author_and_representative_are_told_of_each_others_answers(
    inbox, db, ada, bob, kettles, story
):
    inbox("bob")

    entry = ResponseEntry(kind="explain", text="The van was full.")
    answer = responding.respond(db, bob, story, kettles.id, entry)
    (to_author,) = inbox("ada")
    rejoinder = RejoinderEntry(text="Every day?")
    words = responding.rejoin(db, ada, answer, rejoinder)
    (to_company,) = inbox("bob")

    assert to_author.subject == "Kettles & Co ha risposto alla tua storia"
    assert "> The van was full." in to_author.text
    assert to_author.link("/stories/").endswith(f"#response-{answer.id}")
    assert "> Every day?" in to_company.text
    assert to_company.link("/stories/").endswith(f"#rejoinder-{words.id}")


def test_an_author_is_told_of_comments_until_one_click(inbox, client, db, cy, story):
    inbox("ada")
    remark = discussing.comment(db, cy, story, CommentEntry(text="Same here."))
    (letter,) = inbox("ada")
    assert "> Same here." in letter.text
    assert letter.link("/stories/").endswith(f"/comments/{remark.id}")

    answer = client.post(off(letter), data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    db.rollback()
    story = db.scalars(select(Story)).one()
    discussing.comment(db, cy, story, CommentEntry(text="And again."))
    assert inbox("ada") == []
    client.post(f"{off(letter)}/on")
    db.rollback()
    discussing.comment(db, cy, story, CommentEntry(text="And once more."))
    assert len(inbox("ada")) == 1


def test_each_letter_about_a_story_is_switched_off_alone(
    inbox, client, db, ada, bob, kettles, story
):
    (told,) = inbox("bob")

    client.post(off(told))

    db.rollback()
    story = db.scalars(select(Story)).one()
    updating.add_update(db, ada, story, UpdateEntry(text="They called."))
    assert len(inbox("bob")) == 1
    publishing.publish(
        db,
        ada,
        an_entry(
            title="Another",
            mentions=[{"company": "Kettles & Co", "company_id": kettles.id}],
        ),
    )
    assert inbox("bob") == []
