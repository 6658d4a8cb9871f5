"""Two wordings of one text, word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Op = Literal["same", "gone", "new"]

# Scripts whose words stand without spaces: letter by letter, with its marks.
_APART = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_SENTENCE = re.compile(r"[^\n.!?…。！？]*[\n.!?…。！？]*\s*")
_WORD = re.compile(
    rf"\s+|[{_APART}][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u3099\u309a]*"
    rf"|[^\W{_APART}]+|[^\w\s]"
)
# What comparing word by word may cost in all: about a quarter of a second.
_COST = 20_000_000


@dataclass(frozen=True)
class Change:
    """A passage that stayed, went or came."""

    op: Op
    text: str


def diff(old: str, new: str) -> list[Change]:
    """What changed between two wordings: what stayed, went and came, in order.

    Joined, what is not new is the old wording, what is not gone is the new one.
    Sentences and words that stand once in both hold the rest in place; what is too
    much to compare between them is gone and new as a whole.
    """
    found: list[Change] = []
    left = _COST
    for gone, came in _passages(old, new):
        cost = len(gone) * len(came) * min(len(gone), len(came))
        if gone == came:
            found.append(Change("same", "".join(gone)))
        elif cost > left:
            found += _replaced(gone, came)
        else:
            found += _compared(gone, came)
            left -= cost
    return _joined(found)


def _passages(old: str, new: str) -> Iterator[tuple[list[str], list[str]]]:
    """Words of both in pairs of passages, equal ones and others."""
    for gone, came in _between(_SENTENCE.findall(old), _SENTENCE.findall(new)):
        if gone == came:
            yield gone, came
        else:
            words = _WORD.findall("".join(gone)), _WORD.findall("".join(came))
            yield from _between(*words)


def _compared(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            yield Change("same", "".join(old[a:b]))
        else:
            yield from _replaced(old[a:b], new[c:d])


def _replaced(old: list[str], new: list[str]) -> Iterator[Change]:
    yield Change("gone", "".join(old))
    yield Change("new", "".join(new))


def _between(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Passages of both in pairs, parted where they begin or end alike, and where a
    piece that is unique holds both.
    """
    first = _alike(old, new)
    last = _alike(old[::-1], new[::-1])
    last = min(last, len(old) - first, len(new) - first)
    yield old[:first], new[:first]
    yield from _held(old[first : len(old) - last], new[first : len(new) - last])
    yield old[len(old) - last :], new[len(new) - last :]


def _alike(old: list[str], new: list[str]) -> int:
    """How many pieces both begin with."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(old), len(new)))


def _held(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    start, after = 0, 0
    for here, there in [*_anchors(old, new), (len(old), len(new))]:
        yield old[start:here], new[after:there]
        yield old[here : here + 1], new[there : there + 1]
        start, after = here + 1, there + 1


def _anchors(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Places of pieces that stand once in both, in the same order (patience diff)."""
    once, again = Counter(old), Counter(new)
    places = {piece: at for at, piece in enumerate(new) if again[piece] == 1}
    pairs = [
        (at, places[piece])
        for at, piece in enumerate(old)
        if once[piece] == 1 and piece in places
    ]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of the pairs that rises in both places."""
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, there) in enumerate(pairs):
        pile = bisect_left(tops, there)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [there]
        last[pile : pile + 1] = [at]
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _joined(changes: list[Change]) -> list[Change]:
    """Neighbours of one kind as one; between two that stay, what went comes first."""
    found: list[Change] = []
    for stays, group in groupby(changes, key=lambda change: change.op == "same"):
        passage = list(group)
        kinds: tuple[Op, ...] = ("same",) if stays else ("gone", "new")
        for op in kinds:
            text = "".join(change.text for change in passage if change.op == op)
            if text:
                found.append(Change(op, text))
    return found
