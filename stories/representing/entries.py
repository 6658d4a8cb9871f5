"""What people and staff write where somebody wants to speak for a company."""

from typing import Annotated

from pydantic import Field, model_validator

from stories.entries import Entry, Line, Note
from stories.models.codes import Method
from stories.problems import Invalid, Problem
from stories.representing.voices import BY_STAFF


class ClaimEntry(Entry):
    """Who wants to speak for a company, under which name and title, why, and how they
    want to prove it; `domain` where nobody knows the company's."""

    name: Annotated[Line, Field(min_length=2, max_length=100)]
    job_title: Annotated[Line, Field(min_length=2, max_length=100)]
    method: Method = Method.EMAIL
    domain: Annotated[Line, Field(max_length=253)] = ""
    words: Note = ""

    @model_validator(mode="after")
    def _staff_know_what_to_look_at(self) -> "ClaimEntry":
        if self.method in BY_STAFF and not self.words:
            what = Problem("Say what staff can look at, or whom they ask.")
            raise Invalid(what, "words")
        return self


class VerdictEntry(Entry):
    """Why staff refuse a claim or take a role away; the person is told."""

    words: Annotated[Note, Field(min_length=1)]


class GrantEntry(Entry):
    """By what staff let somebody speak: what was proven, or what they saw themselves,
    in their words, which only staff read."""

    method: Method | None = None
    words: Note = ""

    @model_validator(mode="after")
    def _what_was_seen_is_written_down(self) -> "GrantEntry":
        if self.method in BY_STAFF and not self.words:
            raise Invalid(Problem("Write down what you saw."), "words")
        return self
