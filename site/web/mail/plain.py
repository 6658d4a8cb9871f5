"""What the text of a letter needs where HTML has its own means."""

import re
from collections.abc import Iterator
from email.header import Header
from typing import Any
from unicodedata import bidirectional, east_asian_width

from web import i18n

WIDTH = 72
_ISOLATED = "\N{FIRST STRONG ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"
_AGAINST = {"ltr": frozenset(("R", "AL")), "rtl": frozenset("L")}
_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENS = "「『（〈《【“"
_ENDS = "、。，．・…？！：；」』）〉》】”ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_WORD = rf"[{_HAN}]|[^\s{_HAN}{_OPENS}{_ENDS}]*"
_PIECE = re.compile(rf"\s*[{_OPENS}]*(?:{_WORD})[{_ENDS}]*")
"""What no line may part: a word, or in Japanese and Chinese a letter with its marks."""


def encoded(subject: str) -> str:
    """Encoded as a whole where it has to be: Python encodes word by word, and before
    3.13 loses the space between two where it folds the line."""
    letters = "us-ascii" if subject.isascii() else "utf-8"
    return Header(subject, letters, header_name="Subject").encode()


def quoted(words: str) -> str:
    """Somebody's words as they are quoted in the text of a letter."""
    lines = (line for part in words.splitlines() for line in _lines(part))
    return "\n".join(f"> {line}".rstrip() for line in lines)


def gettext(message: str, /, **places: Any) -> str:
    """The message; what stands in its places keeps its direction to itself."""
    apart = {name: _apart(value) for name, value in places.items()}
    return i18n.gettext(message, **apart)


def _apart(value: Any) -> Any:
    """A name or a title, isolated where it is written against the reader's way."""
    against = _AGAINST[i18n.direction()]
    if isinstance(value, str) and any(bidirectional(each) in against for each in value):
        return _ISOLATED % value
    return value


def _lines(words: str) -> Iterator[str]:
    """As long as `WIDTH` allows; what is longer in one piece, such as an address, is
    not parted."""
    line, room = "", WIDTH - 2
    for piece in _PIECE.findall(words):
        if line and _width(line) + _width(piece.rstrip()) > room:
            yield line.strip()
            line = ""
        line += piece
    yield line.strip()


def _width(words: str) -> int:
    return sum(1 + (east_asian_width(each) in "WF") for each in words)
