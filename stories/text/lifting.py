"""Updates that authors wrote into their text, found again."""

import re
from datetime import date
from typing import NamedTuple

from stories.text.dating import Order, day_said

_DAY_FIRST = (
    r"(?:post[ ])?aggiorna(?:mento|to)|nachtrag|ergänzung|aktualisier(?:ung|t)"
    r"|mise[ ][àa][ ]jour|m[àa]j|actualisation|ajout|actualiza(?:ci[óo]n|do)|añadido"
    r"|atualiza(?:[çc][ãa]o|do)|adendo|aanvulling|bijgewerkt"
    r"|aktualizacja|zaktualizowano|uzupełnienie|dopisek"
    r"|g[üu]ncelleme|eklenti|pembaruan|อัปเดต|อัพเดท|เพิ่มเติม"
    r"|تحديث|إضافة|تعديل|ملحق"
)
_MONTH_FIRST = (
    r"追記(?:あり)?|追加|更新|补充|補充|后续|後續|追评|追評"
    r"|추가(?:글)?|수정|업데이트|덧붙임"
)
_LABEL = (
    rf"(?:(?P<day>{_DAY_FIRST})|(?P<month>{_MONTH_FIRST})"
    r"|(?:post[ ])?updated?|edit(?:ed)?|addendum)"
)
_OPEN, _CLOSE = r"\[(（【［〔<＜《", r"\])）】］〕>＞》"
_WHOLE = r"(?![\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])"
"""A label is a word of its own."""
_BEGINNING = (
    r"[ \u3000]*(?:\#+[ ]+)?(?P<marks>[*_]{0,3})[※★☆■●▼◆+＋]?[ ]?"
    rf"(?P<bracket>[{_OPEN}]?)[*_]{{0,3}}[ ]?"
)
_HEADS = (
    re.compile(rf"{_BEGINNING}(?P<label>{_LABEL}){_WHOLE}", re.IGNORECASE),
    re.compile(
        rf"{_BEGINNING}(?P<before>(?=[^\W_])[^\n:：]{{3,24}}?)[ ]?"
        rf"(?P<label>{_LABEL}){_WHOLE}",
        re.IGNORECASE,
    ),
)
"""With the day behind the label, and before it."""
_NUMBER = re.compile(
    r"[ ]{0,3}(?:#|n[.°º]|nr\.)?[ ]{0,3}\d{1,2}(?=[ ]{0,3}(?:[:：\])）】*_.–—(（-]|$))",
    re.IGNORECASE,
)
_TAIL = re.compile(
    rf"[ ]{{0,3}}(?P<close>[{_CLOSE}]{{0,2}})[*_]{{0,3}}[ ]{{0,3}}"
    r"(?P<stop>[:：.。,、，،;؛–—]|(?<=\s)-|-(?!\w)|)[*_]{0,3}[ \u3000]*"
)
_PARTED = re.compile(r"[ ]*(?:[:：–—]|-(?!\w)|$)[*_]{0,3}[ \u3000]*")
_CLEAR = frozenset(":：–—-")
"""Stops that the first word of a sentence does not have."""
_CLEAR_OF_CAPITALS = _CLEAR | frozenset(".;")
_RULE = re.compile(r"\s*(?:[-*_=~][ ]*){3,}\s*")
_IN_TITLE = re.compile(
    rf"\s*[{_OPEN}]\s*(?:[\d年月日년월일./ -]{{0,16}})"
    rf"{_LABEL}{_WHOLE}[^{_OPEN}{_CLOSE}]{{0,40}}[{_CLOSE}]\s*",
    re.IGNORECASE,
)


class Lifted(NamedTuple):
    """An update found in a text; `on` is None where it gives no date."""

    on: date | None
    text: str


class _Dated(NamedTuple):
    """A label with its day, and the rest of its line."""

    said: bool
    on: date | None
    rest: str


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

    Its label begins with a capital or stands in brackets, a date before it or not; a
    date, a stop or the end of the line follows ("Update your phone" is none).
    """
    for shape in _HEADS:
        found = shape.match(lines[at])
        head = _headed(at, found, published) if found else None
        if head:
            return head
    return None


def _headed(at: int, found: re.Match[str], published: date) -> _Head | None:
    if found["label"][0].islower() and not found["bracket"]:
        return None
    dated = _before(found, published) or _behind(found, published)
    if dated is None:
        return None
    tail = _TAIL.match(dated.rest)
    words = dated.rest[tail.end() :] if tail else dated.rest
    if not (dated.said or not words or (tail and _is_stop(found, tail))):
        return None
    on, words = (dated.on, words) if dated.said else _after(found, words, published)
    return _Head(at, on or dated.on, _opened(words, found["marks"]))


def _after(
    found: re.Match[str], words: str, published: date
) -> tuple[date | None, str]:
    """The day behind the stop, where it is parted from what follows, and the rest."""
    on, rest = day_said(words, published, _order(found)) or (None, words)
    parted = _PARTED.match(rest) if on else None
    return (on, rest[parted.end() :]) if parted else (None, words)


def _before(found: re.Match[str], published: date) -> _Dated | None:
    """The day that stands before the label, with nothing else. What follows has to
    be parted from it: "16 March update" may begin a sentence."""
    words = found.groupdict().get("before")
    said = day_said(words, published, _order(found)) if words else None
    if said is None or said[1].strip(" \u3000の에,"):
        return None
    return _Dated(False, said[0], found.string[found.end() :])


def _behind(found: re.Match[str], published: date) -> _Dated | None:
    """The day behind the label, or behind its number."""
    if "before" in found.groupdict():
        return None
    rest, order = found.string[found.end() :], _order(found)
    said = day_said(rest, published, order)
    if said is None and (number := _NUMBER.match(rest)):
        rest = rest[number.end() :]
        said = day_said(rest, published, order)
    return _Dated(True, *said) if said else _Dated(False, None, rest)


def _order(found: re.Match[str]) -> Order:
    """What comes first in the days of the label's language."""
    if found["day"]:
        return "day"
    return "month" if found["month"] else "either"


def _is_stop(found: re.Match[str], tail: re.Match[str]) -> bool:
    """Whether the label is over here, and no word of a sentence."""
    if tail["close"] or found["bracket"] or "before" in found.groupdict():
        return bool(tail["close"] or tail["stop"])
    clear = _CLEAR_OF_CAPITALS if found["label"][0].isupper() else _CLEAR
    return tail["stop"] in clear


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
