"""Text as it enters: one form of newline, one form of letters, nothing unseen."""

import re
import unicodedata

_NEWLINES = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_NONCHARACTERS = "".join(
    chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_UNSEEN = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufdd0-\ufdef{_NONCHARACTERS}]"
)

_OPENS = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c")
_ISOLATED = "\u2069"
_OPENS |= dict.fromkeys("\u2066\u2067\u2068", _ISOLATED)
_DEEPEST = 125  # deeper ones have no effect (UAX 9, BD2)
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean(source: str) -> str:
    """What was typed, in NFC, without control characters, newlines of one form.

    Changes of direction end with their line. Cleaning twice changes nothing.
    """
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", _whole(source)))
    lines = "\n".join(balanced(line.rstrip(" \t")) for line in text.split("\n"))
    return unicodedata.normalize("NFC", lines).strip("\n")


def balanced(line: str) -> str:
    """The line with every change of direction closed, and none closed twice.

    Embeddings, overrides and isolates as in Unicode's bidirectional algorithm (UAX 9).
    """
    if not _DIRECTIONS.search(line):
        return line
    waiting: list[str] = []

    def close(found: re.Match[str]) -> str:
        mark = found[0]
        if mark in _OPENS:
            if len(waiting) == _DEEPEST:
                return ""
            waiting.append(_OPENS[mark])
            return mark
        if mark == _ISOLATED and _ISOLATED in waiting:
            return "".join(iter(waiting.pop, mark)) + mark
        return waiting.pop() if waiting[-1:] == [mark] else ""

    kept = _DIRECTIONS.sub(close, line)
    return kept + "".join(reversed(waiting))


def _whole(source: str) -> str:
    """Halves of a letter joined (as JSON may bring them), lone halves dropped."""
    if source.isascii():
        return source
    return source.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
