"""The fields of what readers add, and of what they are warned."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from stories.models.codes import Kind, Outcome
from stories.models.pressure import PressureKind
from stories.models.readers import Concern, Question

ROWS = ConfigDict(from_attributes=True, frozen=True)


class Checked(StrEnum):
    """How an author is known: by a mail address, or by proof that staff looked at."""

    ADDRESS = "address"
    PROOF = "proof"


class CautionShape(BaseModel):
    """Something to know, since when, in whose words: of staff or the author."""

    model_config = ROWS

    concern: Concern
    by: str
    words: str
    since: datetime


class PressedShape(BaseModel):
    """An author was pressed to take a story down: what staff agree with, since when."""

    model_config = ROWS

    kind: PressureKind
    since: datetime


class ReportsShape(BaseModel):
    """What a company's verified people reported of stories of one kind."""

    model_config = ROWS

    kind: Kind
    number: int
    upheld: int
    dismissed: int


class SameShape(BaseModel):
    """A reader's own facts: it happened to them too. No figure counts them."""

    model_config = ROWS

    company: str
    product: str
    year: int | None
    outcome: Outcome
    text: str
    language: str


class PollShape(BaseModel):
    """What the author asks readers to judge, and the counts, apart from the outcome."""

    model_config = ROWS

    question: Question
    words: str
    opened_at: datetime
    closed_at: datetime | None
    yes: int
    no: int
    unsure: int


class AddedShape(BaseModel):
    """What readers added beside comments."""

    model_config = ROWS

    same_here: list[SameShape]
    more: bool = Field(description="Whether more readers say so than are given.")
    poll: PollShape | None
