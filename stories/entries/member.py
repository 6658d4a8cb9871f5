"""A member as they enter themselves: when they join, and later."""

import unicodedata
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from stories.entries import Entry, Language, Line, Note
from stories.languages import INTERFACE_LANGUAGES
from stories.problems import Invalid, Problem
from stories.text import mixes_scripts, shape, slug

SHORTEST_HANDLE = 3
MOST_HANDLE = 30
MOST_NAME = 60
MOST_LANGUAGES = 40

RESERVED = frozenset(
    shape(name)
    for name in (
        *("admin", "administrator", "moderator", "mod", "staff", "support", "help"),
        *("earshot", "official", "team", "root", "system", "security", "abuse"),
        *("postmaster", "webmaster", "hostmaster", "info", "mail", "contact", "news"),
        *("noreply", "daemon", "nobody", "anonymous", "guest", "member", "members"),
        *("deleted", "withdrawn", "settings", "null", "none", "undefined", "you"),
        *("amministratore", "moderatore", "assistenza", "aiuto", "redazione"),
        *("anonimo", "ospite", "ufficiale", "sicurezza", "nessuno", "contatti"),
    )
)


def handle(typed: str) -> str:
    """A handle in its usual form, or Invalid with what to do about it."""
    name = unicodedata.normalize("NFKC", typed.strip().removeprefix("@"))
    if not SHORTEST_HANDLE <= len(name) <= MOST_HANDLE:
        raise Invalid(
            Problem(
                "A handle has %(least)d to %(most)d characters.",
                least=SHORTEST_HANDLE,
                most=MOST_HANDLE,
            )
        )
    if not all(_may_stand_in_handle(letter) for letter in name) or not slug(name):
        raise Invalid(Problem("A handle is made of letters, digits, “-” and “_”."))
    if mixes_scripts(name):
        raise Invalid(Problem("Write your handle in the letters of one alphabet."))
    if shape(name) in RESERVED:
        raise Invalid(Problem("This handle is kept for the site. Choose another one."))
    return name


def _may_stand_in_handle(letter: str) -> bool:
    return letter in "-_" or unicodedata.category(letter)[0] in "LNM"


def _interface(tag: str) -> str:
    if tag not in INTERFACE_LANGUAGES:
        raise Invalid(Problem("Choose a language from the list."))
    return tag


@cache
def _time_zones() -> frozenset[str]:
    """All there are; the folder they lie in is read once."""
    return frozenset(available_timezones())


def _time_zone(name: str) -> str:
    if name not in _time_zones():
        raise Invalid(Problem("Choose a time zone from the list."))
    return name


Handle = Annotated[str, AfterValidator(handle)]
DisplayName = Annotated[Line, Field(min_length=1, max_length=MOST_NAME)]
Interface = Annotated[str, AfterValidator(_interface)]


def _as_list(chosen: object) -> object:
    return [chosen] if isinstance(chosen, str) else chosen


class JoinEntry(Entry):
    """Who somebody wants to be here."""

    handle: Handle
    display_name: DisplayName
    language: Interface = "en"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"


class ProfileEntry(Entry):
    """What members say about themselves, and how they read."""

    display_name: DisplayName
    about: Note = ""
    language: Interface = "en"
    reads: Annotated[
        list[Language], BeforeValidator(_as_list), Field(max_length=MOST_LANGUAGES)
    ] = []
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "UTC"
