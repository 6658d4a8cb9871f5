"""Did you mean: words that no story has, one slip away from words that some have."""

import unicodedata
from collections.abc import Iterator

from stories.search import analysis, parsing
from stories.search.whoosh.postings import LEXICON, TEXT
from stories.search.whoosh.reading import Moment, read_languages

SHORTEST = 4
LONGEST = 24
"""Shorter words are one slip away from too many, longer ones have too many slips."""
MOST_CORRECTED = 4

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
        if done < MOST_CORRECTED and _correctable(word, tags, moment):
            better = max(_slips(word), key=lambda other: _frequency(other, moment))
            if _frequency(better, moment):
                corrected += words[at:start] + better
                at = end
                done += 1
    return corrected + words[at:] if done else None


def _correctable(word: str, tags: list[str], moment: Moment) -> bool:
    """Whether the word is neither known, nor its stem, nor too short or too long."""
    if not SHORTEST <= len(word) <= LONGEST or _frequency(word, moment):
        return False
    keys = {TEXT + analysis.stem(word, tag).encode() for tag in tags}
    return not any(part.opened.words.get(key) for part in moment.parts for key in keys)


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
