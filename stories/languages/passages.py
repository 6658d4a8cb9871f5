"""Passages of a text that are surely in another language than the text itself.

The thresholds are measured: `python -m tests.benchmarks detection` prints what they
mark wrongly, and what they find.
"""

from functools import cache

from stories.languages.detection import DETECTABLE, alike, guess, lettered
from stories.languages.interface import INTERFACE_LANGUAGES
from stories.languages.tags import UNKNOWN, script

LEAST = 40
"""Letters that it takes to tell two languages of one script apart."""
LEAST_IN_ITS_SCRIPT = 12
"""Letters that it takes where the script is another, too."""
SURE = 0.95
SURE_OF_HALF = 0.5
MOST_READ = 600
"""Letters of a long passage that are read: from its beginning, and from its end."""

_OF_SIGNS = frozenset({"Hans", "Hant", "Jpan", "Kore"})


def another_language(words: str, around: str) -> str | None:
    """The language of a passage in a text of that language; None where it is the
    text's, or where nothing is sure: then the two halves say different things."""
    letters = _ends(lettered(words))
    if len(letters) < LEAST_IN_ITS_SCRIPT or not _is_known(around):
        return None
    tag, sure = guess(letters)
    if sure < SURE or alike(tag, around) or len(letters) < _least(tag, around):
        return None
    if around == UNKNOWN and _primary(tag) not in _spoken_here():
        return None
    middle = len(letters) // 2
    halves = guess(letters[:middle]), guess(letters[middle:])
    agree = all(alike(each.tag, tag) and each.sure >= SURE_OF_HALF for each in halves)
    return tag if agree else None


def _ends(letters: str) -> str:
    if len(letters) <= MOST_READ:
        return letters
    return f"{letters[: MOST_READ // 2]} {letters[-MOST_READ // 2 :]}"


@cache
def _is_known(around: str) -> bool:
    """Whether the detector can tell that a passage is in the text's own language. Of a
    text in a language unknown it says a lot that is not so: see `_spoken_here`."""
    primary = _primary(around)
    usual = primary == "zh" or script(around) == script(primary)
    known = primary in DETECTABLE or primary in {"fil", "nb", "nn"}
    return around == UNKNOWN or (known and usual)


def _least(tag: str, around: str) -> int:
    """Chinese and Japanese, too, share letters with one another."""
    one, other = script(tag), script(around)
    same = one == other or {one, other} <= _OF_SIGNS
    return LEAST if same else LEAST_IN_ITS_SCRIPT


@cache
def _spoken_here() -> frozenset[str]:
    return frozenset(map(_primary, INTERFACE_LANGUAGES))


def _primary(tag: str) -> str:
    return tag.partition("-")[0]
