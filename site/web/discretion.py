"""Numbers and addresses in a text: their author is asked before they are published."""

from collections.abc import Iterable
from typing import Any, TypeVar

from stories.entries import MOST_ROWS
from stories.entries.facts import Discreet
from stories.problems import Invalid, Problem
from stories.wording import confirmed, unasked
from web.forms import Form

E = TypeVar("E", bound=Discreet)


def asks(form: Form[E], known: Iterable[str] = ()) -> bool:
    """Whether there is something to ask first; the form then shows the question. About
    what is `known`, for it was published before, nobody is asked again.

    Whatever is not asked, for there is too much of it, is left out.
    """
    if form.entry is None:
        return False
    form.entry = confirmed(form.entry, known)
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
