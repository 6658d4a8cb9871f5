"""Letters that a mail server will never take: their address is marked, and who rests
on it is in doubt."""

from enum import StrEnum

from stories.models import now
from stories.representing import lasting
from web.accounts import contacts
from web.accounts.models import Address
from web.db import db, writing
from web.mail import reports, returning
from web.mail.recipients import Recipient, recipient_of


class Finding(StrEnum):
    """What a mail was that came back, in words for the operator."""

    NO_REPORT = "This is no report about a letter."
    NOT_OURS = "Refused: this reports no letter of ours, or not in time."
    NOT_GONE = "The address is good; it did not take this letter."
    MARKED = "The address is marked: letters come back from it."


def returned(raw: bytes) -> Finding:
    """A mail has come to the address that letters come back to."""
    report = reports.read(raw, returning.HEADER)
    if report is None:
        return Finding.NO_REPORT
    recipient = returning.meant(report.words)
    if recipient is None:
        return Finding.NOT_OURS
    if not report.gone:
        return Finding.NOT_GONE
    bounced(recipient.whom)
    return Finding.MARKED


def bounced(to: str) -> None:
    """The mail server refused the address of `to` (as in the outbox) for good."""
    with writing():
        recipient = recipient_of(to)
        if recipient is not None:
            _mark(recipient)
            _doubt(recipient)


def _mark(recipient: Recipient) -> None:
    _, _, number = recipient.whom.partition(":")
    marked = recipient.account or db.get_one(Address, number)
    marked.bounced_at = marked.bounced_at or now()


def _doubt(recipient: Recipient) -> None:
    kind, _, number = recipient.whom.partition(":")
    if kind == "contact":
        lasting.bounced(db, number)
    else:
        domain = contacts.domain_of(recipient.email)
        lasting.bounced_at(db, int(number), domain)
