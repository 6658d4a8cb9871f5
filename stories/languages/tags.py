"""Tags of languages: their usual form, kin and direction."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Annotated, Literal

from babel.core import get_global
from pydantic import AfterValidator

from stories.problems import Invalid, Problem

UNKNOWN = "und"

LONGEST = 35  # RFC 5646, 4.4.1
PATTERN = (
    "^[A-Za-z]{2,3}([-_][A-Za-z]{4})?([-_]([A-Za-z]{2}|[0-9]{3}))?"
    "([-_]([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
)
"""What `tag` understands, for those who write to us; a test holds the two together."""
_SHAPE = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<territory>[a-z]{2}|\d{3}))?(?P<variants>(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*)",
    re.IGNORECASE | re.ASCII,
)
_RIGHT_TO_LEFT = frozenset(
    {"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"}
)


def tag(text: str) -> str:
    """The tag in its usual form, or Invalid.

    >>> tag("zh_hans-cn"), tag("eng"), tag("iw")
    ('zh-Hans-CN', 'en', 'he')
    """
    text = text.strip()
    found = _SHAPE.fullmatch(text.replace("_", "-"))
    if not found or len(text) > LONGEST:
        raise Invalid(Problem("“%(tag)s” is not the tag of a language.", tag=text[:35]))
    language, *more = _usual(found["language"].lower()).split("-")
    own = (found["script"] or "").title() or "".join(more)
    territory = (found["territory"] or "").upper()
    parts = [language, own, territory, *found["variants"].lower().split("-")]
    return "-".join(part for part in parts if part)


Tag = Annotated[str, AfterValidator(tag)]


def fallback(tag: str) -> list[str]:
    """The tag, then what stands in for it, nearest first.

    >>> fallback("pt-BR"), fallback("zh-TW")
    (['pt-BR', 'pt'], ['zh-TW', 'zh-Hant', 'zh'])
    """
    parts = tag.split("-")
    kin = ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]
    written = script(tag)
    if len(parts) > 1 and written not in (*parts, script(parts[0])):
        kin.insert(-1, f"{parts[0]}-{written}")
    return kin


def match(wanted: Iterable[str], offered: Sequence[str]) -> str | None:
    """The first of the wanted languages that is offered, or its nearest kin.

    >>> match(["xx", "it-CH", "en"], ["en", "it"])
    'it'
    """
    for one in wanted:
        for kin in fallback(one):
            found = kin if kin in offered else _sort_of(kin, offered)
            if found:
                return found
    return None


def understands(reads: Iterable[str], tag: str) -> bool:
    """Whether who reads these languages can read that one: its variants too, in the
    same script. What nobody knows the language of, everybody may try.

    >>> understands(["pt-BR", "zh-Hans"], "pt"), understands(["zh-Hans"], "zh-TW")
    (True, False)
    """
    return tag.startswith(UNKNOWN) or any(_kin(one) == _kin(tag) for one in reads)


@cache
def _kin(tag: str) -> tuple[str, str]:
    return tag.split("-", maxsplit=1)[0], script(tag)


@cache
def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Which way the language is written: from the left, unless its script runs left."""
    return "rtl" if script(tag) in _RIGHT_TO_LEFT else "ltr"


def _sort_of(tag: str, offered: Sequence[str]) -> str | None:
    """The first that is offered of what the tag stands for: pt-BR for pt."""
    return next((one for one in offered if tag in fallback(one)), None)


def _usual(language: str) -> str:
    """The code that is used today: `he` for `iw`, `en` for `eng`."""
    usual: str = get_global("language_aliases").get(language, language)
    return usual.replace("_", "-")


@cache
def script(tag: str) -> str:
    """The script of the tag: its own, else the one that is likely there (CLDR)."""
    language, *rest = tag.split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return scripts[0]
    likely = get_global("likely_subtags")
    places = [f"{language}_{part}" for part in rest]
    full = next((likely[at] for at in [*places, language] if at in likely), "")
    return str(full).split("_")[1] if "_" in full else ""
