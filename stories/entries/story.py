"""A story, an update and an evaluation as they are entered."""

from typing import Annotated, TypeVar

from pydantic import Field, ValidationInfo, field_validator

from stories.entries import (
    MOST_MENTIONS,
    MOST_PRODUCTS,
    MOST_ROWS,
    ONCE,
    SEEN,
    Address,
    Domain,
    Entry,
    Id,
    Language,
    Line,
    Minutes,
    Note,
    Past,
    Remark,
    Text,
    Title,
    When,
)
from stories.entries.facts import (
    AmountEntry,
    ContactEntry,
    Discreet,
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
from stories.text import fold

MOST_PARTS = 100

F = TypeVar("F", ContactEntry, AmountEntry, OfferEntry)


class MentionEntry(Entry):
    """A company that the story names: by `company_id` where it was picked from the
    directory, else by name (found or added), with its role and products."""

    company: Line
    company_id: Id | None = None
    domain: Domain | None = None
    role: MentionRole = MentionRole.SUBJECT
    reason: Note = ""
    products: Annotated[list[Line], Field(max_length=MOST_PRODUCTS), SEEN, ONCE] = []


class SeriesEntry(Entry):
    """Where the story stands in a series; an earlier part may be elsewhere."""

    series_id: Id | None = None
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


Lines = Annotated[list[Line], Field(max_length=MOST_ROWS), SEEN]
Issues = Annotated[list[IssueType], Field(max_length=len(IssueType)), ONCE]
Mentions = Annotated[list[MentionEntry], Field(max_length=MOST_MENTIONS)]


class StoryEntry(Discreet):
    """A story: title, text, kind and one company; everything else may be left out."""

    title: Annotated[Title, Field(min_length=1)]
    text: Annotated[Text, Field(min_length=1)]
    language: Language | None = None
    kind: Kind
    author_relation: AuthorRelation = AuthorRelation.OWN
    disclosure: Note = ""
    visibility: Visibility = Visibility.PUBLIC
    mentions: Annotated[Mentions, Field(validate_default=True)] = []
    issues: Issues = []
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
    happened: Past = When()
    first_published: Past = When()
    source_address: Address | None = None
    series: SeriesEntry = SeriesEntry()
    outcome: Outcome = Outcome.OPEN
    evaluation: EvaluationEntry = EvaluationEntry()
    comments_open: bool = True
    invited_by: Id | None = None

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: Kind) -> Kind:
        if kind == Kind.UNKNOWN:
            raise Invalid(Problem("Say whether it is a complaint, praise or both."))
        return kind

    @field_validator("visibility")
    @classmethod
    def _to_be_seen(cls, visibility: Visibility) -> Visibility:
        if visibility not in (Visibility.PUBLIC, Visibility.UNLISTED):
            raise Invalid(Problem("A story is published for all, or off the lists."))
        return visibility

    @field_validator("mentions")
    @classmethod
    def _about_somebody(cls, mentions: list[MentionEntry]) -> list[MentionEntry]:
        if not any(each.role == MentionRole.SUBJECT for each in mentions):
            raise Invalid(Problem("Name the company that your story is about."))
        return mentions

    @field_validator("contacts", "amounts", "offers")
    @classmethod
    def _about_the_mentioned(cls, facts: list[F], info: ValidationInfo) -> list[F]:
        if "mentions" not in info.data:  # they have a problem of their own
            return facts
        mentions: list[MentionEntry] = info.data["mentions"]
        known = {"", *(fold(each.company) for each in mentions)}
        for position, fact in enumerate(facts):
            if fold(fact.company) not in known:
                raise Invalid(
                    Problem(
                        "Add %(company)s to the companies of the story first.",
                        company=fact.company,
                    ),
                    f"{info.field_name}-{position}-company",
                )
        return facts


class UpdateEntry(Discreet):
    """A dated addition; without a date it happened now. Its letters are the story's:
    they are added once, and changed with the story."""

    text: Annotated[Text, Field(min_length=1)]
    language: Language | None = None
    when: Past = When()
    letters: Annotated[list[LetterEntry], Field(max_length=MOST_ROWS)] = []
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []


class OutcomeEntry(Discreet):
    """How it stands now, with the author's verdict and a word about it."""

    outcome: Outcome
    evaluation: EvaluationEntry | None = None
    text: Remark = ""
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []

    @property
    def update(self) -> UpdateEntry | None:
        """The word about it, as the update that it becomes."""
        if not self.text:
            return None
        return UpdateEntry(text=self.text, names=self.names, private=self.private)
