"""Addresses of people without an account: guests, and representatives at work.

The domain knows only their opaque ids.
"""

import uuid
from datetime import timedelta
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from flask_login import current_user
from pydantic import AfterValidator, Field
from sqlalchemy import func, select

from stories.entries import CLEAN, Entry
from stories.models import now
from stories.problems import Invalid, Missing, Problem
from web.accounts.models import Address
from web.db import db
from web.signing import sign, signed

LINK_WORKS = timedelta(days=14)
MOST_EMAIL = 254


def _email(typed: str) -> str:
    try:
        return validate_email(typed, check_deliverability=False).normalized
    except EmailNotValidError as error:
        like = Problem("An address looks like name@example.org.")
        raise Invalid(like) from error


Email = Annotated[str, Field(max_length=MOST_EMAIL), CLEAN, AfterValidator(_email)]


class ContactEntry(Entry):
    """Where somebody without an account reads their mail."""

    email: Email


def domain_of(email: str) -> str:
    """The domain of a mail address that was checked before, in ASCII, as companies'
    domains are kept."""
    domain = email.rpartition("@")[2]
    if domain.isascii():
        return domain.lower()
    return str(validate_email(email, check_deliverability=False).ascii_domain)


def domain_of_visitor() -> str:
    """The domain of the signed-in member's own address; "" for others."""
    signed_in = current_user.is_authenticated
    return domain_of(current_user.email) if signed_in else ""


def known(email: str) -> str | None:
    """The id of a mail address, if it was written down."""
    same = select(Address.id).where(func.lower(Address.email) == email.lower())
    return db.scalar(same.limit(1))


def contact_for(email: str, language: str) -> str:
    """The id of a mail address, which is written down if it is new."""
    same = select(Address).where(func.lower(Address.email) == email.lower())
    known = db.scalar(same.limit(1))
    if known:
        known.language = language
        return known.id
    added = Address(id=uuid.uuid4().hex, email=email, language=language)
    db.add(added)
    db.flush()
    return added.id


def find(contact: str) -> Address:
    """The address behind a contact; raises Missing where it was forgotten."""
    found = db.get(Address, contact)
    if found is None:
        raise Missing
    return found


def is_confirmed(contact: str) -> bool:
    """Whether somebody who reads mail at this address has said so."""
    return find(contact).confirmed_at is not None


def confirm(contact: str) -> None:
    """Somebody has answered the letter that went to this address."""
    found = find(contact)
    found.bounced_at = None
    if found.confirmed_at is None:
        found.confirmed_at = now()


def token(contact: str, purpose: str) -> str:
    """What a link in a letter to this address carries; it proves that it was read."""
    return sign(f"contact {purpose}", contact)


def bearer(token: str, purpose: str, within: timedelta = LINK_WORKS) -> str:
    """The contact whose letter held the token.

    Raises Missing for a token that is not ours, or too old.
    """
    return str(signed(f"contact {purpose}", token, within))
