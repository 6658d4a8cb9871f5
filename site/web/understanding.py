"""Which languages a list keeps to: those its address names, else the reader's own.

`language` may be repeated; `language=*` is every language, also those that the reader
has not chosen. An anonymous reader's list is in all languages until its address says
otherwise, so that it is the same for everybody.
"""

from dataclasses import dataclass

from flask import Flask, g, request

from stories.languages import tag
from stories.models import Member
from stories.problems import Invalid
from web.asking import EVERY
from web.auth import visitor
from web.i18n import LANGUAGES, language

MOST = 40
"""So many languages an address may name."""


@dataclass(frozen=True)
class Reads:
    """The languages that a list keeps to (none: all), whether they are the reader's
    own, and how the address of the list names them."""

    languages: tuple[str, ...]
    own: bool
    asked: tuple[str, ...]


def install(app: Flask) -> None:
    """Let templates say what a list keeps to, and offer what it can."""
    app.jinja_env.globals.update(reads=reads, offered=LANGUAGES)


def reads() -> Reads:
    """What the list that is asked for keeps to."""
    asked = tuple(request.args.getlist("language")[:MOST])
    if EVERY in asked:
        return Reads((), own=False, asked=(EVERY,))
    named = tuple(known for each in asked if (known := _known(each)))
    if named:
        return Reads(named, own=False, asked=named)
    visitor()
    return Reads(g.get("reads", ()), own=True, asked=())


def wanted() -> tuple[str, ...]:
    """The languages in which a list shows a story where somebody has translated it: the
    page's, and those that the list keeps to."""
    return language(), *reads().languages


def told_apart(reader: Member) -> str:
    """What two members have in common who see the same lists, as a key."""
    return ",".join(reader.reads)


def _known(typed: str) -> str:
    try:
        return tag(typed)
    except Invalid:
        return ""
