"""Long words taken apart, in languages that write them as one: what is found by
`Vertrag` and by `Handy` in `Handyvertrag`.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from stories.search.parts import PARTS

SHORTEST = 7
"""Letters of a word that may be a compound."""
LEAST = 3
LONGEST = 20
LEAST_UNKNOWN = 4
LEAST_AT_END = 4
LEAST_AT_BEGINNING = 5
"""Letters of a part; of one that is not in the list, and of its neighbours then."""

_JOINTS = {
    "de": ("", "s", "es", "n", "en", "e", "er", "in", "innen", "nen"),
    "nl": ("", "s", "en", "n", "e", "er"),
}
"""What stands behind a part, or is its ending."""
_ENDINGS = frozenset(
    "chaft chen erin erinnen haft heit igkeit isch keit lich liche lichen lichkeit los "
    "losigkeit schaft schaften achtig baar heid lijk lijke lijkheid loos schap".split()
)
_ONE_VOWEL = re.compile("(?<![aeiouy])[aeiou](?P<last>[bdfgklmnprst])$")
_TWO_VOWELS = re.compile("([aeou])\\1(?P<last>[bdfgklmnprst])$")
_SOFT = {"f": "v", "s": "z"}

Fold = Callable[[str], str]


def parts(word: str, language: str, fold: Fold) -> tuple[str, ...]:
    """What a folded word is made of; nothing where it is one, or not known to be more.

    >>> parts("handyvertrage", "de", str)
    ('handy', 'vertrag')
    """
    if language not in PARTS or len(word) < SHORTEST:
        return ()
    known = _known(language, fold)
    if word in known:
        return ()
    return _whole(word, known) or _beside(word, known)


@cache
def _known(language: str, fold: Fold) -> dict[str, str]:
    """Every part in the forms that it takes within a word, and what it is by itself."""
    words = {fold(word) for word in PARTS[language]}
    found: dict[str, str] = {}
    for word in sorted(words, key=len):
        for joint in _JOINTS[language]:
            found.setdefault(word + joint, word)
        if word.endswith("e"):
            found.setdefault(word[:-1], word)
        for form in _dutch(word) if language == "nl" else ():
            found.setdefault(form, word)
    return found | {word: word for word in words}


def _dutch(word: str) -> Iterator[str]:
    """`bonnen` of `bon`, `delen` of `deel`, `brieven` of `brief`."""
    if one := _ONE_VOWEL.search(word):
        yield word + one["last"] + "en"
    root = _TWO_VOWELS.sub(r"\1\g<last>", word)
    for end in {root[-1], _SOFT.get(root[-1], root[-1])}:
        yield root[:-1] + end + "en"


def _whole(word: str, known: dict[str, str]) -> tuple[str, ...]:
    """The fewest known parts that make up the word."""
    best: dict[int, tuple[str, ...]] = {0: ()}
    for start in range(len(word)):
        before = best.get(start)
        if before is None:
            continue
        for end in range(start + LEAST, min(len(word), start + LONGEST) + 1):
            part = known.get(word[start:end])
            if part and (end not in best or len(best[end]) > len(before) + 1):
                best[end] = (*before, part)
    found = best.get(len(word), ())
    return found if len(found) > 1 else ()


def _beside(word: str, known: dict[str, str]) -> tuple[str, ...]:
    """A known part and the rest, which may be anything."""
    for at in range(LEAST_UNKNOWN, len(word) - LEAST_AT_END + 1):
        if part := known.get(word[at:]):
            return (word[:at], part)
    for at in range(len(word) - LEAST_UNKNOWN, LEAST_AT_BEGINNING - 1, -1):
        part = known.get(word[:at])
        if part and word[at:] not in _ENDINGS:
            return (part, word[at:])
    return ()
