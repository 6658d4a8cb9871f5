"""The language of a text, guessed by py3langid (why: tests/benchmarks)."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from stories.languages import kin
from stories.languages.model import identifier
from stories.languages.tags import UNKNOWN

# What the detector knows of the languages that people write about purchases in.
# Left out: what it takes for its big neighbours in short texts (Aragonese, Wu, …).
DETECTABLE = frozenset(
    "af am ar as az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi"
    " hr hu hy id ig is it ja ka kk km kn ko ku ky lb lo lt lv mg mk ml mn mr ms mt my"
    " ne nl no or pa pl ps pt ro ru rw si sk sl sn so sq sr sv sw ta te tg th tk tl tr"
    " ug uk ur uz vi xh yo zh zu".split()
)
SURE = 0.75
SURE_OF_FEW_WORDS = 0.9

_loaded: list[Any] = []
_TAGS = {"no": "nb", "tl": "fil"}
_FEW = 40
_ENOUGH = 4000
_PIECES = 4
_PIECE = 500
_LEAST_PIECE = 50
_NOT_WORDS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|X{2,}|[\W\d_]{8,}")


class Guess(NamedTuple):
    """A language guessed from a text, `und` where it is not sure enough (0 to 1)."""

    tag: str
    sure: float


def detect(text: str) -> Guess:
    """The language of a text, `und` where it is too short or too mixed to tell."""
    words = lettered(text)
    best = guess(words[:_ENOUGH])
    sure = best.sure * (1 - _mixed(words, best.tag))
    least = SURE if len(words) > _FEW else SURE_OF_FEW_WORDS
    return Guess(best.tag if sure >= least else UNKNOWN, sure)


def prepare(folder: Path) -> None:
    """Load the detector now (26 MB): before forking, so that processes share it. What
    takes long is kept in a folder."""
    _loaded.append(identifier(DETECTABLE, folder))


def _mixed(words: str, tag: str) -> float:
    """How much of a longer text is surely in other languages."""
    step = len(words) // _PIECES
    if step < _LEAST_PIECE:
        return 0.0
    pieces = [words[n * step :][: min(step, _PIECE)] for n in range(_PIECES)]
    guesses = [guess(piece) for piece in pieces]
    sure = [each.tag for each in guesses if each.sure >= SURE]
    others = [other for other in sure if not alike(other, tag)]
    return len(others) / _PIECES


def lettered(text: str) -> str:
    """A text without addresses and long numbers, which are in no language."""
    return _NOT_WORDS.sub(" ", text).strip()


def alike(tag: str, other: str) -> bool:
    """Whether the two are one language, or taken for one another in short texts."""
    pair = {tag.partition("-")[0], other.partition("-")[0]}
    return len(pair) == 1 or any(pair <= group for group in kin.TAKEN_FOR_ONE)


@lru_cache(maxsize=8)
def guess(piece: str) -> Guess:
    """The language that words seem to be in, however sure that is. A remark is looked
    at as a whole, and then as its only passage."""
    found, sure = _identifier().classify(piece)
    if found in kin.MALAY:
        return _malay(piece, found)
    if found == "zh":
        found = kin.chinese(piece)
    return Guess(_TAGS.get(found, found), float(sure))


def _malay(piece: str, found: str) -> Guess:
    """Indonesian or Malay: together they are surer than either, and words tell which.
    Malay that nothing tells from Indonesian is none."""
    known = dict(_identifier().rank(piece))
    sure = float(sum(known[tag] for tag in kin.MALAY))
    tag = kin.malay_or_indonesian(piece) or found
    if tag == "ms" and kin.malay_or_indonesian(piece) is None:
        return Guess(tag, float(known[tag]))
    return Guess(tag, sure)


def _identifier() -> Any:
    if not _loaded:
        _loaded.append(identifier(DETECTABLE))
    return _loaded[-1]
