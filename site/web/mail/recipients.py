"""For whom a letter is, and whether they want it."""

from dataclasses import dataclass

from sqlalchemy import select

from stories.models import Member
from web.accounts import letters, silence
from web.accounts.models import Account, Address
from web.db import db


@dataclass(frozen=True)
class Recipient:
    """Who gets a letter: `whom` as in the outbox, how to write to them, and whether
    letters come back from there."""

    whom: str
    name: str
    email: str
    language: str
    time_zone: str = "UTC"
    account: Account | None = None
    bounces: bool = False


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
    bounces = address.bounced_at is not None
    return Recipient(whom, "", address.email, address.language, bounces=bounces)


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
        account.bounced_at is not None,
    )


def is_unwanted(recipient: Recipient, letter: str) -> bool:
    """Whether the recipient has switched such letters off, as far as one can, or they
    only come back: then just what cannot be chosen goes out."""
    if letter in letters.OF_ACCOUNTS or letter in silence.OWED:
        return False
    if recipient.bounces and letter in silence.OPTIONAL:
        return True
    return silence.is_silenced(recipient.whom, letter)
