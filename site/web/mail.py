"""Letters: for whom, in which language, with which words, and when rather not."""

import re
from dataclasses import dataclass
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from email_validator import validate_email
from flask import current_app, g, render_template
from sqlalchemy import select

from stories.models import Errand, Member, now
from stories.reading import letters as reading
from web import i18n, posting
from web.accounts import letters, silence
from web.accounts.models import Account, Address
from web.addresses import absolute
from web.db import db


@dataclass(frozen=True)
class Recipient:
    """Who gets a letter: `whom` as in the outbox, and how to write to them."""

    whom: str
    name: str
    email: str
    language: str
    time_zone: str = "UTC"
    account: Account | None = None


def deliver(errand: Errand) -> None:
    """Send the letter that an errand asks for; twice is the same letter, not two.

    Raises Undeliverable where the mail server does not take it now.
    """
    details = errand.details
    send(details["name"], details["to"], details["places"], str(details["letter_id"]))


def send(letter: str, to: str, places: dict[str, Any], letter_id: str) -> None:
    """Send a letter, unless its recipient is gone or has switched it off, or what it
    tells of is there no longer."""
    recipient = recipient_of(to)
    if recipient is None or is_unwanted(recipient.whom, letter):
        return
    with i18n.speaking(recipient.language):
        g.time_zone = recipient.time_zone
        message = written(letter, recipient, places)
    if message is not None:
        message["Message-ID"] = f"<{letter}-{letter_id}@{_host()}>"
        posting.carry(current_app.config["SETTINGS"], message)


def recipient_of(to: str) -> Recipient | None:
    """Whom the outbox means; None for who has left, or never had an address."""
    kind, _, number = to.partition(":")
    if kind == "contact":
        return _guest(db.get(Address, number))
    if kind == "account":
        return _member(db.get(Account, int(number)))
    if kind == "member":
        member_id = int(number)
        own = select(Account).where(
            Account.member_id == member_id, Account.confirmed_at.is_not(None)
        )
        return _member(db.scalar(own))
    return None


def _guest(address: Address | None) -> Recipient | None:
    if address is None:
        return None
    whom = f"contact:{address.id}"
    return Recipient(whom, "", address.email, address.language)


def _member(account: Account | None) -> Recipient | None:
    if account is None:
        return None
    member = db.get_one(Member, account.member_id)
    return Recipient(
        f"member:{member.id}",
        member.display_name,
        account.email,
        member.language,
        member.time_zone,
        account,
    )


def is_unwanted(whom: str, letter: str) -> bool:
    """Whether the recipient has switched such letters off, as far as one can."""
    owed = letter in letters.OF_ACCOUNTS or letter in silence.OWED
    return not owed and silence.is_silenced(whom, letter)


def written(
    letter: str, recipient: Recipient, places: dict[str, Any]
) -> EmailMessage | None:
    """The letter in the present language, but for what makes it unique."""
    shown = _shown(letter, recipient, places)
    if shown is None:
        return None
    message = EmailMessage()
    message["From"] = current_app.config["SETTINGS"].mail_from
    message["To"] = _mailbox(recipient.email)
    message["Date"] = format_datetime(now())
    message["Content-Language"] = i18n.language()
    message["Auto-Submitted"] = "auto-generated"
    if shown["off"]:
        message["List-Unsubscribe"] = f"<{shown['off']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = _rendered(letter, "subject.txt", shown, _=i18n.gettext)
    message["Subject"] = " ".join(subject.split())
    plain = _rendered(letter, "body.txt", shown, **PLAIN)
    message.set_content(_tidied(plain), cte="quoted-printable")
    html = _rendered(letter, "body.html", shown)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


PLAIN = {"_": i18n.gettext, "ngettext": i18n.ngettext, "pgettext": i18n.pgettext}
"""For the text of a letter, which is no HTML: the same words, not escaped."""


def _shown(
    letter: str, recipient: Recipient, places: dict[str, Any]
) -> dict[str, Any] | None:
    shared = {
        "recipient": recipient,
        "letter": letter,
        "site": absolute("/"),
        "off": "",
    }
    if letter in letters.OF_ACCOUNTS:
        account = recipient.account or db.get(Account, places.get("account_id", 0))
        if account is None:
            return None
        return {**shared, **letters.shown(letter, account, recipient.email)}
    told = reading.told(db, letter, places)
    if told is None:
        return None
    return {**shared, "off": _off(recipient, letter), "told": told}


def _off(recipient: Recipient, letter: str) -> str:
    """Where such letters are switched off: all of them, for who is no member."""
    if letter in silence.OWED:
        return ""
    which = silence.ALL if recipient.account is None else letter
    return absolute(f"/l/{silence.off_token(recipient.whom, which)}")


def _rendered(letter: str, part: str, shown: dict[str, Any], **more: Any) -> str:
    return render_template(f"mail/{letter}/{part}", **shown, **more)


def _tidied(words: str) -> str:
    """One empty line where blocks have left several."""
    return re.sub(r"\n\s*\n", "\n\n", words).strip() + "\n"


def _mailbox(email: str) -> Mailbox:
    """An address in ASCII, as every mail server takes it."""
    ascii_form = validate_email(email, check_deliverability=False).ascii_email
    return Mailbox(addr_spec=ascii_form or email)


def _host() -> str:
    return urlsplit(current_app.config["SETTINGS"].address).hostname or "localhost"
