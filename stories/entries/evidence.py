"""Evidence as it is entered, and how much of it there may be."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from stories.entries import CLEAN, MOST_MENTIONS, MOST_ROWS, ONCE, Entry, Id
from stories.entries.facts import Discreet, NameEntry
from stories.problems import Invalid, Problem

MOST_BYTES = 10 * 1024 * 1024
"""Of one file as it comes."""
MOST_TEXT_BYTES = 1024 * 1024
MOST_PIXELS = 40_000_000
MOST_FILES = 30
"""Of one story."""
MOST_OF_MEMBER = 300 * 1024 * 1024
"""Bytes of all files of one author."""
MOST_BOXES = 40
MOST_FILE_NAME = 120
MOST_ALT = 500

LEAST_LENGTH = Decimal("0.1")

Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]
Length = Annotated[Decimal, Field(ge=LEAST_LENGTH, le=100, decimal_places=2)]


class EvidenceEntry(Discreet):
    """What a file shows, which disputed fact it is about, and who may see it beside
    its author."""

    words: Annotated[str, Field(min_length=1, max_length=MOST_ALT), CLEAN]
    dispute_id: Id | None = None
    staff: bool = False
    companies: Annotated[list[Id], Field(max_length=MOST_MENTIONS), ONCE] = []
    names: Annotated[list[NameEntry], Field(max_length=MOST_ROWS)] = []


class BoxEntry(Entry):
    """A box over a picture, in percent of its width and height."""

    left: Percent
    top: Percent
    width: Length
    height: Length

    @model_validator(mode="after")
    def _within(self) -> "BoxEntry":
        if self.left >= 100 or self.top >= 100:
            raise Invalid(Problem("This box lies outside the picture."))
        return self


class BoxesEntry(Entry):
    """All boxes of a picture; none shows it whole."""

    boxes: Annotated[list[BoxEntry], Field(max_length=MOST_BOXES)] = []
