"""Stories from elsewhere, by rule 16: with source and original date, told to nobody
until their author claims them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from stories import text
from stories.entries import (
    MOST_ADDRESS,
    MOST_LINE,
    MOST_REMARK,
    MOST_TEXT,
    MOST_TITLE,
    Address,
    Language,
)
from stories.importing.companies import Name
from stories.models import now
from stories.models.codes import Kind, Precision, ResponseKind
from stories.problems import Invalid, Problem

MOST_RESPONSES = 50

ANSWERS = {
    "explained": ResponseKind.EXPLAIN,
    "relief-monetary": ResponseKind.RELIEF_MONETARY,
    "relief-non-monetary": ResponseKind.RELIEF_OTHER,
    "closed": ResponseKind.ACKNOWLEDGE,
}
"""What the CFPB says that a company did, as a kind of response: never an outcome."""

SAID = ("timely", "disputed", "company_response", "sent_to_company_on", "severity")
"""What else a source says of the handling; it becomes a line of the timeline."""


def midnight(day: date | None) -> datetime | None:
    """The beginning of a day, in UTC."""
    return datetime.combine(day, time(), UTC) if day else None


def _cleaned(value: Any) -> Any:
    return text.clean(value) if isinstance(value, str) else value


Short = Annotated[str, Field(max_length=MOST_LINE)]
Words = Annotated[str, BeforeValidator(_cleaned), Field(max_length=MOST_TEXT)]


class AnswerRow(BaseModel):
    """What a source keeps of a company's own words."""

    by: Short | None = None
    on: date | None = None
    body: Annotated[str, BeforeValidator(_cleaned), Field(max_length=MOST_REMARK)] = ""


class StoryRow(BaseModel):
    """One story as a source has it. What the source lacks is null."""

    model_config = ConfigDict(frozen=True)

    source: Annotated[str, Field(min_length=1, max_length=MOST_LINE)]
    source_id: Annotated[str, Field(min_length=1, max_length=MOST_LINE)]
    license: Short | None = None
    lang: Language = "und"
    title: (
        Annotated[str, BeforeValidator(_cleaned), Field(max_length=MOST_TITLE)] | None
    ) = None
    body: Words | None = None
    company: Name | None = None
    product: Name | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None
    published_on: date | None = None
    kind: Kind | None = None
    outcome: Short | None = None
    rating: Annotated[float, Field(ge=0, le=5)] | None = None
    responses: Annotated[list[AnswerRow], Field(max_length=MOST_RESPONSES)] = []
    url: Annotated[Address, Field(max_length=MOST_ADDRESS)] | None = None
    extra: dict[str, Any] = {}

    @model_validator(mode="after")
    def _says_something(self) -> "StoryRow":
        if not (self.title or self.body):
            raise Invalid(Problem("A record has a title or a text."))
        return self


@dataclass(frozen=True)
class ReadyUpdate:
    """A dated update that was lifted out of a text."""

    happened_at: datetime
    precision: Precision
    words: str
    html: str


@dataclass(frozen=True)
class ReadyAnswer:
    """What a source says that a company did, and in which words."""

    kind: ResponseKind
    row: AnswerRow
    html: str


@dataclass(frozen=True)
class ReadyStory:
    """A row with everything made that needs no database: its HTML, its updates."""

    row: StoryRow
    title: str
    words: str
    html: str
    updates: tuple[ReadyUpdate, ...]
    answers: tuple[ReadyAnswer, ...]


def ready(row: StoryRow) -> ReadyStory:
    """Lift dated updates out of the text, render it, name it (outside the writing)."""
    words, lifted = text.lift_updates(row.body or "", row.published_on or now().date())
    title = row.title or _first_words(words or row.body or "")
    return ReadyStory(
        row=row,
        title=title or row.source_id,
        words=words,
        html=text.render(words, language=row.lang) if words else "",
        updates=tuple(_update(row, one.on, one.text) for one in lifted),
        answers=tuple(_answers(row)),
    )


def _first_words(words: str) -> str:
    """A missing title is the first sentence (rule 16)."""
    return text.first_sentence(text.plain(words[: 5 * MOST_TITLE]))


def _update(row: StoryRow, on: date | None, words: str) -> ReadyUpdate:
    happened = midnight(on or row.published_on) or now()
    precision = Precision.DAY if on else Precision.UNKNOWN
    html = text.render(words, language=row.lang)
    return ReadyUpdate(happened, precision, words, html)


def _answers(row: StoryRow) -> Iterator[ReadyAnswer]:
    kind = ANSWERS.get(row.outcome or "")
    for answer in row.responses:
        html = text.render(answer.body, language=row.lang)
        yield ReadyAnswer(kind or ResponseKind.EXPLAIN, answer, html)
    if kind and not row.responses:
        yield ReadyAnswer(kind, AnswerRow(by=row.company), "")
