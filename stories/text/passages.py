"""Passages that somebody quotes: found in a text's clean HTML, and marked there."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<tag><(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)"
    r"|(?P<letter>&(?:\#\d+|\#x[0-9a-fA-F]+|\w+);|.)",
    re.DOTALL,
)
_INNER = re.compile(r"</?(?:a|b|code|del|em|i|ins|mark|q|s|strong|sub|sup)\b")
_ALIKE = str.maketrans("‘’‚‛“”„‟«»–—‑\u00a0", '\'\'\'\'""""""---\x20')
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " "}
NOWHERE = -2
_LINK_ENDS = re.compile(r"[^<]*(?:<(?!/?a\b)[^<]*)*</a>")


class Letter(NamedTuple):
    """A letter of the text, and where it stands in the HTML (a tag's space nowhere)."""

    sign: str
    begin: int
    end: int


class Note(NamedTuple):
    """A passage of a text, and the HTML that follows it as a note."""

    passage: str
    html: str


def quoted(html: str, passage: str) -> str | None:
    """The passage as the text has it, in one line; None where the text has it not.

    Space, line breaks and the shape of quotation marks and dashes are overlooked.
    """
    found = _found(_letters(html), passage)
    return "".join(each.sign for each in found).strip() if found else None


def replaced(source: str, passage: str, words: str) -> str | None:
    """A text with other words in the place of a passage; None where marks of Markdown
    stand within it, so that a person has to do it."""
    parts = (re.escape(part) for part in passage.split())
    found = re.search(r"\s+".join(parts), source)
    if found is None:
        return None
    return source[: found.start()] + words + source[found.end() :]


def marked(html: str, notes: Iterable[Note]) -> str:
    """The HTML with each passage marked and its note behind it; what is not there any
    more is left alone."""
    letters, pieces = _letters(html), dict[int, list[str]]()
    for note in notes:
        runs = list(_runs(_found(letters, note.passage)))
        for begin, end in runs:
            pieces.setdefault(begin, []).append('<mark class="disputed">')
            pieces.setdefault(end, []).insert(0, "</mark>")
        if runs:
            pieces.setdefault(_after_link(html, runs[-1][1]), []).append(note.html)
    parts, reached = [], 0
    for place in sorted(pieces):
        parts += [html[reached:place], *pieces[place]]
        reached = place
    return "".join([*parts, html[reached:]])


def _letters(html: str) -> list[Letter]:
    """What the HTML says, letter by letter; between two blocks stands a space."""
    letters: list[Letter] = []
    for token in _TOKEN.finditer(html):
        sign = _sign(token)
        if sign and not (sign == " " and letters and letters[-1].sign == " "):
            place = (NOWHERE, NOWHERE) if token["tag"] else token.span()
            letters.append(Letter(sign, *place))
    return letters


def _sign(token: re.Match[str]) -> str:
    tag, letter = token["tag"], token["letter"]
    if tag is not None:
        return "" if _INNER.match(tag) else " "
    sign = _ENTITIES.get(letter, letter)
    return " " if sign.isspace() else sign


def _found(letters: list[Letter], passage: str) -> list[Letter]:
    wanted = " ".join(passage.split()).translate(_ALIKE)
    at = "".join(each.sign for each in letters).translate(_ALIKE).find(wanted)
    return letters[at : at + len(wanted)] if wanted and at >= 0 else []


def _runs(letters: list[Letter]) -> Iterable[tuple[int, int]]:
    """Stretches of HTML without a tag between them, and not of space alone."""
    begin = end = NOWHERE
    seen = False
    for sign, first, last in letters:
        if first != end and seen:
            yield begin, end
        if first != end:
            begin, seen = first, False
        end, seen = last, seen or sign != " "
    if seen:
        yield begin, end


def _after_link(html: str, place: int) -> int:
    """A note is a link of its own, and does not stand in another."""
    rest = _LINK_ENDS.match(html, place)
    return rest.end() if rest else place
