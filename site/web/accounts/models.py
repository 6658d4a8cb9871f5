"""Accounts: how a member signs in. The domain never sees these tables."""

from datetime import datetime
from typing import Any, ClassVar

from flask_security.core import UserMixin
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from stories.models import Member
from stories.models.base import Base, Numbered, now


class Account(Numbered, UserMixin, Base):  # type: ignore[misc]
    """An address and a password, a second factor, and the member they belong to.

    `fs_uniquifier` is what sessions carry: a new one signs out everywhere. `draft_key`
    is what its owner wrote before registering, adopted when they first arrive;
    `bounced_at` is since when letters come back.
    """

    __tablename__ = "account"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), unique=True)
    email: Mapped[str]
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    create_datetime: Mapped[datetime] = mapped_column(default=now)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    tf_last_counter: Mapped[int | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(JSON())  # codes are taken out one by one
    )
    draft_key: Mapped[str | None]
    bounced_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="raise")

    roles: ClassVar[list[Any]] = []
    """Flask-Security asks for roles; rights are the domain's matter."""

    @validates("email")
    def _is_new(self, _name: str, email: str) -> str:
        """Of another address nobody knows that letters come back."""
        self.bounced_at = None
        return email

    @property
    def has_second_factor(self) -> bool:
        """Whether signing in asks for a code of an authenticator."""
        return bool(self.tf_primary_method and self.tf_totp_secret)


Index("uq_account_email", func.lower(Account.email), unique=True)


class Address(Base):
    """A confirmed or unconfirmed mail address of somebody without an account: a
    guest who comments, a representative's work address. The domain sees its `id`."""

    __tablename__ = "address"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(default="en")
    added_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    bounced_at: Mapped[datetime | None]


class Silence(Numbered, Base):
    """A kind of letter that somebody has switched off; `whom` as in the outbox."""

    __tablename__ = "silence"
    __table_args__ = (UniqueConstraint("whom", "letter"),)

    whom: Mapped[str]
    letter: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
