"""A story, an update and an evaluation as they are entered."""

from typing import Annotated

from pydantic import Field, model_validator

from stories.entries import (
    MOST_MENTIONS,
    MOST_PRODUCTS,
    MOST_ROWS,
    Address,
    Entry,
    Language,
    Line,
    Minutes,
    Note,
    Remark,
    Text,
    Title,
    When,
)
from stories.entries.facts import (
    AmountEntry,
    ContactEntry,
    LetterEntry,
    NameEntry,
    OfferEntry,
    PromiseEntry,
    QuotationEntry,
)
from stories.models.codes import (
    Again,
    AuthorRelation,
    IssueType,
    Kind,
    MentionRole,
    Outcome,
    Visibility,
)
from stories.problems import Invalid, Problem

MOST_PARTS = 500


class MentionEntry(Entry):
    """A company that the story names: by `company_id` where it was picked from the
    directory, else by name (found or added), with its role and products."""

    company: Line
    company_id: int | None = None
    domain: Line = ""
    role: MentionRole = MentionRole.SUBJECT
    reason: Note = ""
    products: Annotated[list[Line], Field(max_length=MOST_PRODUCTS)] = []


class SeriesEntry(Entry):
    """Where the story stands in a series; an earlier part may be elsewhere."""

    series_id: int | None = None
    title: Title = ""
    part: Annotated[int, Field(ge=1, le=MOST_PARTS)] = 1
    elsewhere_note: Note = ""
    elsewhere_address: Address | None = None

    @property
    def given(self) -> bool:
        """Whether the story is part of a series at all."""
        return bool(self.series_id or self.title)


class EvaluationEntry(Entry):
    """The author's verdict on the handling, and what was given in the end."""

    grade: Annotated[int, Field(ge=0, le=10)] | None = None
    would_buy_again: Again | None = None
    remedy_received: Note = ""


Lines = Annotated[list[Line], Field(max_length=MOST_ROWS)]


class StoryEntry(Entry):
    """A story: title, text, kind and one company; everything else may be left out."""

    title: Annotated[Title, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]
    language: Language | None = None
    kind: Kind
    author_relation: AuthorRelation = AuthorRelation.OWN
    disclosure: Note = ""
    visibility: Visibility = Visibility.PUBLIC
    mentions: Annotated[list[MentionEntry], Field(max_length=MOST_MENTIONS)] = []
    issues: Annotated[list[IssueType], Field(max_length=MOST_ROWS)] = []
    points_good: Lines = []
    points_bad: Lines = []
    disputes: Lines = []
    contacts: Annotated[list[ContactEntry], Field(max_length=MOST_ROWS)] = []
    promises: Annotated[list[PromiseEntry], Field(max_length=MOST_ROWS)] = []
    amounts: Annotated[list[AmountEntry], Field(max_length=MOST_ROWS)] = []
    offers: Annotated[list[OfferEntry], Field(max_length=MOST_ROWS)] = []
    letters: Annotated[list[LetterEntry], Field(max_length=MOST_ROWS)] = []
    quotations: Annotated[list[QuotationEntry], Field(max_length=MOST_ROWS)] = []
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []
    remedy_sought: Note = ""
    private_reference: Line = ""
    effort_minutes: Minutes | None = None
    happened: When = When()
    first_published: When = When()
    source_address: Address | None = None
    series: SeriesEntry = SeriesEntry()
    outcome: Outcome = Outcome.OPEN
    evaluation: EvaluationEntry = EvaluationEntry()
    comments_open: bool = True

    @model_validator(mode="after")
    def _about_somebody(self) -> "StoryEntry":
        if self.kind == Kind.UNKNOWN:
            raise Invalid(Problem("Say whether it is a complaint, praise or both."))
        if self.visibility not in (Visibility.PUBLIC, Visibility.UNLISTED):
            raise Invalid(Problem("A story is published for all, or unlisted."))
        if not any(each.role == MentionRole.SUBJECT for each in self.mentions):
            raise Invalid(Problem("Name the company that your story is about."))
        return self


class UpdateEntry(Entry):
    """A dated addition; without a date it happened now."""

    text: Annotated[Text, Field(min_length=1)]
    language: Language | None = None
    when: When = When()
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []


class OutcomeEntry(Entry):
    """How it stands now, with the author's verdict and a word about it."""

    outcome: Outcome
    evaluation: EvaluationEntry = EvaluationEntry()
    text: Remark = ""
