"""What companies and authors answer each other."""

from datetime import date
from typing import Annotated

from pydantic import Field, model_validator

from stories.entries import Currency, Entry, Language, Line, Note, Remark, Value
from stories.entries.facts import Discreet
from stories.models.base import now
from stories.models.codes import ResponseKind
from stories.problems import Invalid, Problem

LEAST_DAYS, MOST_DAYS = 3, 366
"""So soon, and so late, an offer may lapse."""


class AnswerEntry(Discreet):
    """What a company's answer does, and its words."""

    kind: ResponseKind
    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None
    also: Remark = ""
    """The same in the language of the story, where the answer is in another."""


class TermsEntry(Entry):
    """What a company offers in an answer; the author alone accepts or refuses it."""

    what: Line = ""
    value: Value | None = None
    list_value: Value | None = None
    currency: Currency | None = None
    deadline: date | None = None

    @model_validator(mode="after")
    def _money_has_a_currency(self) -> "TermsEntry":
        given = self.value is not None or self.list_value is not None
        if given and self.currency is None:
            raise Invalid(Problem("Choose the currency."), "offer-currency")
        return self

    @model_validator(mode="after")
    def _there_is_time_to_decide(self) -> "TermsEntry":
        left = (self.deadline - now().date()).days if self.deadline else LEAST_DAYS
        if left < LEAST_DAYS:
            soon = Problem("Leave the author at least %(n)s days.", n=LEAST_DAYS)
            raise Invalid(soon, "offer-deadline")
        if left > MOST_DAYS:
            raise Invalid(Problem("At most a year from now."), "offer-deadline")
        return self


class ContestEntry(Entry):
    """What a company disputes in an answer, as the story says it; the text of the
    answer tells how the company sees it."""

    passage: Note = ""


class ResponseEntry(AnswerEntry):
    """A company's new answer, which may hold an offer, or dispute one fact."""

    offer: TermsEntry = TermsEntry()
    dispute: ContestEntry = ContestEntry()
    closing: bool = False

    @model_validator(mode="after")
    def _an_offer_says_what(self) -> "ResponseEntry":
        if self.kind == ResponseKind.OFFER and not self.offer.what:
            raise Invalid(Problem("Say in one line what you offer."), "offer-what")
        if self.kind != ResponseKind.OFFER and self.offer != TermsEntry():
            raise Invalid(
                Problem("To make an offer choose that the answer makes one."), "kind"
            )
        return self

    @model_validator(mode="after")
    def _a_closing_statement_asks_nothing(self) -> "ResponseEntry":
        if self.closing and self.kind in (ResponseKind.OFFER, ResponseKind.ASK_DETAILS):
            raise Invalid(Problem("A closing statement asks nothing more."), "closing")
        return self

    @model_validator(mode="after")
    def _a_dispute_says_what(self) -> "ResponseEntry":
        if self.kind == ResponseKind.DISPUTE_FACTS and not self.dispute.passage:
            problem = Problem("Quote the words of the story that you dispute.")
            raise Invalid(problem, "dispute-passage")
        if self.kind != ResponseKind.DISPUTE_FACTS and self.dispute.passage:
            raise Invalid(
                Problem("To dispute a fact choose that the answer does."), "kind"
            )
        return self


class RejoinderEntry(Discreet):
    """The author's answer to a company."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None
