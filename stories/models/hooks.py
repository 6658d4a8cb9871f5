"""What is sent to a company's programs, and what became of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now


class Webhook(Numbered, Base):
    """An address of a company to which what happens is sent, and the secret that signs
    it, sealed. The secrets before, in one line, sign beside it until `old_until`.

    Since `known_since` somebody may know the secret who is not in the team any more.
    `failing_since` is when it began to fail; `ended_at` when it was given up.
    """

    __tablename__ = "webhook"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    address: Mapped[str]
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    known_since: Mapped[datetime | None]
    made_at: Mapped[datetime] = mapped_column(default=now)
    failing_since: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Delivery(Numbered, Base):
    """One thing that is sent to one address: its tries, and how the last one ended.

    `places` are numbers only: what is sent tells where to look.
    """

    __tablename__ = "delivery"
    __table_args__ = (Index("ix_delivery_webhook", "webhook_id", "id"),)

    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id"))
    message: Mapped[str] = mapped_column(unique=True)
    event: Mapped[str]
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    trouble: Mapped[str] = mapped_column(default="")
    next_at: Mapped[datetime | None]
    came_at: Mapped[datetime | None]

    webhook: Mapped[Webhook] = relationship(lazy="raise")
