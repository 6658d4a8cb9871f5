"""Accounts as Flask-Security stores and finds them."""

import uuid
from typing import Any, cast

from flask import g
from flask_security import SQLAlchemySessionUserDatastore
from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm.attributes import set_committed_value

from stories import joining, permissions
from stories.entries.member import JoinEntry
from stories.models import Member
from web.accounts.models import Account, Silence
from web.db import db, lock


class People(SQLAlchemySessionUserDatastore):  # type: ignore[misc]
    """Flask-Security's datastore; a new account brings its member along."""

    def __init__(self) -> None:
        super().__init__(cast("Any", db), Account, None)

    def find_user(self, case_insensitive: bool = False, **by: Any) -> Account | None:  # noqa: FBT001, FBT002 - Flask-Security's
        """As Flask-Security finds them; whose session it is comes with the member."""
        if set(by) != {"fs_uniquifier"}:
            found: Account | None = super().find_user(case_insensitive, **by)
            return found
        row = db.execute(SIGNED_IN, by).first()
        if row is None:
            return None
        set_committed_value(row[0], "member", row[1])  # keeps it in the session
        g.has_desk = row[2]
        return row[0]

    def create_user(self, **details: Any) -> Account:
        """Add a member and their account, in one transaction.

        Raises Invalid where somebody has taken the handle meanwhile.
        """
        entry: JoinEntry = details.pop("joins")
        lock()
        member = joining.join(db, entry)
        return add(member, **details)


SIGNED_IN = (
    select(Account, Member, permissions.has_desk())
    .join(Member, Member.id == Account.member_id)
    .where(Account.fs_uniquifier == bindparam("fs_uniquifier"))
)
"""All in one statement, for every page of a signed-in reader asks for all."""


def add(member: Member, **details: Any) -> Account:
    """Give a member an account."""
    details.setdefault("fs_uniquifier", uuid.uuid4().hex)
    account = Account(member_id=member.id, active=True, **details)
    db.add(account)
    return account


def account_of(member: Member) -> Account | None:
    """The account of a member; imported ones have none."""
    found = db.query(Account).filter_by(member_id=member.id)
    return found.one_or_none()


def forget(account: Account) -> None:
    """Remove the account, its address and what its owner wanted of letters."""
    db.execute(delete(Silence).where(Silence.whom == f"member:{account.member_id}"))
    db.delete(account)


def sign_out_everywhere(account: Account) -> None:
    """End every session of the account, on all devices."""
    account.fs_uniquifier = uuid.uuid4().hex
