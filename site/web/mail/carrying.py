"""Carrying letters: to a mail server, or into files in the data folder."""

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import click

from stories.outbox import Hopeless
from stories.settings import Settings, loopback
from web.mail.reports import FOR_GOOD

TIMEOUT = 30
LINK = re.compile(r"https?://\S+")


GONE = (550, 551, 553)
"""What a server says of a recipient that is none (RFC 5321, 4.2.3)."""
STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class Undeliverable(Exception):
    """A letter that could not be carried; says why, but not to whom."""


class Refused(Undeliverable, Hopeless):
    """A letter whose recipient the mail server will never take."""


def carry(settings: Settings, message: EmailMessage, back: str = "") -> None:
    """Hand a letter over; raises Undeliverable where nobody takes it.

    `back` is where a mail server reports later that it could not deliver it; to the
    sender where there is none.
    """
    if not settings.mail_url:
        _write(settings.data / "mail", message)
        return
    try:
        _send(urlsplit(settings.mail_url), message, back)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(list(error.recipients.values())) from None
    except smtplib.SMTPResponseException as error:
        raise Undeliverable(f"The mail server answered {error.smtp_code}.") from None
    except (OSError, smtplib.SMTPException) as error:
        raise Undeliverable(
            f"The mail server failed: {type(error).__name__}."
        ) from None


def _refused(replies: list[tuple[int, bytes]]) -> Undeliverable:
    codes = ", ".join(str(code) for code, _ in replies)
    words = f"The recipient was refused ({codes})."
    for_good = all(_is_gone(code, reply) for code, reply in replies)
    return Refused(words) if for_good else Undeliverable(words)


def _is_gone(code: int, reply: bytes) -> bool:
    """Whether the address is wrong or gone, and not our own mail in trouble."""
    said = STATUS.search(reply.decode("ascii", "replace"))
    return FOR_GOOD.match(said[0]) is not None if said else code in GONE


def _send(server: SplitResult, message: EmailMessage, back: str) -> None:
    host = server.hostname or "localhost"
    with _open(server, host) as connection:
        if server.scheme != "smtps" and connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif server.scheme != "smtps" and server.username and not loopback(host):
            raise Undeliverable("The mail server offers no TLS for the password.")
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(message, from_addr=back or None)


def _open(server: SplitResult, host: str) -> smtplib.SMTP:
    if server.scheme == "smtps":
        safe = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT, context=safe)
    connection = smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT)
    connection.ehlo()
    return connection


def _write(folder: Path, message: EmailMessage) -> None:
    """One file per letter; the same letter twice is the same file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.-]+", "-", str(message["Message-ID"]).strip("<>"))
    path = folder / f"{name}.eml"
    path.touch(mode=0o600)
    path.write_bytes(message.as_bytes(policy=SMTP))
    body = message.get_body(("plain",))
    words = body.get_content() if body else ""
    for link in LINK.findall(words)[:1]:
        click.echo(f"In a letter: {link}", err=True)  # no log line: it opens doors
