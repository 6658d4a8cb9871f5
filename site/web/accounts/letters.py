"""The letters that Flask-Security wants to send, left for the worker.

No link is written down: the worker makes it when it sends the letter, so that the
outbox never holds what opens an account.
"""

from typing import Any

from flask import Response, after_this_request
from flask_security import MailUtil
from flask_security.change_email import _generate_token as address_token
from flask_security.confirmable import generate_confirmation_token
from flask_security.recoverable import generate_reset_password_token

from stories import outbox
from stories.models import Member
from web.accounts import contacts
from web.accounts.models import Account
from web.addresses import absolute, page_url
from web.db import db
from web.i18n import language

CONFIRM = "confirm"
KNOWN = "already_registered"
RESET = "reset"
PASSWORD_CHANGED = "password_changed"  # noqa: S105
CHANGE_ADDRESS = "change_address"
ADDRESS_CHANGED = "address_changed"
SECOND_FACTOR = "second_factor"
DECOY = "decoy"
"""A letter to nobody: what is done for a known address costs as much for others."""

OF_ACCOUNTS = frozenset(
    (
        *(CONFIRM, KNOWN, RESET, PASSWORD_CHANGED),
        *(CHANGE_ADDRESS, ADDRESS_CHANGED, SECOND_FACTOR, DECOY),
    )
)


class Letters(MailUtil):  # type: ignore[misc]
    """Leaves each of Flask-Security's letters in the outbox, by name."""

    def send_mail(
        self, template: str, subject: str, recipient: Any, *args: Any, **more: Any
    ) -> None:
        account: Account = more["user"]
        if template == CHANGE_ADDRESS:
            contact = contacts.contact_for(recipient, language())
            leave(template, f"contact:{contact}", account_id=account.id)
            return
        db.flush()
        leave(template, f"account:{account.id}")


def leave(name: str, to: str, **places: Any) -> None:
    """Leave a letter in the outbox, and keep it even if the view keeps nothing."""
    outbox.letter(db, name, to, **places)
    after_this_request(keep)


def keep(response: Response) -> Response:
    """Commit what a view of Flask-Security's leaves behind."""
    db.commit()
    return response


def shown(letter: str, account: Account, email: str) -> dict[str, Any]:
    """What a letter about an account shows: its link, made now."""
    links = {
        CONFIRM: lambda: confirm_link(account),
        RESET: lambda: reset_link(account),
        KNOWN: lambda: reset_link(account),
        CHANGE_ADDRESS: lambda: address_link(account, email),
    }
    page = "contact" if letter == ADDRESS_CHANGED else "account"
    link = links[letter]() if letter in links else absolute(page_url(page))
    handle = db.get_one(Member, account.member_id).handle
    return {"account": account, "handle": handle, "link": link}


def confirm_link(account: Account) -> str:
    """Where the address of a new account is confirmed."""
    return _link("confirm", generate_confirmation_token(account))


def reset_link(account: Account) -> str:
    """Where a new password is chosen."""
    return _link("reset", generate_reset_password_token(account))


def address_link(account: Account, email: str) -> str:
    """Where a new address is confirmed."""
    return _link("account", "address", address_token(account, email))


def _link(*parts: str) -> str:
    return absolute(page_url(*parts))
