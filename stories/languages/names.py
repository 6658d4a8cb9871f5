"""What languages are called, by themselves and in other languages."""

import unicodedata
from functools import cache
from typing import NamedTuple

from babel import Locale, UnknownLocaleError

from stories.languages.own_names import OWN_NAMES
from stories.languages.tags import fallback

# Chosen most often; the order in which a list begins.
COMMON = ("en", "it", "de", "fr", "es", "pt", "nl", "pl", "ja", "zh", "ko", "ar")


class Choice(NamedTuple):
    """A language to choose: its tag, its own name, its name in another."""

    tag: str
    own_name: str
    name: str


@cache
def choosable(language: str) -> tuple[Choice, ...]:
    """Every language that a text can be in, common ones first, named in `language`.

    Left out: what has no name in it, as readers could not tell it from a code.
    """
    others = sorted(OWN_NAMES.keys() - COMMON, key=lambda tag: _bare(OWN_NAMES[tag]))
    named = [Choice(t, OWN_NAMES[t], name(t, language)) for t in (*COMMON, *others)]
    return tuple(one for one in named if one.name != one.tag)


@cache
def name(tag: str, language: str) -> str:
    """What a language is called in another one; the tag itself where nobody says.

    >>> name("it", "en"), name("it-CH", "it")
    ('Italian', 'italiano (Svizzera)')
    """
    locale = Locale.parse(language, sep="-")
    for kin in fallback(tag):
        known = locale.languages.get(kin.replace("-", "_"))
        if known:
            parts = tag.removeprefix(kin).split("-")[1:]
            named = [locale.scripts.get(p) or locale.territories.get(p) for p in parts]
            more = ", ".join(part for part in named if part)
            return f"{known} ({more})" if more else known
    return tag


@cache
def own_name(tag: str) -> str:
    """What a language calls itself.

    >>> own_name("it"), own_name("de-AT")
    ('italiano', 'Österreichisches Deutsch')
    """
    if tag in OWN_NAMES:
        return OWN_NAMES[tag]
    try:
        return name(tag, tag)
    except (UnknownLocaleError, ValueError):
        return name(tag, "en")


def _bare(word: str) -> str:
    """Without accents and case: the order of a list."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one))
