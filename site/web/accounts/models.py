"""Accounts: how a member signs in. The domain never sees these tables."""

from datetime import datetime

from flask_security.core import RoleMixin, UserMixin
from sqlalchemy import JSON, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now

account_role = Table(
    "account_role",
    Base.metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(Numbered, RoleMixin, Base):
    """Flask-Security asks for roles; rights are the domain's matter."""

    __tablename__ = "role"

    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]
    permissions: Mapped[list[str] | None] = mapped_column(JSON)


class Account(Numbered, UserMixin, Base):
    """An address and a password, a second factor, and the member they belong to."""

    __tablename__ = "account"

    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), unique=True)
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    create_datetime: Mapped[datetime] = mapped_column(default=now)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    draft_key: Mapped[str | None]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary=account_role, lazy="selectin"
    )


class Address(Base):
    """A confirmed or unconfirmed mail address of somebody without an account: a
    guest who comments, a representative's work address. The domain sees its `id`."""

    __tablename__ = "address"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(default="en")
    added_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]


class Silence(Numbered, Base):
    """A kind of letter that somebody has switched off; `whom` as in the outbox."""

    __tablename__ = "silence"
    __table_args__ = (UniqueConstraint("whom", "letter"),)

    whom: Mapped[str]
    letter: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
