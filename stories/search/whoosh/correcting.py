"""Did you mean: words that hardly a story has, one slip away from words of many."""

import unicodedata
from collections.abc import Iterator

from stories.search import analysis, parsing
from stories.search.whoosh.postings import LEXICON, TEXT
from stories.search.whoosh.reading import Moment, read_languages

SHORTEST = 4
LONGEST = 24
"""Shorter words are one slip away from too many, longer ones have too many slips."""
MOST_CORRECTED = 4
RARER = 20
"""A word so many times rarer than one that is a slip away was itself a slip."""

# The letters that a slip can bring in, by the script of the word.
_LETTERS = {
    "LATIN": "abcdefghijklmnopqrstuvwxyz0123456789",
    "GREEK": "αβγδεζηθικλμνξοπρσςτυφχψω",
    "CYRILLIC": "абвгдежзийклмнопрстуфхцчшщъыьэюяіџјљњћђґє",
    "ARABIC": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةءپچژگ",
    "HEBREW": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
}


def suggest(words: str, languages: tuple[str, ...], moment: Moment) -> str | None:
    """The query with its unknown words corrected, if that can be done."""
    tags = read_languages(languages, moment)
    corrected, at, done = "", 0, 0
    for start, end in parsing.plain_words(words):
        word = analysis.fold(words[start:end])
        better = _better(word, tags, moment) if done < MOST_CORRECTED else None
        if better is not None:
            corrected += words[at:start] + better
            at = end
            done += 1
    return corrected + words[at:] if done else None


def _better(word: str, tags: list[str], moment: Moment) -> str | None:
    """The most frequent word that is one slip away, where this one is a slip."""
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    stems = {analysis.stem(word, tag) for tag in tags}
    known = _frequency(word, moment)
    if not known and any(_has(stem, moment) for stem in stems):
        return None
    best = max(_slips(word), key=lambda slip: _frequency(slip, moment))
    if stems & {analysis.stem(best, tag) for tag in tags}:
        return None
    enough = max(1, known * RARER)
    return best if _frequency(best, moment) >= enough else None


def _has(stem: str, moment: Moment) -> bool:
    """Whether some document has the stem."""
    key = TEXT + stem.encode()
    return any(part.opened.words.get(key) for part in moment.parts)


def _frequency(word: str, moment: Moment) -> int:
    """How many documents have the word as it is written."""
    key = LEXICON + word.encode()
    found = (part.opened.words.get(key) for part in moment.parts)
    return sum(len(postings.docs) for postings in found if postings is not None)


def _slips(word: str) -> Iterator[str]:
    """Two letters swapped, one too few, one wrong, one too many."""
    letters = _LETTERS.get(unicodedata.name(word[0], "").partition(" ")[0], "")
    for i in range(len(word)):
        head, tail = word[:i], word[i:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield head + tail[1:]
        for letter in letters:
            yield head + letter + tail[1:]
            yield head + letter + tail
    for letter in letters:
        yield word + letter
