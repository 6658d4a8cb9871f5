"""How a letter is written: its headers, its text, and the same as HTML."""

import re
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from email_validator import validate_email
from flask import current_app, render_template

from stories.models import Member, now
from stories.reading import letters as reading
from stories.reading import titles
from stories.reading.letters import Told
from web import i18n
from web.accounts import letters, silence
from web.accounts.models import Account
from web.addresses import absolute, unfollow_url
from web.db import db
from web.mail import gathering, plain
from web.mail.leading import link
from web.mail.recipients import Recipient
from web.signing import sign


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
    message["Auto-Submitted"] = "auto-generated"
    if shown["off"]:
        message["List-Unsubscribe"] = f"<{shown['off']}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = _rendered(letter, "subject.txt", shown, _=i18n.gettext)
    message.set_raw("Subject", plain.encoded(" ".join(subject.split())))
    text = _rendered(letter, "body.txt", shown, **PLAIN)
    message.set_content(_tidied(text), cte="quoted-printable")
    html = _rendered(letter, "body.html", shown)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = i18n.language()  # content takes such headers away
    return message


OF_TRANSLATIONS = ("translated", "translation_outdated", "translation_held")
"""These name the original."""
PLAIN = {
    "quoted": plain.quoted,
    "_": plain.gettext,
    "ngettext": i18n.ngettext,
    "pgettext": i18n.pgettext,
}
"""For the text of a letter, which is no HTML: the same words, not escaped."""


def _shown(
    letter: str, recipient: Recipient, places: dict[str, Any]
) -> dict[str, Any] | None:
    shared = {"recipient": recipient, "site": absolute("/"), "off": ""}
    if letter in letters.OF_ACCOUNTS:
        account = recipient.account or db.get(Account, places.get("account_id", 0))
        if account is None:
            return None
        return {**shared, **letters.shown(letter, account, recipient.email)}
    told = _told(letter, recipient, places)
    if told is None:
        return None
    retitled = _retitled(letter, recipient, told)
    shown = {"told": retitled, "off": _off(recipient, letter, told)}
    return {**shared, **shown, "link": absolute(link(letter, told, recipient))}


def _told(letter: str, recipient: Recipient, places: dict[str, Any]) -> Told | None:
    if letter == "digest" and recipient.account:
        return gathering.told(recipient.account.member_id, places)
    return reading.told(db, letter, places)


def _retitled(letter: str, recipient: Recipient, told: Told) -> Told:
    """With titles in the reader's languages."""
    if letter in OF_TRANSLATIONS:
        return told
    account = recipient.account
    member = db.get(Member, account.member_id) if account else None
    wanted = (i18n.language(), *(member.reads if member else ()))
    return titles.retitled(db, told, member.id if member else None, wanted)


def _off(recipient: Recipient, letter: str, told: Told) -> str:
    """Where such letters are switched off: all of them, for who is no member; what
    follows one thing is switched off alone."""
    if told.kept:
        return absolute(unfollow_url(sign(silence.UNFOLLOW, told.kept.follow.id)))
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
