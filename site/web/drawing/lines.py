"""Words in lines: broken where they may be, in the order in which they are seen.

The site's own small part of the Unicode bidirectional algorithm: a title or a name has
no embedding, so runs of one direction, laid along the line's, are enough.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, groupby

from PIL.ImageDraw import ImageDraw

from web.drawing.fonts import Face, Fonts

EAST = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65"
"""Letters between which a line may be broken; Korean is broken between words."""
PIECE = re.compile(
    rf"[{EAST}][、。，．！？」』）】〉》：；・ー…]*\s*|[^\s{EAST}]+\s*|\s+"
)
RIGHT = ("R", "AL")
LEFT = ("L", "EN", "AN")
MORE = "…"
NOT_LAST = frozenset("เแโใไເແໂໃໄ")
NOT_FIRST = frozenset("ะาำๅๆฯະາຳ")
"""Vowels of Thai and Lao that stay with their letter."""


@dataclass(frozen=True)
class Run:
    """Letters of one font and one direction."""

    words: str
    face: Face
    direction: str

    def width(self, size: int) -> float:
        """In pixels."""
        return self.face.font(size).getlength(self.words, direction=self._how())

    def draw(self, on: ImageDraw, at: tuple[float, float], size: int, ink: str) -> None:
        """With the left end of its base line there."""
        font = self.face.font(size)
        on.text(at, self.words, fill=ink, font=font, anchor="ls", direction=self._how())

    def _how(self) -> str | None:
        """What a shaper is told; without one, nothing may be."""
        return "rtl" if self.direction == "rtl" else None


class Writing:
    """Writes in one family of fonts, along one direction."""

    def __init__(self, fonts: Fonts, family: str, direction: str) -> None:
        self._fonts = fonts
        self._family = family
        self._direction = direction

    def readable(self, words: str) -> str:
        """The words without what no font has; empty where letters are missing."""
        there = "".join(each for each in words if self._has(each))
        lost = any(each.isalnum() for each in words if each not in there)
        return "" if lost else " ".join("".join(dropwhile(_joins, there)).split())

    def lines(self, words: str, size: int, width: float, most: int) -> list[str]:
        """The words in lines of this width; of too many, `most` and an ellipsis."""
        lines = list(self._broken(words, size, width))
        if len(lines) <= most:
            return lines
        last = lines[most - 1] + MORE
        while len(last) > 1 and self.width(last, size) > width:
            last = last[:-2].rstrip() + MORE
        return [*lines[: most - 1], last]

    def width(self, words: str, size: int) -> float:
        """In pixels."""
        return sum(run.width(size) for run in self._runs(words))

    def draw(
        self, on: ImageDraw, words: str, at: tuple[float, float], size: int, ink: str
    ) -> None:
        """With the beginning of its base line there: its right end, where lines run
        from right to left."""
        x, y = at
        if self._direction == "rtl":
            x -= self.width(words, size)
        for run in self._seen(words):
            run.draw(on, (x, y), size, ink)
            x += run.width(size)

    def _has(self, letter: str) -> bool:
        return _joins(letter) or self._fonts.face(self._family, letter) is not None

    def _broken(self, words: str, size: int, width: float) -> Iterator[str]:
        line = ""
        for piece in PIECE.findall(words):
            if line and self.width((line + piece).rstrip(), size) > width:
                yield line.rstrip()
                line = ""
            line += piece
            while self.width(line.rstrip(), size) > width:
                first = self._fitting(line, size, width)
                yield first
                line = line[len(first) :]
        if line.strip():
            yield line.rstrip()

    def _fitting(self, word: str, size: int, width: float) -> str:
        """As much of a long word as fits, with all marks of its last letter."""
        end = 1
        while end < len(word) and self.width(word[: end + 1], size) <= width:
            end += 1
        while 1 < end < len(word) and _stay_together(word[end - 1], word[end]):
            end -= 1
        return word[:end]

    def _seen(self, words: str) -> list[Run]:
        """The runs from left to right, as they are seen."""
        seen: list[Run] = []
        for direction, group in groupby(self._runs(words), lambda run: run.direction):
            along = list(group)
            seen += along if direction == self._direction else along[::-1]
        return seen if self._direction == "ltr" else seen[::-1]

    def _runs(self, words: str) -> list[Run]:
        """In the order in which they are read."""
        marked = zip(words, self._faces(words), self._directions(words), strict=True)
        return [
            Run("".join(each[0] for each in group), face, direction)
            for (face, direction), group in groupby(marked, lambda each: each[1:])
        ]

    def _faces(self, words: str) -> list[Face]:
        found: list[Face] = []
        for each in words:
            face = self._fonts.face(self._family, each)
            if face is None or (found and (_joins(each) or each.isspace())):
                face = found[-1]
            found.append(face)
        return found

    def _directions(self, words: str) -> list[str]:
        """What has no direction takes that of its neighbours where they agree."""
        strong = [_direction(each) for each in words]
        found = []
        for place, each in enumerate(strong):
            before = next((one for one in strong[place::-1] if one), self._direction)
            after = next((one for one in strong[place:] if one), self._direction)
            same = before if before == after else self._direction
            found.append(each or (before if _joins(words[place]) else same))
        return found


def _direction(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    return "rtl" if kind in RIGHT else "ltr" if kind in LEFT else ""


def _stay_together(last: str, first: str) -> bool:
    return _joins(first) or first in NOT_FIRST or last in NOT_LAST


def _joins(letter: str) -> bool:
    """Whether it belongs to the letter before it."""
    return unicodedata.category(letter) in ("Mn", "Mc", "Me", "Cf")
