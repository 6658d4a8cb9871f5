"""What is said of companies that may be one."""

from typing import Annotated

from pydantic import Field

from stories.entries import Entry, Line, Note


class DuplicateEntry(Entry):
    """Which other company it is, by its name, number or address, and why."""

    other: Annotated[Line, Field(min_length=1)]
    words: Note = ""


class MergerEntry(Entry):
    """Which company becomes part of which, and why; the public log shows the words."""

    company: Annotated[Line, Field(min_length=1)]
    into: Annotated[Line, Field(min_length=1)]
    words: Annotated[Note, Field(min_length=1)]
