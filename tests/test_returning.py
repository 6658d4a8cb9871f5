"""Letters that come back later, as a mail server reports it (RFC 3464)."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from stories import outbox, permissions
from stories.models import Representative, now
from stories.models.base import played
from stories.models.speaking import Doubt
from stories.settings import BadSetting, read_settings
from tests.people import a_voice, letters
from web import worker
from web.accounts import contacts
from web.accounts.models import Account, Address
from web.cli.bounces import bounces
from web.mail import reports, returning

OURS = "bounces@stories.example"
MARKED = "The address is marked"
REFUSED = "Refused"
GOOD_STILL = "The address is good"
NO_REPORT = "This is no report"
AT_WORK = "0" * 32


class Taking:
    """A server that takes everything, and keeps it with its envelope."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, bytes]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.taken.append((envelope.mail_from, envelope.content))
        return "250 OK"


@pytest.fixture
def server(app):
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    taking = Taking()
    found = Controller(taking, hostname="127.0.0.1", port=port)
    found.start()
    there = f"smtp://127.0.0.1:{port}"
    settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(settings, mail_url=there, mail_bounces=OURS)
    yield taking
    found.stop()


@pytest.fixture
def role(db, bob, kettles, server) -> Representative:
    """Bob speaks for the company, proven by an address at work."""
    voice = a_voice(db, bob, kettles)
    voice.contact, voice.domain = AT_WORK, "kettles.example"
    own = {"email": "bob@example.org", "fs_uniquifier": "bob"}
    db.add(Account(member_id=bob.id, confirmed_at=bob.joined_at, **own))
    db.add(Address(id=AT_WORK, email="bob@kettles.example"))
    db.commit()
    return voice


@pytest.fixture
def sent(app, db, role, server) -> tuple[str, bytes]:
    """A letter that has gone to Bob at work: its return path, and what it is."""
    outbox.letter(db, "claim_prove", f"contact:{AT_WORK}", representative_id=role.id)
    db.commit()
    worker.drain(app)
    (taken,) = server.taken
    db.rollback()
    return taken


@pytest.fixture
def read(app, db):
    """What the command says about a mail that it is given."""

    def run(mail: bytes) -> str:
        result = app.test_cli_runner().invoke(bounces, input=mail)
        assert result.exit_code == 0, result.output
        db.rollback()
        db.expire_all()
        return result.output

    return run


def a_report(
    to: str, letter: bytes = b"", action: str = "failed", status: str = "5.1.1"
) -> bytes:
    """What Postfix writes when nobody takes a letter."""
    quoted = b"--=_=\r\nContent-Type: message/rfc822\r\n\r\n" + letter + b"\r\n"
    return (
        (
            "From: MAILER-DAEMON@mx.kettles.example\r\n"
            f"To: {to}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/report;"
            ' report-type=delivery-status; boundary="=_="\r\n\r\n'
            "--=_=\r\n\r\nYour letter could not be delivered.\r\n"
            "--=_=\r\nContent-Type: message/delivery-status\r\n\r\n"
            "Reporting-MTA: dns; mx.kettles.example\r\n\r\n"
            "Final-Recipient: rfc822; bob@kettles.example\r\n"
            f"Action: {action}\r\nStatus: {status}\r\n\r\n"
        ).encode()
        + (quoted if letter else b"")
        + b"--=_=--\r\n"
    )


def test_each_letter_leaves_with_a_return_path_of_its_own(sent):
    back, letter = sent

    assert back.startswith(f"bounces+c{AT_WORK}-")
    assert back.endswith("@stories.example")
    assert len(back.partition("@")[0]) <= 64
    assert b"From: Earshot <earshot@localhost>" in letter


def test_a_report_marks_the_address_and_puts_the_role_under_check(
    db, bob, kettles, role, sent, read
):
    back, _letter = sent

    assert read(a_report(back)).startswith(MARKED)

    assert role.doubt == Doubt.MAIL_BOUNCED
    assert db.get_one(Address, AT_WORK).bounced_at is not None
    assert permissions.representative(db, bob, kettles.id) is None
    assert letters(db, "role_doubted") == [f"member:{bob.id}"]


def test_the_same_report_twice_does_no_more(db, role, sent, read):
    read(a_report(sent[0]))
    before = role.doubted_at

    read(a_report(sent[0]))

    assert role.doubted_at == before
    assert len(letters(db, "role_doubted")) == 1


def test_a_letter_that_the_report_quotes_tells_whose_it_was(role, sent, read):
    _back, letter = sent

    assert read(a_report("earshot@stories.example", letter)).startswith(MARKED)

    assert role.doubt == Doubt.MAIL_BOUNCED


def test_the_head_of_the_letter_is_enough(role, sent, read):
    head = sent[1].partition(b"\r\n\r\n")[0] + b"\r\n"
    report = a_report("earshot@stories.example", head)
    report = report.replace(b"message/rfc822", b"text/rfc822-headers")

    assert read(report).startswith(MARKED)


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("failed", "5.2.2"),  # the mailbox is full
        ("failed", "5.7.1"),  # no such mail is wanted
        ("failed", "4.4.7"),  # the server was away
        ("delayed", "4.4.1"),
        ("delivered", "2.0.0"),
        ("relayed", "5.1.1"),
        ("failed", "nonsense"),
    ],
)
def test_trouble_that_is_not_the_addresss_changes_nothing(
    role, sent, read, action, status
):
    report = a_report(sent[0], action=action, status=status)

    assert read(report).startswith(GOOD_STILL)
    assert role.doubt is None


