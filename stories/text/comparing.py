"""Two wordings of one text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECES = re.compile(
    r"\s+|[぀-ヿ㐀-鿿\u0e00-\u0eff]|[^\W぀-ヿ㐀-鿿\u0e00-\u0eff]+|[^\w\s]"
)
_MOST = 4_000_000


@dataclass(frozen=True)
class Change:
    """A passage that stayed, went or came."""

    op: Literal["same", "gone", "new"]
    text: str


def diff(old: str, new: str) -> list[Change]:
    """What changed between two wordings: what stayed, went and came, in order."""
    a, b = _PIECES.findall(old), _PIECES.findall(new)
    if len(a) * len(b) > _MOST:
        return _changes("gone", old) + _changes("new", new)
    found: list[Change] = []
    for op, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            found += _changes("same", "".join(a[i:j]))
        else:
            found += _changes("gone", "".join(a[i:j])) + _changes(
                "new", "".join(b[k:m])
            )
    return found


def _changes(op: Literal["same", "gone", "new"], text: str) -> list[Change]:
    return [Change(op, text)] if text else []
