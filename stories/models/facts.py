"""The facts of a story: contacts, promises, money, offers, points, letters."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from stories.models.base import Base, Numbered
from stories.models.codes import (
    AmountRole,
    Channel,
    OfferState,
    Party,
    Precision,
    PromiseState,
    Receipt,
    Rhythm,
    Sender,
    Side,
)


class Fact(Numbered):
    """One row of a list that an author filled, in its order."""

    @declared_attr
    def story_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("story.id"), index=True)

    position: Mapped[int] = mapped_column(default=0)


class Contact(Fact, Base):
    """One attempt to reach the other side, or a repeated one with its rhythm.

    Times lost are minutes: `minutes` in all, `wait_minutes` of them waiting.
    `hours_after` counts from the contact before.
    """

    __tablename__ = "contact"

    channel: Mapped[Channel]
    by: Mapped[Party] = mapped_column(default=Party.AUTHOR)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    at: Mapped[datetime | None]
    precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    hours_after: Mapped[Decimal | None]
    rhythm: Mapped[Rhythm | None]
    until: Mapped[datetime | None]
    until_precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    minutes: Mapped[int | None]
    wait_minutes: Mapped[int | None]
    transfers: Mapped[int | None]
    people: Mapped[int | None]
    numbers_called: Mapped[int | None]
    role_spoken_to: Mapped[str] = mapped_column(default="")
    result: Mapped[str] = mapped_column(default="")


class Promise(Fact, Base):
    """Who promised what by when, and what became of it."""

    __tablename__ = "promise"

    by: Mapped[Party] = mapped_column(default=Party.COMPANY)
    what: Mapped[str]
    due_at: Mapped[datetime | None]
    due_precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    state: Mapped[PromiseState] = mapped_column(default=PromiseState.OPEN)
    note: Mapped[str] = mapped_column(default="")


class Amount(Fact, Base):
    """Money with its role, or a gift in kind (`what`, without a value)."""

    __tablename__ = "amount"

    role: Mapped[AmountRole]
    value: Mapped[Decimal | None]
    currency: Mapped[str | None]
    what: Mapped[str] = mapped_column(default="")
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))


class Offer(Fact, Base):
    """What a company offered; only the author accepts or refuses it.

    Without a response the author tells of it. `deadline` is the last day on which it
    can be accepted; `receipt` is what the author says of it afterwards.
    """

    __tablename__ = "offer"
    __table_args__ = (Index("ix_offer_deadline", "state", "deadline"),)

    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"))
    what: Mapped[str]
    value: Mapped[Decimal | None]
    list_value: Mapped[Decimal | None]
    currency: Mapped[str | None]
    at: Mapped[datetime | None]
    precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    state: Mapped[OfferState] = mapped_column(default=OfferState.OPEN)
    state_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")
    deadline: Mapped[date | None]
    receipt: Mapped[Receipt | None]
    receipt_at: Mapped[datetime | None]

    @property
    def made_here(self) -> bool:
        """Whether the company itself made it, in an answer."""
        return self.response_id is not None


class Point(Fact, Base):
    """A good or a bad point, in a few words."""

    __tablename__ = "point"

    side: Mapped[Side]
    words: Mapped[str]


class Letter(Fact, Base):
    """A letter, quoted with its sender and date; without its private passages.

    `added_at` is when it came with an update.
    """

    __tablename__ = "letter"

    by: Mapped[Sender] = mapped_column(default=Sender.COMPANY)
    sender: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime | None]
    at: Mapped[datetime | None]
    precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="und")


class Quotation(Fact, Base):
    """Words of someone who is no party, with who said them and where."""

    __tablename__ = "quotation"

    who: Mapped[str]
    address: Mapped[str | None]
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="und")


class DisputeState(StrEnum):
    """What the author says of a fact that the company disputes here."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    STOOD_BY = "stood_by"


class Dispute(Fact, Base):
    """A stated fact that the company contests; the story stays.

    Without a response the author tells of it. Else `fact` is a passage of the story's
    wording number `revision`, and the response says how the company sees it.
    """

    __tablename__ = "dispute"

    fact: Mapped[str]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"))
    revision: Mapped[int | None]
    at: Mapped[datetime | None]
    state: Mapped[DisputeState] = mapped_column(
        default=DisputeState.OPEN, server_default="open"
    )
    state_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def made_here(self) -> bool:
        """Whether the company itself disputes it, in an answer."""
        return self.response_id is not None
