"""What the API gives of a company's desk, to its own programs alone."""

from datetime import datetime

from pydantic import Field

from stories.models.codes import Kind, MentionRole, Outcome, ResponseKind
from stories.models.pace import Pace
from stories.reading.desk import Pile
from web.api.fact_shapes import Shape
from web.api.shapes import Reference


class DeskStory(Shape):
    """A story on the desk. `reference` is the author's order number: private."""

    id: int
    address: str
    title: str
    language: str
    kind: Kind
    outcome: Outcome
    role: MentionRole
    state: Pile = Field(description="What the story waits for.")
    published_at: datetime
    told_at: datetime | None
    answered_at: datetime | None
    since: datetime | None = Field(description="Since when it waits.")
    days: int | None = Field(description="To the first answer, or so far.")
    clock: Pace | None
    reference: str
    assigned: str | None
    seen: bool
    notes: int


class DeskList(Shape):
    """A page of the desk of the token's company; a count of 100 is 100 or more."""

    company: Reference
    next: str | None = Field(description="What to ask for as `after`, for the rest.")
    counts: dict[str, int]
    items: list[DeskStory]


class ResponseShape(Shape):
    """An answer that was published."""

    id: int
    address: str
    kind: ResponseKind
    speaker: str
    posted_at: datetime
    language: str


class FieldProblem(Shape):
    """What is wrong with one field, named as in the entry, parts joined by `-`."""

    field: str
    detail: str


class UnfitShape(Shape):
    """A problem (RFC 9457) that lies in what was sent."""

    type: str = "about:blank"
    title: str = "Unprocessable Entity"
    status: int = 422
    errors: list[FieldProblem]
