"""A text cut into words for a machine and what stays around them: the signs that make
Markdown of it, and the lines between its paragraphs.

    kept, words = cut("- One.")
    joined(kept, ["Uno."])  # "- Uno."
"""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

MOST_LETTERS = 5_000
"""So much a machine is given at once, about."""
_SIGNS = re.compile(
    r"(\n(?:[ \t]*\n)+"
    r"|^[ \t]*(?:>[ \t]*|(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]+)+)",
    re.MULTILINE,
)
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])")


def cut(text: str) -> tuple[list[str], list[str]]:
    """What stays around the words, and the words, paragraph by paragraph and point by
    point. There is one more of what stays."""
    kept, words = [""], []
    for place, part in enumerate(_SIGNS.split(text)):
        if place % 2:
            kept[-1] += part
            continue
        for piece, between in _short(part):
            before, bare, after = _bare(piece)
            if not any(map(str.isalpha, bare)):
                kept[-1] += piece + between
                continue
            kept[-1] += before
            words.append(bare)
            kept.append(after + between)
    return kept, words


def joined(kept: Sequence[str], words: Sequence[str]) -> str:
    """The text with other words between what stays."""
    pairs = zip_longest(kept, (each.strip() for each in words), fillvalue="")
    return "".join(part for pair in pairs for part in pair)


def at_once(words: Sequence[str]) -> Iterator[list[str]]:
    """The words in lots, none longer than a machine takes, each of whole pieces."""
    lot: list[str] = []
    size = 0
    for each in words:
        if lot and size + len(each) > MOST_LETTERS:
            yield lot
            lot, size = [], 0
        lot.append(each)
        size += len(each)
    if lot:
        yield lot


def _bare(piece: str) -> tuple[str, str, str]:
    found = _EDGES.fullmatch(piece)
    return (found[1], found[2], found[3]) if found else ("", piece, "")


def _short(part: str) -> Iterator[tuple[str, str]]:
    """A paragraph, or its sentences where it is too long, each with what is between it
    and the next; a sentence without an end is cut at blanks, or anywhere."""
    while len(part) > MOST_LETTERS:
        end, start = _end(part)
        yield part[:end], part[end:start]
        part = part[start:]
    yield part, ""


def _end(part: str) -> tuple[int, int]:
    """Where the last whole sentence ends that a machine takes, and the next begins."""
    ends = [found.span() for found in _SENTENCE.finditer(part, 0, MOST_LETTERS)]
    if ends and ends[-1][0] > 0:
        return ends[-1]
    blank = part.rfind(" ", 1, MOST_LETTERS)
    return (blank, blank + 1) if blank > 0 else (MOST_LETTERS, MOST_LETTERS)
