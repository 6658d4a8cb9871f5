"""Names as they are looked up, and as they stand in an address."""

import re
import unicodedata

SLUG = 60

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ĸ": "k",
        "ſ": "s",
        "ə": "e",
        "ƒ": "f",
        "ي": "ى",
        "ی": "ى",
        "ک": "ك",
        "ـ": "",
    }
)
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# Latin, Greek, Cyrillic accents; Hebrew points; Arabic vowels. Not the marks
# of Indic scripts, Thai or kana, which are letters of their own.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]")
_DROPPED = re.compile(r"['’‘ʼ`´]|(?<=\b\w)\.(?=\w\b)|[\u00ad\u200b-\u200f\u2060]")
_APART = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """The form under which a name is looked up.

    Without case, accents, width, points or kind of kana; words one space apart.

    >>> fold("Łódź  SØRENSEN & Fils")
    'lodz sorensen fils'
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_LETTERS)
    text = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", _ACCENTS.sub("", text)).translate(_KATAKANA)
    return _words(_DROPPED.sub("", text)) or " ".join(name.casefold().split())


def slug(title: str) -> str:
    """The title as the end of an address, in its own script; "" where it has no words.

    >>> slug("Vaio NW: kit mai arrivato!")
    'vaio-nw-kit-mai-arrivato'
    """
    words = _words(_DROPPED.sub("", unicodedata.normalize("NFKC", title).lower()))
    parts = words.replace(" ", "-")
    if len(parts) > SLUG:
        kept, _, _ = parts[: SLUG + 1].rpartition("-")
        parts = kept or parts[:SLUG]
    return unicodedata.normalize("NFC", parts).strip("-")


def _words(text: str) -> str:
    return " ".join(text.translate(_KEPT).split())


class _Kept(dict[int, int]):
    """Letters, digits and marks as they are, a space for all else, as they are met."""

    def __missing__(self, code: int) -> int:
        kept = unicodedata.category(chr(code))[0] in "LNM"
        self[code] = code if kept else ord(" ")
        return self[code]


_KEPT = _Kept()
