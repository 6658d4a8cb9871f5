"""Numbers and addresses in a text: their author is asked before they are published."""

from typing import Any, TypeVar

from stories.entries import MOST_ROWS
from stories.entries.story import StoryEntry, UpdateEntry
from stories.entries.translation import TranslationEntry
from stories.problems import Invalid, Problem
from stories.wording import unasked
from web.forms import Form

E = TypeVar("E", StoryEntry, UpdateEntry, TranslationEntry)


def asks(form: Form[E]) -> bool:
    """Whether there is something to ask first; the form then shows the question.

    Whatever is not asked, for there is too much of it, is left out.
    """
    if form.entry is None:
        return False
    rows: list[Any] = list(form.fields.get("private") or [])
    fresh: list[str] = unasked(form.entry)[: MOST_ROWS - len(rows)]
    if not fresh:
        return False
    added = [{"words": words} for words in fresh]
    form.fields = {**form.fields, "private": rows + added}
    question = Problem(
        "Your text holds a number or an address. It is left out, unless you keep it."
    )
    form.refuse(Invalid(question), f"private-{len(rows)}-keep")
    return True
