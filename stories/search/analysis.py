"""A text as what can be searched: words folded and stemmed, scripts without spaces
as overlapping pieces.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import Stemmer

from stories.search.compounds import parts
from stories.search.hanzi import simplified
from stories.search.kin import kin_of
from stories.search.stopwords import STOP_WORDS

STEMMERS = {
    "ar": "arabic",
    "bs": "serbian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hr": "serbian",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ms": "indonesian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
RICHER = frozenset({"ar", "de", "id", "ms", "nl", "pl"})
"""Languages with rules of our own for ASCII words, too."""
MOST_ENDINGS = 3
"""So often a word is stemmed: Snowball takes the plural's ending from `petits`, and
another one from `petit`, which makes two stems of one word."""
LONGEST = 64
"""Longer words are cut here: nobody types them, and they fill the index."""

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ĸ": "k",
        "ƒ": "f",
        "ə": "e",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ـ": "",
    }
)
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Accents of Latin, Greek and Cyrillic (but й is a letter), Hebrew points, Arabic
# vowels, and what joins or parts letters unseen. Indic and Thai marks are letters.
_MARKS = re.compile(
    "(?<!и)\u0306|[\u0300-\u0305\u0307-\u036f\u0483-\u0487\u0591-\u05bd\u05bf"
    "\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u00ad"
    "\u200b-\u200f\u2060\ufe00-\ufe0f]"
)
_PAIRS = (
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3131-\u318e\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\uff66-\uffdc\u1100-\u11ff\U00020000-\U0003ffff"
)
_THREES = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1780-\u17d3"
RUN = re.compile(
    "[\\w\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5"
    "\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff"
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59\u0eb1-\u0ece\u0f71-\u0f84\u102b-\u103e"
    "\u1734\u17b4-\u17d3\u200c\u200d\u3099\u309a]+"
)
_ASCII_RUN = re.compile("[0-9A-Za-z_]+")
_UNSPACED = re.compile(f"[{_PAIRS}{_THREES}]")
_SCRIPTS = re.compile(
    f"(?P<pairs>[{_PAIRS}\u3099\u309a]+)|(?P<threes>[{_THREES}]+)|"
    f"(?P<word>[^{_PAIRS}{_THREES}_]+)"
)
_LENGTHS = {"pairs": 2, "threes": 3}

Cut = Callable[[str, int], Iterator[tuple[int, str, bool]]]


class Token(NamedTuple):
    """A word, or a piece of a script without spaces, at its place in a text.

    `position` counts words and pieces, `start` and `end` letters of the text.
    A `short` piece stands for all that begin with it. What the word is found by as
    well, for less, are its `kin`: other stems, and those of its parts.
    """

    word: str
    stem: str
    position: int
    start: int
    end: int
    piece: bool = False
    short: bool = False
    kin: tuple[str, ...] = ()
    typed: str = ""


_new = Token._make
"""Quicker than by its name: most of what is indexed is such a word."""


class Analysed(NamedTuple):
    """A word folded, its stem, other stems that it may have, and those of its parts."""

    word: str
    stem: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    """The others and the parts."""


def tokens(text: str, language: str) -> Iterator[Token]:
    """Everything in the text that can be found, stop words too.

    >>> [token.stem for token in tokens("L'assistenza: pessime proteste", "it")]
    ['l', 'assistent', 'pessim', 'protest']
    """
    return _tokens(text, primary_tag(language), _pieces)


def asked(text: str, language: str) -> Iterator[Token]:
    """The tokens that together find the text, as they were typed: pieces no shorter
    than they must be."""
    for token in _tokens(text, primary_tag(language), _asked_pieces):
        yield token._replace(typed=text[token.start : token.end])


def runs(text: str) -> re.Pattern[str]:
    """What finds the runs of letters in the text: a quicker one where it is ASCII."""
    return _ASCII_RUN if text.isascii() else RUN


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Where words stand, and how long the pieces are that they are cut into (else 0).

    >>> list(spans("a 充電器"))
    [(0, 1, 0), (2, 5, 2)]
    """
    for run in runs(text).finditer(text):
        for script, part, start in _scripts(run):
            yield start, start + len(part), _LENGTHS.get(script, 0)


