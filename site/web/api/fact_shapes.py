"""The fields of what authors and companies tell around a story."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, PlainSerializer

from stories.models.codes import (
    AmountRole,
    Channel,
    OfferState,
    Party,
    Precision,
    PromiseState,
    Receipt,
    Rhythm,
)
from stories.models.facts import DisputeState

Money = Annotated[Decimal, PlainSerializer(lambda value: f"{value:f}", return_type=str)]
"""An exact amount, as text without an exponent: "25.5"."""


class Shape(BaseModel):
    """An object of the API, made from rows or written by hand."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class ContactShape(Shape):
    """One attempt to reach the other side, or a repeated one with its rhythm."""

    channel: Channel
    by: Party
    at: datetime | None
    precision: Precision
    hours_after: Money | None
    rhythm: Rhythm | None
    until: datetime | None
    until_precision: Precision
    minutes: int | None
    wait_minutes: int | None
    transfers: int | None
    people: int | None
    numbers_called: int | None
    role_spoken_to: str
    result: str


class PromiseShape(Shape):
    """Who promised what by when, and what became of it."""

    by: Party
    what: str
    due_at: datetime | None
    due_precision: Precision
    state: PromiseState
    note: str


class AmountShape(Shape):
    """Money with its role, or a gift in kind."""

    role: AmountRole
    value: Money | None
    currency: str | None
    what: str


class OfferShape(Shape):
    """What a company offered, and what the author did with it.

    `made_here`: in an answer of the company's; of others the author tells. `deadline`
    is the last day on which it can be accepted, `receipt` whether it came then.
    """

    what: str
    value: Money | None
    list_value: Money | None
    currency: str | None
    at: datetime | None
    precision: Precision
    state: OfferState
    state_at: datetime | None
    why: str
    deadline: date | None
    receipt: Receipt | None
    receipt_at: datetime | None
    made_here: bool


class DisputeShape(Shape):
    """A passage of the story's wording number `revision` that a company disputes, and
    what the author says of it."""

    fact: str
    revision: int | None
    state: DisputeState
    state_at: datetime | None
    why: str
