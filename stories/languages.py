"""Languages of texts and of the interface, as BCP 47 tags."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from pydantic import AfterValidator

from stories.problems import Invalid, Problem

INTERFACE_LANGUAGES = ("en", "it")
UNKNOWN = "und"

_TOO_SHORT = 12
_SHAPE = re.compile(
    r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.IGNORECASE
)
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"}
)


def tag(text: str) -> str:
    """The tag in its usual form (`en-gb` → `en-GB`), or Invalid."""
    found = _SHAPE.fullmatch(text.strip().replace("_", "-"))
    if not found:
        raise Invalid(Problem("“%(tag)s” is not the tag of a language.", tag=text[:40]))
    language, script, territory = found.groups()
    parts = [
        language.lower(),
        script and script.title(),
        territory and territory.upper(),
    ]
    return "-".join(part for part in parts if part)


Tag = Annotated[str, AfterValidator(tag)]


class Guess(NamedTuple):
    """A language guessed from a text, and how sure the guess is (0 to 1)."""

    tag: str
    sure: float


def fallback(tag: str) -> list[str]:
    """The tag, then what stands in for it, nearest first: `pt-BR`, `pt`."""
    parts = tag.split("-")
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]


def match(wanted: Iterable[str], offered: Sequence[str]) -> str | None:
    """The first of the wanted languages that is offered, or its nearest kin."""
    for one in wanted:
        for kin in fallback(one):
            if kin in offered:
                return kin
    return None


@cache
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written."""
    likely = str(get_global("likely_subtags").get(tag.split("-", maxsplit=1)[0], ""))
    script = next(
        (
            part
            for part in [*tag.split("-")[1:], *likely.split("_")[1:]]
            if len(part) == 4
        ),
        "",
    )
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


@cache
def name(tag: str, language: str) -> str:
    """What the language is called in another: `name("it", "en")` is Italian."""
    try:
        return (
            Locale.parse(tag, sep="-").get_display_name(language.replace("-", "_"))
            or tag
        )
    except (UnknownLocaleError, ValueError):
        known = Locale.parse(language, sep="-").languages
        return next((known[kin] for kin in fallback(tag) if kin in known), tag)


def own_name(tag: str) -> str:
    """What the language calls itself: `italiano`."""
    try:
        return name(tag, tag)
    except (UnknownLocaleError, ValueError):
        return name(tag, "en")


def detect(text: str) -> Guess:
    """The language of a text, `und` where it is too short or too mixed to tell."""
    if len(text.strip()) < _TOO_SHORT:
        return Guess(UNKNOWN, 0.0)
    found, sure = _identifier().classify(text[:4000])
    return Guess(found, sure) if sure > 0.5 else Guess(UNKNOWN, sure)


@cache
def _identifier() -> Any:
    """The detector, loaded when first asked: it brings numpy and its model."""
    langid = import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
