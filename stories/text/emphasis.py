"""Emphasis: runs of asterisks and underscores, paired (CommonMark's own rules)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from unicodedata import category, east_asian_width

# More that wait to be closed stand as typed: so emphasis nests this deep at most.
DEPTH = 20


@dataclass
class Run:
    """Asterisks or underscores, and the emphasis that begins or ends there."""

    mark: str
    count: int
    opens: bool
    closes: bool
    begun: list[str] = field(default_factory=list)
    ended: int = 0


def run_of(token: re.Match[str], text: str) -> Run | str:
    """A run that may begin or end emphasis, or just its marks.

    Left- and right-flanking as in CommonMark, but none within a word; letters of
    scripts without spaces between words count as space.
    """
    marks = token[0]
    before = text[token.start() - 1] if token.start() else " "
    after = text[token.end()] if token.end() < len(text) else " "
    if len(marks) > 3 or (_bound(before) and _bound(after)):
        return marks
    opens = not after.isspace() and (not _point(after) or _loose(before))
    closes = not before.isspace() and (not _point(before) or _loose(after))
    if marks[0] == "_":
        opens, closes = (
            opens and (not closes or _point(before)),
            closes and (not opens or _point(after)),
        )
    return Run(marks[0], len(marks), opens, closes) if opens or closes else marks


def _bound(letter: str) -> bool:
    """A letter or figure that belongs to its neighbour: 5*3*2, snake_case, f*ck."""
    return category(letter) in {"Lu", "Ll", "Lt", "Lm", "Nd"}


def _point(letter: str) -> bool:
    return category(letter)[0] in "PS"


def _loose(letter: str) -> bool:
    """Space, a point, or a letter of a script without spaces between words."""
    return letter.isspace() or _point(letter) or east_asian_width(letter) in "WF"


def pair(pieces: Iterable[object]) -> None:
    """Pair the runs among the pieces, the innermost first."""
    waiting: list[Run] = []
    for run in pieces:
        if not isinstance(run, Run) or not run.count:
            continue
        while run.closes and run.count and (place := _opener(waiting, run)) is not None:
            del waiting[place + 1 :]
            opener = waiting[-1]
            used = min(2, opener.count, run.count)
            opener.begun.append("strong" if used == 2 else "em")
            opener.count -= used
            run.ended += 1
            run.count -= used
            if not opener.count:
                waiting.pop()
        if run.opens and run.count:
            waiting.append(run)
            del waiting[:-DEPTH]


def _opener(waiting: list[Run], closer: Run) -> int | None:
    """Where the run waits that this one closes (with CommonMark's rule of three)."""
    for place in range(len(waiting) - 1, -1, -1):
        opener = waiting[place]
        both = opener.closes or closer.opens
        odd = both and (opener.count + closer.count) % 3 == 0 and opener.count % 3
        if opener.mark == closer.mark and not odd:
            return place
    return None
