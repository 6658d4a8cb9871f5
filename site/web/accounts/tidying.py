"""Forgetting those who came to the door and did not enter."""

from datetime import timedelta

from sqlalchemy import delete, exists, select

from stories import joining
from stories.models import Comment, Invitation, Representative, now
from web.accounts.models import Account, Address, Silence
from web.db import db

CONFIRM_WITHIN = timedelta(days=3)
"""A day longer than the link in the letter works."""
UNUSED = timedelta(days=30)


def forget() -> None:
    """Forget members who never confirmed, and addresses that nothing needs."""
    _forget_unconfirmed()
    _forget_addresses()


def _forget_unconfirmed() -> None:
    for member in joining.unconfirmed(db, before=now() - CONFIRM_WITHIN):
        db.execute(delete(Account).where(Account.member_id == member.id))
        db.delete(member)
    db.flush()


def _forget_addresses() -> None:
    """Those of guests without a comment; whom we may not write to stay on that list."""
    needed = (
        exists(select(Comment.id).where(Comment.contact == Address.id)),
        exists(select(Representative.id).where(Representative.contact == Address.id)),
        exists(select(Invitation.id).where(Invitation.contact == Address.id)),
        exists(select(Silence.id).where(Silence.whom == "contact:" + Address.id)),
    )
    unused = Address.added_at < now() - UNUSED
    db.execute(
        delete(Address)
        .where(unused, *(~need for need in needed))
        .execution_options(synchronize_session=False)
    )