def forged(back: str) -> list[str]:
    """Return paths that somebody made from one that they have seen."""
    words, seal = back.partition("@")[0][:-12], back.partition("@")[0][-12:]
    return [
        "bounces@stories.example",
        f"{words}{'a' * 12}@stories.example",
        f"{words}{seal[:-1]}@stories.example",
        back.replace(f"c{AT_WORK}", "m1"),
        back.replace(f"c{AT_WORK}", f"c{'1' * 32}"),
        back.replace(f"c{AT_WORK}", "m" + "9" * 30),
        back.replace(f"c{AT_WORK}-{words[-4:]}", f"c{AT_WORK}-ffff"),
        back.replace(f"c{AT_WORK}-{words[-4:]}", f"c{AT_WORK}-0000"),
    ]


def test_forged_reports_are_refused(role, sent, read):
    for back in forged(sent[0]):
        assert read(a_report(back)).startswith(REFUSED), back

    assert role.doubt is None


def test_a_report_that_comes_too_late_is_refused(role, sent, read):
    with played(now() + timedelta(days=returning.GOOD + 1)):
        assert read(a_report(sent[0])).startswith(REFUSED)

    assert role.doubt is None


def test_a_report_about_an_address_that_was_given_up_is_refused(db, sent, read):
    db.get_one(Address, AT_WORK).email = "robert@kettles.example"
    db.commit()

    assert read(a_report(sent[0])).startswith(REFUSED)


def test_a_key_that_was_changed_is_still_understood(app, role, sent, read):
    old = app.config["SECRET_KEY"]
    app.config.update(SECRET_KEY="n" * 40, SECRET_KEY_FALLBACKS=[old])

    assert read(a_report(sent[0])).startswith(MARKED)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\0\xff" * 500,
        b"Subject: I am on holiday\r\n\r\nBack on Monday.",
        b"Content-Type: multipart/report; report-type=delivery-status\r\n\r\n",
        b"Content-Type: multipart/report; report-type*=x''%ff\r\n\r\n",
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
            for n in range(3000)
        ),
    ],
)
def test_mail_that_is_no_report_is_left_alone(read, mail):
    assert read(mail).startswith((NO_REPORT, REFUSED))


REPORT = a_report("bounces@stories.example", b"X-Earshot-Return: m1\r\n\r\nHello")


@given(st.integers(0, len(REPORT)), st.binary(max_size=40), st.integers(0, 60))
def test_whatever_is_sent_is_read_in_peace(place, junk, left_out):
    mail = REPORT[:place] + junk + REPORT[place + left_out :]

    report = reports.read(mail, returning.HEADER)

    assert report is None or isinstance(report.gone, bool)


# What an address is marked for ------------------------------------------------------


@pytest.fixture
def marked(db, ada) -> Account:
    """Ada, whose letters come back."""
    own = {"email": "ada@example.org", "fs_uniquifier": "ada"}
    found = Account(member_id=ada.id, confirmed_at=ada.joined_at, **own)
    found.bounced_at = now()
    db.add(found)
    db.commit()
    return found


def test_an_address_from_which_letters_come_back_gets_those_that_are_owed(
    app, db, ada, kettles, marked
):
    role = a_voice(db, ada, kettles)
    for letter in ("story_told", "role_reminder"):
        to = f"member:{ada.id}"
        outbox.letter(db, letter, to, representative_id=role.id, company_id=kettles.id)
    db.commit()
    worker.drain(app)

    (written,) = (app.config["SETTINGS"].data / "mail").glob("*.eml")
    assert written.name.startswith("role_reminder")


def test_another_address_is_not_marked(db, marked):
    marked.email = "ada@new.example"
    db.commit()

    assert marked.bounced_at is None


def test_an_address_that_somebody_has_confirmed_works(app, db):
    db.add(Address(id=AT_WORK, email="bob@kettles.example", bounced_at=now()))
    db.commit()

    with app.app_context():
        contacts.confirm(AT_WORK)
        assert contacts.find(AT_WORK).bounced_at is None


def test_its_owner_reads_it_in_the_settings_and_says_that_it_works(db, ada, browser_of):
    browser = browser_of(ada)
    account = db.query(Account).one()
    account.bounced_at = now()
    db.commit()

    assert "come back" in browser.get("/en/account").text
    browser.post("/en/account/letters/again")

    assert "come back." not in browser.get("/en/account").text


@pytest.mark.parametrize(
    "address", ["bounces", "@stories.example", "a-very-long-name@x.example", "a@b@c"]
)
def test_an_address_for_reports_that_has_no_room_is_refused(address):
    with pytest.raises(BadSetting, match="EARSHOT_MAIL_BOUNCES"):
        read_settings({"EARSHOT_MAIL_BOUNCES": address})
