"""Letters: sent when the worker comes to them, in the recipient's language."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g

from stories.models import Errand
from web import i18n
from web.mail import bouncing, carrying, returning
from web.mail.composing import written
from web.mail.recipients import is_unwanted, recipient_of


def deliver(errand: Errand) -> None:
    """Send the letter that an errand asks for; twice is the same letter, not two.

    Raises Undeliverable where the mail server does not take it now.
    """
    details = errand.details
    letter, to = details["name"], details["to"]
    try:
        send(letter, to, details["places"], str(details["letter_id"]))
    except carrying.Refused:
        bouncing.bounced(to)
        raise


def send(letter: str, to: str, places: dict[str, Any], letter_id: str) -> None:
    """Send a letter, unless its recipient is gone or has switched it off, or what it
    tells of is there no longer."""
    recipient = recipient_of(to)
    if recipient is None or is_unwanted(recipient, letter):
        return
    with i18n.speaking(recipient.language):
        g.time_zone = recipient.time_zone
        message = written(letter, recipient, places)
    if message is not None:
        message["Message-ID"] = f"<{letter}-{letter_id}@{_host()}>"
        settings, seal = current_app.config["SETTINGS"], returning.sealed(recipient)
        message[returning.HEADER] = seal
        carrying.carry(settings, message, returning.path(settings, seal))


def _host() -> str:
    return urlsplit(current_app.config["SETTINGS"].address).hostname or "localhost"
