"""Plain words, shortened."""

import re
import unicodedata

from stories.text.cleaning import balanced

_END = re.compile(r"[.!?…؟۔।]+[\"'”’»)\]]*(?=\s)|[。！？]+[」』）”]*|\n")
_ABBREVIATED = re.compile(
    r"\b(?:\w|\d{1,2}|mrs?|ms|drs?|st|prof|nr|no|sig|dott|dott\.ssa|vs|ca|bzw|etc|z\.b"
    r"|d\.h)\.$",
    re.IGNORECASE,
)
# Words longer than this are cut: some scripts set no spaces.
_REACH = 40


def excerpt(plain: str, length: int = 240) -> str:
    """The beginning of plain text, on one line, cut between words, with its "…"."""
    text = " ".join(plain.split())
    if len(text) <= length:
        return balanced(text)
    start, space, _ = text[:length].rpartition(" ")
    near = space and length - len(start) <= _REACH
    kept = start if near else _graphemes(text, length - 1)
    return balanced(kept.rstrip(" ,;:-–—")) + "…"


def first_sentence(text: str, most: int = 120) -> str:
    """The first sentence of plain text, as a title for what has none."""
    text = text.strip()
    for end in _END.finditer(text, 0, most * 4):
        if not _ABBREVIATED.search(text[: end.end()]):
            return excerpt(text[: end.end()], most)
    return excerpt(text, most)


def _graphemes(text: str, length: int) -> str:
    """At most `length` characters, no mark or joined picture parted from its base."""
    while length > 1 and _joined(text[length - 1], text[length]):
        length -= 1
    return text[:length]


def _joined(before: str, after: str) -> bool:
    return (
        before == "\u200d"
        or after in "\u200d\ufe0e\ufe0f"
        or unicodedata.category(after)[0] == "M"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    )
