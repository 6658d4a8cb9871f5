"""What is said of a text: by readers who report it, by staff who decide."""

from typing import Annotated

from pydantic import Field

from stories.entries import Entry, Note
from stories.models.codes import FlagReason


class FlagEntry(Entry):
    """Which rule a text breaks, in a reader's view."""

    reason: FlagReason
    words: Note = ""


class RulingEntry(Entry):
    """What staff decide of a text: for which reason, and in words for its author."""

    reason: FlagReason
    words: Annotated[Note, Field(min_length=1)]
