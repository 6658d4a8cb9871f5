"""A company's badge, line by line: what it says, and where each line breaks.

Its words may be long, and of any script: nobody knows the reader's fonts, so that
widths are estimated, on the safe side.
"""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date

from stories.figures import Figures
from stories.models import Company
from web.addresses import page_url
from web.i18n import direction, gettext, language, ngettext

WIDTH = 320
EDGE = 16
BOLD, PLAIN = 17, 14
LINE = 1.4
MOST_LINES = 3
STYLE = (
    "text{font-family:system-ui,sans-serif;fill:#1d1b18}"
    ".ground{fill:#faf7f0;stroke:#8a8375}.thread{stroke:#1d4e7e;fill:none}"
    "@media(prefers-color-scheme:dark){text{fill:#eee9df}"
    ".ground{fill:#191714;stroke:#8a8375}.thread{stroke:#a9c8ef}}"
)


@dataclass(frozen=True)
class Line:
    """A line of words: its size, weight, baseline and direction."""

    words: str
    size: int
    bold: bool
    y: int
    direction: str


@dataclass(frozen=True)
class Badge:
    """What is drawn. `start` is where lines of the page's direction begin."""

    title: str
    language: str
    lines: list[Line]
    height: int
    width: int
    right_to_left: bool
    style: str = STYLE


def badge_url(company: int, version: str = "") -> str:
    """The badge of a company for its own site, in one version or the newest."""
    name = f"badge-{version}.svg" if version else "badge.svg"
    return page_url("companies", company, name)


def invitation_url(company: int, **more: Any) -> str:
    """What a company gives its customers, so that they write whatever they think."""
    return page_url("companies", company, "write", **more)


def badge(company: Company, ever: Figures, today: date) -> Badge:
    """The badge of a company on a day, in the language that is spoken."""
    told = _said(ever, today)
    written = [(company.name, BOLD, True), *((each, PLAIN, False) for each in told)]
    lines, y = [], EDGE
    for words, size, bold in written:
        for part in broken(words, (WIDTH - 2 * EDGE - 28 * bold) / size):
            y += round(size * LINE)
            lines.append(Line(part, size, bold, y, _direction(part)))
    title = ", ".join((company.name, *told))
    rtl = direction() == "rtl"
    return Badge(title, language(), lines, y + EDGE, WIDTH, rtl)


def _said(ever: Figures, today: date) -> list[str]:
    day = format_date(today, "long")
    if not ever.told or ever.answered is None:
        said = [gettext("Stories about us, told by customers")]
    else:
        said = [
            ngettext(
                "Told of %(n)s story, answered %(part)s",
                "Told of %(n)s stories, answered %(part)s",
                ever.told,
                part=ever.answered.part,
            )
        ]
    if ever.days is not None:
        median = int(ever.days.median)
        said.append(
            ngettext(
                "Half of the answers came within %(n)s day",
                "Half of the answers came within %(n)s days",
                median,
            )
        )
    return [*said, gettext("Earshot, as of %(date)s", date=day)]


def broken(words: str, width: float) -> list[str]:
    """The words in lines no wider than `width` (in ems), the last one cut.

    >>> broken("Kettles & Company of Turin", 8)
    ['Kettles &', 'Company of', 'Turin']
    """
    lines = [""]
    for word in words.split():
        for part in _parts(word, width):
            line = f"{lines[-1]} {part}".strip()
            if lines[-1] and wide(line) > width:
                lines.append(part)
            else:
                lines[-1] = line
    if len(lines) <= MOST_LINES:
        return lines
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][:-1]}…"]


def wide(words: str) -> float:
    """About how wide words are, in ems."""
    return sum(map(_wide, words))


def _wide(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.72 if letter.isupper() or letter in "mw%&@—" else 0.55


def _parts(word: str, width: float) -> list[str]:
    """A word that is wider than a line, in pieces that are not."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _direction(words: str) -> str:
    """By the first letter that has one."""
    for letter in words:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return direction()
