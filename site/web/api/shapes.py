"""What the API gives: the fields of every answer, and their meaning."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from stories.models.codes import (
    Again,
    AuthorRelation,
    CaseState,
    IssueType,
    Kind,
    MentionRole,
    Method,
    OriginKind,
    Outcome,
    Precision,
    ResponseKind,
    Sender,
    Visibility,
)
from stories.models.speaking import Doubt, Verifier
from web.api.fact_shapes import (
    AmountShape,
    ContactShape,
    DisputeShape,
    OfferShape,
    PromiseShape,
    Shape,
)
from web.api.reader_shapes import (
    AddedShape,
    CautionShape,
    Checked,
    PressedShape,
    ReportsShape,
)
from web.api.translating import TitleShape, TranslationShape


class Reference(Shape):
    """A company, product or member, by number and name, and where its page is."""

    id: int
    name: str
    address: str


class Author(Shape):
    """Who wrote something. Without an address: a guest, or a name from elsewhere."""

    name: str
    address: str | None = None


class MentionShape(Shape):
    """A company that a story names; the case stands with those it is about."""

    company: Reference
    role: MentionRole
    products: list[Reference]
    reason: str
    case_state: CaseState | None = None
    no_word: bool = False
    told_at: datetime | None = None
    answered_at: datetime | None = None


class Origin(Shape):
    """Where a story came from; `verified` once an author stands behind it here."""

    kind: OriginKind
    source: str | None
    source_id: str | None
    address: str | None
    verified: bool
    how: Checked | None = Field(description="How we know who wrote it.")
    checked_by: datetime | None = Field(description="The latest day of that check.")


class StorySummary(Shape):
    """A story in a list. `title` is the original's, `titles` those that members gave it
    in other languages; `case_state` is that of the first company it is about."""

    id: int
    address: str
    title: str
    language: str
    titles: list[TitleShape]
    kind: Kind
    outcome: Outcome
    case_state: CaseState | None
    published_at: datetime
    first_published_at: datetime | None
    first_published_precision: Precision
    last_activity_at: datetime
    author: Author | None
    author_relation: AuthorRelation
    mentions: list[MentionShape]
    origin: Origin
    warnings: list[CautionShape]
    comment_count: int


class Words(Shape):
    """A text: its Markdown, its clean HTML, its language."""

    text: str
    html: str
    language: str


class LetterShape(Words):
    """A letter, quoted, without what its author kept private."""

    by: Sender
    sender: str
    at: datetime | None
    precision: Precision


class QuotationShape(Words):
    """Words of someone who is no party."""

    who: str
    address: str | None


class StepShape(Shape):
    """A line of the timeline: `what` is contact, update, response, rejoinder, offer,
    dispute or event. `words` are left out where staff have hidden them or the author
    withdrew."""

    what: str
    by: str
    at: datetime | None
    precision: Precision
    address: str | None = None
    happening: str | None = None
    details: dict[str, Any] = Field(default_factory=dict)
    company: Reference | None = None
    contact: ContactShape | None = None
    offer: OfferShape | None = None
    dispute: DisputeShape | None = None
    letter: LetterShape | None = None
    kind: ResponseKind | None = None
    speaker: str | None = None
    job_title: str | None = None
    method: Method | None = None
    verified_on: date | None = None
    closing: bool | None = None
    words: Words | None = None
    also: Words | None = Field(
        default=None, description="The same in the story's language, by the company."
    )


class CommentShape(Shape):
    """A reader's remark; without words where it was deleted or hidden."""

    id: int
    address: str
    posted_at: datetime
    amended_at: datetime | None
    author: Author | None
    words: Words | None
    replies: list["CommentShape"] = Field(default_factory=list)


class Part(Shape):
    """A part of a series; without an id it is elsewhere."""

    part: int
    id: int | None
    title: str
    address: str | None


class SeriesShape(Shape):
    """The series that a story is part of, in order."""

    title: str
    part: int | None
    parts: list[Part]


class StoryShape(StorySummary, Words):
    """A story in full."""

    visibility: Visibility
    revision: int
    licence: str | None
    disclosure: str
    happened_at: datetime | None
    happened_precision: Precision
    updated_at: datetime | None
    outcome_at: datetime | None
    grade: int | None
    would_buy_again: Again | None
    remedy_sought: str
    remedy_received: str
    effort_minutes: int
    issues: list[IssueType]
    points_good: list[str]
    points_bad: list[str]
    disputes: list[str]
    promises: list[PromiseShape]
    amounts: list[AmountShape]
    offers: list[OfferShape]
    letters: list[LetterShape]
    quotations: list[QuotationShape]
    series: SeriesShape | None
    translations: list[TranslationShape]
    timeline: list[StepShape]
    readers: AddedShape
    comments_open: bool
    comments: list[CommentShape]
    comments_next: str | None = Field(description="Where the comments go on.")


class StoryList(Shape):
    """A page of stories. `next` is the address of the next page."""

    items: list[StorySummary]
    next: str | None


class ShareShape(Shape):
    """`part` of `of`, and the 95 % interval of the share (Wilson)."""

    part: int
    of: int
    low: float
    high: float


class FiguresShape(Shape):
    """The figures of one window; of told cases only, but for `kinds`,
    `untold` and `invited`: the stories on the company's own invitation."""

    since: date | None = Field(description="The first month of the window.")
    kinds: dict[str, int]
    told: int
    answered: ShareShape | None
    days: float | None = Field(description="Median days to the first answer.")
    days_counted: dict[int, int] = Field(description="Answers by days that they took.")
    outcomes: dict[str, int]
    resolved: ShareShape | None
    again: ShareShape | None
    promises_kept: ShareShape | None
    offers: dict[str, int] = Field(
        description="Offers made here, by what became of them."
    )
    grade: float | None
    grades: int
    minutes: int
    efforts: int = Field(description="Cases whose authors told the time it took.")
    contacts: int
    untold: dict[str, int]
    invited: dict[str, int]


class RecordShape(FiguresShape):
    """The figures of all times, and beside them those of the last 12 months.

    There is no index for fewer than ten decided cases.
    """

    last_year: FiguresShape
    decided: int
    index: float | None


class Voice(Shape):
    """Somebody verified to speak for a company: how, by whose look (their part, not
    their name), until when, and since when that is in doubt."""

    name: str
    job_title: str
    method: Method
    verified_at: datetime
    verified_by: Verifier
    good_until: datetime | None = None
    doubt: Doubt | None = None
    doubted_at: datetime | None = None


class CompanySummary(Reference):
    """A company in a list; `match` is its name that fits what was asked for."""

    domain: str | None
    wikidata: str | None
    country: str | None
    match: str | None = None


class CompanyShape(CompanySummary):
    """A company with its figures and the first page of its stories."""

    aliases: list[str]
    merged_into: Reference | None
    products: list[Reference]
    representatives: list[Voice]
    warnings: list[CautionShape]
    pressure: list[PressedShape]
    reports: list[ReportsShape]
    same_here: dict[str, int] = Field(
        description="Readers to whom it happened too, by outcome; in no figure."
    )
    figures: RecordShape
    stories: StoryList


class CompanyList(Shape):
    """Companies found by name. `total` counts those up to the end of this page; `next`
    is the address of the next one."""

    total: int
    page: int
    items: list[CompanySummary]
    next: str | None


class ProductSummary(Reference):
    """A product in a list, with its company."""

    company: Reference


class ProductList(Shape):
    """The first products found by name; `total` counts those that are given."""

    total: int
    page: int
    items: list[ProductSummary]


class ProblemShape(Shape):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str | None = None
