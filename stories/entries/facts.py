"""The facts of a story as they are entered."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from stories.entries import (
    MOST_ROWS,
    Address,
    Count,
    Currency,
    Entry,
    Language,
    Line,
    Minutes,
    Note,
    Past,
    Remark,
    Value,
    When,
)
from stories.models.codes import (
    AmountRole,
    Channel,
    OfferState,
    Party,
    PromiseState,
    Rhythm,
    Sender,
)
from stories.problems import Invalid, Problem
from stories.text import leave_out

MOST_HOURS = 100_000


def _without_private(text: str) -> str:
    """A letter without what is marked; Invalid where a mark stands alone, for else
    what is private would be published."""
    kept = leave_out(text)
    if kept is None:
        problem = Problem("Close each [[ with ]], so that nothing private is shown.")
        raise Invalid(problem)
    return kept


class ContactEntry(Entry):
    """One attempt to reach the other side; a repeated one has a rhythm and an end."""

    channel: Channel
    by: Party = Party.AUTHOR
    company: Line = ""
    when: Past = When()
    hours_after: (
        Annotated[Decimal, Field(ge=0, le=MOST_HOURS, decimal_places=4)] | None
    ) = None
    rhythm: Rhythm | None = None
    until: Past = When()
    minutes: Minutes | None = None
    wait_minutes: Minutes | None = None
    transfers: Count | None = None
    people: Count | None = None
    numbers_called: Count | None = None
    role_spoken_to: Line = ""
    result: Note = ""


class PromiseEntry(Entry):
    """Who promised what by when."""

    by: Party = Party.COMPANY
    what: Line
    due: When = When()
    state: PromiseState = PromiseState.OPEN
    note: Note = ""


class AmountEntry(Entry):
    """Money with its role; a gift in kind says what it was instead."""

    role: AmountRole
    value: Value | None = None
    currency: Currency | None = None
    what: Line = ""
    company: Line = ""

    @model_validator(mode="after")
    def _money_or_thing(self) -> "AmountEntry":
        if self.value is None and not self.what:
            raise Invalid(Problem("Enter how much it was, or say what it was."))
        if self.value is not None and self.currency is None:
            raise Invalid(Problem("Choose the currency."))
        return self


class OfferEntry(Entry):
    """What a company offered, in the author's words."""

    what: Line
    company: Line = ""
    value: Value | None = None
    list_value: Value | None = None
    currency: Currency | None = None
    when: Past = When()
    state: OfferState = OfferState.OPEN
    why: Note = ""

    @model_validator(mode="after")
    def _money_has_a_currency(self) -> "OfferEntry":
        given = self.value is not None or self.list_value is not None
        if given and self.currency is None:
            raise Invalid(Problem("Choose the currency."))
        return self


class LetterEntry(Entry):
    """A letter, quoted. What its author put between [[ and ]] is left out of it."""

    by: Sender = Sender.COMPANY
    sender: Line = ""
    when: Past = When()
    text: Annotated[Remark, AfterValidator(_without_private)]
    language: Language | None = None

    @model_validator(mode="after")
    def _from_somebody(self) -> "LetterEntry":
        if self.by == Sender.OTHER and not self.sender:
            raise Invalid(Problem("Say who wrote it."))
        return self


class QuotationEntry(Entry):
    """Words of someone who is no party."""

    who: Line
    address: Address | None = None
    text: Remark
    language: Language | None = None


class PrivateEntry(Entry):
    """A number or an address in the text. It is left out unless kept, because it is
    the company's public one."""

    words: Line
    keep: bool = False


class Discreet(Entry):
    """An entry whose author is asked about the numbers and addresses in its words."""

    private: Annotated[list[PrivateEntry], Field(max_length=MOST_ROWS)] = []


class NameEntry(Entry):
    """A person named in the text. The name is masked by the role unless kept."""

    name: Annotated[Line, Field(min_length=2)]
    role: Line = ""
    keep: bool = False
