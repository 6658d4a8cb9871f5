"""Did you mean: words that hardly a story has, one slip away from words of many.

Which letters can follow a beginning is asked of the index itself, so that it works in
every script, and costs as much as the letters that do follow.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import compress

import numpy as np

from stories.search import analysis, parsing
from stories.search.hanzi import simplified
from stories.search.whoosh import evaluating
from stories.search.whoosh.postings import LEXICON, TEXT, mark
from stories.search.whoosh.reading import Moment, read_languages

SHORTEST = 4
LONGEST = 24
"""Shorter words are one slip away from too many, longer ones have too many slips."""
MOST_CORRECTED = 4
RARER = 20
"""A word so many times rarer than one that is a slip away was itself a slip."""
BLOCK = 128
"""Letters of one script stand together in Unicode, about so many."""
WEAKEST = 2
"""At so many places a slip is looked for in a script without spaces."""
TRIED = 3
"""So many corrections are looked up in the stories, the likeliest ones."""

_HIRAGANA = re.compile("[\u3041-\u3096]")

Letters = Callable[[int], Iterable[str]]
"""Which letters may stand at a place."""


def suggest(words: str, languages: tuple[str, ...], moment: Moment) -> str | None:
    """The query with its unknown words corrected, if that can be done."""
    tags = read_languages(languages, moment)
    corrected, at, done = "", 0, 0
    for start, end, size in parsing.plain_words(words):
        better = None
        if done < MOST_CORRECTED:
            part = words[start:end]
            better = (
                _piecewise(part, size, moment) if size else _word(part, tags, moment)
            )
        if better is not None:
            corrected += words[at:start] + better
            at = end
            done += 1
    return corrected + words[at:] if done else None


def _word(typed: str, tags: list[str], moment: Moment) -> str | None:
    """The most frequent word that is one slip away, where this one is a slip."""
    word = analysis.fold(typed)
    if not SHORTEST <= len(word) <= LONGEST:
        return None
    stems = {analysis.stem(word, tag) for tag in tags}
    known = _frequency(LEXICON, word, moment)
    if not known and any(_frequency(TEXT, stem, moment) for stem in stems):
        return None
    slips = _slips(word, lambda at: _letters(LEXICON, word[:at], word, moment))
    counts = _frequencies(LEXICON, slips, moment)
    best = max(counts, key=counts.__getitem__)
    if stems & {analysis.stem(best, tag) for tag in tags}:
        return None
    enough = max(1, known * RARER)
    return best if counts[best] >= enough else None


def _piecewise(typed: str, size: int, moment: Moment) -> str | None:
    """The likeliest run of letters that some story has and that is one slip away, in a
    script without spaces; a slip is where pieces of so many letters are not known."""
    run = analysis.letters_folded(typed)
    if not size < len(run) <= LONGEST or _says(run, moment):
        return None
    counts = _Counts(moment)
    weak = _weakest(run, size, counts)

    def letters(at: int) -> Iterable[str]:
        if at not in weak:
            return ()
        head = run[max(0, at - size + 1) : at]
        after = (run[at : at + size - 1], run[at + 1 : at + size])
        said = _letters(TEXT, head, run, moment)
        counts.look_up(each + rest for each in said for rest in after)
        return (each for each in said if any(counts[each + rest] for rest in after))

    known = {slip: _rarest(slip, size, counts) for slip in _slips(run, letters)}
    likely = sorted(known, key=lambda slip: (-known[slip], slip))[:TRIED]
    said = (each for each in likely if known[each] and _says(each, moment))
    return next((_composed(each, typed) for each in said), None)


class _Counts(dict[str, int]):
    """How many documents have a piece, each looked up once."""

    def __init__(self, moment: Moment) -> None:
        super().__init__()
        self._moment = moment

    def __missing__(self, piece: str) -> int:
        self[piece] = _frequency(TEXT, piece, self._moment)
        return self[piece]

    def look_up(self, pieces: Iterable[str]) -> None:
        """Many at once, of which hardly any is there."""
        new = [piece for piece in pieces if piece not in self]
        self.update(_frequencies(TEXT, new, self._moment))


def _composed(run: str, typed: str) -> str:
    """Thai and Lao vowels as they are typed: NFKC takes them apart. Katakana where no
    hiragana was typed, and the very characters that were typed."""
    if not _HIRAGANA.search(unicodedata.normalize("NFKC", typed)):
        run = _HIRAGANA.sub(lambda kana: chr(ord(kana.group()) + 0x60), run)
    run = run.translate({ord(simplified(each)): each for each in typed})
    return run.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _weakest(run: str, size: int, counts: _Counts) -> set[int]:
    """The places whose pieces are known least."""
    known = [counts[run[at : at + size]] for at in range(len(run) - size + 1)]
    around = [known[max(0, at - size + 1) : at + 1] for at in range(len(run))]
    weak = sorted(range(len(run)), key=lambda at: (sum(around[at]), -len(around[at])))
    return set(weak[:WEAKEST])


def _rarest(run: str, size: int, counts: _Counts) -> int:
    """How many documents have the piece that the fewest have."""
    fewest = 0
    for at in range(len(run) - size + 1):
        known = counts[run[at : at + size]]
        if not known:
            return 0
        fewest = min(fewest or known, known)
    return fewest


def _says(run: str, moment: Moment) -> bool:
    """Whether some story has these letters together."""
    scores = evaluating.score(parsing.parse(f'"{run}"', ()), moment)
    return bool((moment.alive & (scores > 0)).any())


def _frequency(kind: bytes, word: str, moment: Moment) -> int:
    """How many documents have the stem, piece, or word as it is written."""
    key = kind + word.encode()
    return sum(part.opened.words.count(key) for part in moment.parts)


def _frequencies(kind: bytes, words: Iterable[str], moment: Moment) -> dict[str, int]:
    """The same for many words, of which hardly any is there."""
    counts = dict.fromkeys(words, 0)
    keys = [kind + word.encode() for word in counts]
    marks = np.fromiter(map(mark, keys), np.uint32, len(keys))
    for part in moment.parts:
        block = part.opened.words
        likely = block.keys.may_have(marks)
        for word, key in compress(zip(counts, keys, strict=True), likely):
            counts[word] += block.count(key)
    return counts


def _letters(kind: bytes, head: str, word: str, moment: Moment) -> Iterable[str]:
    """The letters that follow a beginning in some word; where there is none, the
    letters of the script."""
    return _following(kind + head.encode(), moment) if head else _alphabet(word[0])


def _following(start: bytes, moment: Moment) -> set[str]:
    known = (part.opened.words.keys for part in moment.parts)
    return set().union(*(keys.letters_after(start) for keys in known))


@lru_cache(maxsize=64)
def _alphabet(letter: str) -> str:
    """The letters of the same script; nothing where there are thousands."""
    if letter.isascii():
        return "abcdefghijklmnopqrstuvwxyz0123456789"
    name = unicodedata.name(letter, "")
    if name.startswith(("CJK", "HANGUL")):
        return ""
    first = ord(letter) - ord(letter) % BLOCK
    block = map(chr, range(first, first + BLOCK))
    return "".join(each for each in block if unicodedata.category(each) in ("Ll", "Lo"))


def _slips(word: str, letters: Letters) -> Iterator[str]:
    """Two letters swapped, one too many, one wrong, one too few."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield head + tail[1:]
        for letter in letters(at):
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
