"""Updates that authors wrote into their text, found again."""

import re
from datetime import date
from typing import NamedTuple

from stories.text.dating import day_said

_DAY_FIRST = (
    r"(?:post[ ])?aggiorna(?:mento|to)|nachtrag|aktualisier(?:ung|t)"
    r"|mise[ ][àa][ ]jour|m[àa]j|actualisation|actualiza(?:ci[óo]n|do)"
    r"|atualiza(?:[çc][ãa]o|do)|aanvulling"
)
_LABEL = rf"(?:(?P<day_first>{_DAY_FIRST})|(?:post[ ])?updated?|edit(?:ed)?|addendum)"
_HEAD = re.compile(
    r"[ ]*(?:\#+[ ]+)?(?P<marks>[*_]{0,3})(?P<bracket>[\[(]?)[*_]{0,3}[ ]?"
    rf"(?P<label>{_LABEL})(?!\w)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"[ ]{0,3}(?:#|n[.°º]|nr\.)?[ ]{0,3}\d{1,2}(?=[ ]{0,3}(?:[:\])*_.–—(-]|$))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ]{0,3}(?P<close>[\])]?)[*_]{0,3}[ ]{0,3}(?P<stop>[:.,;–—-]?)[*_]{0,3}[ ]*"
)
_RULE = re.compile(r"\s*(?:[-*_=~][ ]*){3,}\s*")
_IN_TITLE = re.compile(
    rf"\s*[\[(]\s*{_LABEL}(?!\w)[^\[\]()]{{0,40}}[\])]\s*", re.IGNORECASE
)


class Lifted(NamedTuple):
    """An update found in a text; `on` is None where it gives no date."""

    on: date | None
    text: str


class _Head(NamedTuple):
    """Where an update begins: its line, its date, what its first line says."""

    at: int
    on: date | None
    words: str


def lift_updates(text: str, published: date) -> tuple[str, list[Lifted]]:
    """The text without its updates, and the updates in order.

    A day without a year is the first one on or after the day of publication. An update
    reaches to the next one or the end; one before the text has a single paragraph.
    """
    lines = text.split("\n")
    heads = [head for at in range(len(lines)) if (head := _head(at, lines, published))]
    if not heads:
        return text, []
    starts = [head.at for head in heads]
    body, found = _joined(lines[: starts[0]]), []
    for head, end in zip(heads, [*starts[1:], len(lines)], strict=True):
        gap = end if body else _gap(lines, head.at, end)
        body = body or _joined(lines[gap:end])
        found.append(Lifted(head.on, _joined([head.words, *lines[head.at + 1 : gap]])))
    lifted = [update for update in found if update.text]
    return (body, lifted) if body and lifted else (text, [])


def unlabelled(title: str) -> str:
    """The title without its label: that there are updates is derived and shown.

    >>> unlabelled("Il kit mai arrivato [POST AGGIORNATO]")
    'Il kit mai arrivato'
    """
    return _IN_TITLE.sub(" ", title).strip() or title


def _head(at: int, lines: list[str], published: date) -> _Head | None:
    """The beginning of an update, where the line is one.

    Its label begins with a capital or stands in brackets; a date, a stop or the end of
    the line follows ("Update your phone" is none).
    """
    found = _HEAD.match(lines[at])
    if not found or not (found["label"][0].isupper() or found["bracket"]):
        return None
    rest = lines[at][found.end() :]
    first = bool(found["day_first"])
    said = day_said(rest, published, day_first=first)
    if said is None and (number := _NUMBER.match(rest)):
        rest = rest[number.end() :]
        said = day_said(rest, published, day_first=first)
    on, rest = said or (None, rest)
    tail = _TAIL.match(rest)
    words = rest[tail.end() :] if tail else rest
    stopped = tail is not None and bool(tail["stop"] or tail["close"])
    if not (said or stopped or not words):
        return None
    return _Head(at, on, _opened(words, found["marks"]))


def _opened(words: str, marks: str) -> str:
    """The words with the emphasis that began before the label and ends in them."""
    return marks + words if marks and words.count(marks) % 2 else words


def _gap(lines: list[str], start: int, end: int) -> int:
    """Where the paragraph that begins at `start` ends."""
    return next((at for at in range(start, end) if not lines[at].strip()), end)


def _joined(lines: list[str]) -> str:
    """The lines as a text, without rules and blank lines at its ends."""
    kept = [n for n, line in enumerate(lines) if line.strip()]
    while kept and _RULE.fullmatch(lines[kept[-1]]):
        kept.pop()
    return "\n".join(lines[kept[0] : kept[-1] + 1]).strip() if kept else ""
