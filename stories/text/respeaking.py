"""The blocks of a text that are in another language, and their author's word on one:
a mark put into the source, where it says just that and changes nothing else."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import chain, islice
from typing import NamedTuple

from stories.text.rendering import render
from stories.text.tongues import MARK, MARKED

MOST_TRIED = 60
"""Places in the source that are tried: rendering a long text takes its time."""
_TRIED_WITH = "zxx"
"""The tag of what is in no language."""

Gap = tuple[str, str]
"""A source before and after the place of a mark."""


class Block(NamedTuple):
    """A paragraph, heading, item, quotation, list or table of a text."""

    number: int
    name: str
    language: str
    """As it is marked; empty where it is not."""
    words: str


def blocks(html: str) -> list[Block]:
    """All that may be marked in HTML that we made, in order."""
    reader = _Reader()
    reader.feed(html)
    return [
        Block(number, name, language, " ".join("".join(words).split()))
        for number, (name, language, words) in enumerate(reader.found)
    ]


def respoken(source: str, number: int, tag: str) -> str | None:
    """The source with a mark by which this block is in that language; None where no
    place for one was found, so that a person has to do it."""
    before = blocks(render(source))
    if not 0 <= number < len(before):
        return None
    wanted = [
        each._replace(language=_TRIED_WITH) if each.number == number else each
        for each in before
    ]
    for head, tail in islice(_gaps(source, before[number]), MOST_TRIED):
        if blocks(render(head + _mark(_TRIED_WITH) + tail)) == wanted:
            return head + _mark(tag) + tail
    return None


def _mark(tag: str) -> str:
    return f"{{: lang={tag}}}"


def _gaps(source: str, block: Block) -> Iterator[Gap]:
    """Where a mark is now, then at the end of a line, then below one; lines that the
    block may end with first."""
    for mark in MARK.finditer(source):
        yield source[: mark.start()], source[mark.end() :]
    lines = source.splitlines(keepends=True)
    said = _letters(block.words)
    ends = [at for at, line in enumerate(lines, 1) if _ends(said, line)]
    others = [at for at in range(1, len(lines) + 1) if at not in set(ends)]
    for at in chain(ends, others):
        head, tail = "".join(lines[:at]).rstrip("\n"), "".join(lines[at:])
        yield f"{head} ", f"\n{tail}"
        below = tail.lstrip("\n")
        yield f"{head}\n\n", f"\n\n{below}"


def _ends(said: str, line: str) -> bool:
    letters = _letters(line)
    return bool(letters) and said.endswith(letters)


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


class _Reader(HTMLParser):
    """Reads HTML into names, languages and words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[str]]] = []
        self._open: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKED:
            words: list[str] = []
            self.found.append((tag, dict(attrs).get("lang") or "", words))
            self._open.append(words)
        self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKED:
            self._open.pop()
        self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for words in self._open:
            words.append(data)