def _tokens(text: str, primary: str, cut: Cut) -> Iterator[Token]:
    position = 0
    for run in runs(text).finditer(text):
        for script, part, start in _scripts(run):
            if script == "word":
                word, stem, _, _, kin = analysed(part, primary)
                if word:
                    end = start + len(part)
                    yield _new(
                        (word, stem, position, start, end, False, False, kin, "")
                    )
                    position += 1
            else:
                letters = letters_folded(part)
                for i, piece, short in cut(letters, _LENGTHS[script]):
                    first = start + min(i, len(part) - 1)
                    last = start + min(i + len(piece), len(part))
                    at = position + i
                    yield Token(piece, piece, at, first, last, piece=True, short=short)
                position += len(letters)


def _scripts(run: re.Match[str]) -> Iterator[tuple[str, str, int]]:
    text = run.group()
    if "_" not in text and (text.isascii() or not _UNSPACED.search(text)):
        yield "word", text, run.start()
        return
    for part in _SCRIPTS.finditer(text):
        yield str(part.lastgroup), part.group(), run.start() + part.start()


def _pieces(letters: str, length: int) -> Iterator[tuple[int, str, bool]]:
    """A piece from every letter on, shorter at the end: any letter begins one."""
    for i in range(len(letters)):
        yield i, letters[i : i + length], False


def _asked_pieces(letters: str, length: int) -> Iterator[tuple[int, str, bool]]:
    if len(letters) < length:
        yield 0, letters, True
    for i in range(len(letters) - length + 1):
        yield i, letters[i : i + length], False


def primary_tag(language: str) -> str:
    """The language alone, without script and country: `pt` of `pt-BR`."""
    return language.partition("-")[0].lower()


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing by themselves in this language, folded."""
    words = STOP_WORDS.get(primary_tag(language), frozenset())
    return frozenset(map(fold, words))


def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    return analysed(word, primary_tag(language)).stem


def letters_folded(letters: str) -> str:
    """Letters of a script without spaces in their full width, katakana as hiragana,
    Chinese characters in their simple form."""
    return simplified(unicodedata.normalize("NFKC", letters).translate(_HIRAGANA))


def is_spaced(text: str) -> bool:
    """Whether the text has no letter of a script without spaces."""
    return not _UNSPACED.search(text)


@lru_cache(maxsize=30_000)
def analysed(word: str, primary: str) -> Analysed:
    """A word as it stands in a text, in the language alone."""
    folded = fold(word)[:LONGEST]
    algorithm = STEMMERS.get(primary)
    if algorithm is None or not folded:
        return Analysed(folded, folded)
    stem = _stem(folded, algorithm)
    if primary not in RICHER and word.isascii():
        return Analysed(folded, stem)
    others = set(kin_of(folded, primary, partial(_stem, algorithm=algorithm)))
    if not word.isascii():  # Snowball may need the accents to know the ending
        others.add(fold(_stem(_lower(word, primary), algorithm)))
    further = tuple(sorted(others - {stem, ""}))
    found = (_stem(part, algorithm) for part in parts(folded, primary, fold))
    within = tuple(dict.fromkeys(found))
    kin = tuple(dict.fromkeys((*further, *within)))
    return Analysed(folded, stem, further, within, kin)


def _stem(word: str, algorithm: str) -> str:
    """The word without its endings, as often as there is one."""
    for _ in range(MOST_ENDINGS):
        shorter = _stemmers.of(algorithm).stemWord(word)
        if not shorter or shorter == word:
            break
        word = shorter
    return str(word)


def _lower(word: str, primary: str) -> str:
    """In small letters, in Turkish by its own rule, accents and all."""
    if primary == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", word.lower())[:LONGEST]


def fold(word: str) -> str:
    """A word without case, accents, width and points.

    >>> fold("Łódź"), fold("GROẞ"), fold("Йод")
    ('lodz', 'gross', 'йод')
    """
    if word.isascii():
        return word.lower()
    text = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


class _Stemmers(threading.local):
    """Stemmers of this thread: one must not be shared."""

    def __init__(self) -> None:
        self.made: dict[str, Any] = {}

    def of(self, algorithm: str) -> Any:
        if algorithm not in self.made:
            self.made[algorithm] = Stemmer.Stemmer(algorithm, 0)
        return self.made[algorithm]


_stemmers = _Stemmers()
