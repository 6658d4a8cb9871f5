"""Names that could be taken for one another by the eye."""

import unicodedata
from typing import NamedTuple

from stories.text.folding import fold

# The usual suspects of Unicode's confusables among letters that names are made of;
# folded first, so lower case and without accents.
_SHAPES = str.maketrans(
    {
        **dict(zip("авеёһіјкӏмнорсԛѕтхуԝԁ", "abeehljklmhopcqstxywd", strict=True)),
        **dict(zip("αβεηικνορτυχωγ", "abenlkvoptuxwy", strict=True)),
        **dict(zip("աեհոսցզյ", "aehnugqj", strict=True)),
        **dict(zip("01i|", "olll", strict=True)),
        " ": "",
    }
)
_LATIN = str.maketrans(
    {
        **dict(zip("авеёһіјкӏмнорсԛѕтхуԝԁ", "abeehijklmhopcqstxywd", strict=True)),
        **dict(zip("АВЕЁНІЈКМОРСЅТХУԜ", "ABEEHIJKMOPCSTXYW", strict=True)),
        **dict(zip("αβεηικνορτυχω", "abenikvoptuxw", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("աեհոսցզյ", "aehnugqj", strict=True)),
    }
)
_TOGETHER = {
    *("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    *("HANGUL", "BOPOMOFO", "LATIN"),
}


def shape(name: str) -> str:
    """The form in which two names that look alike are the same.

    >>> shape("Paul1") == shape("раuІ1")
    True
    """
    plain = fold(name).translate(_SHAPES)
    return plain.replace("rn", "m").replace("vv", "w")


def mixes_scripts(name: str) -> bool:
    """Whether a name has letters of scripts that no language writes together.

    >>> mixes_scripts("ada"), mixes_scripts("аda"), mixes_scripts("田中taro")
    (False, True, False)
    """
    scripts = {_script(letter) for letter in name if letter.isalpha()}
    return len(scripts) > 1 and not scripts <= _TOGETHER


class Disguised(NamedTuple):
    """A word that looks like another one, which is written in Latin letters alone."""

    word: str
    plain: str


def disguised(words: str) -> list[Disguised]:
    """The words in which letters of another script stand for Latin ones.

    >>> disguised("cоny TV"), disguised("Sony Газпром")
    ([Disguised(word='cоny', plain='cony')], [])
    """
    found = []
    for word in words.split():
        if not word.isascii() and mixes_scripts(word):
            plain = unicodedata.normalize("NFC", word).translate(_LATIN)
            if not mixes_scripts(plain):
                found.append(Disguised(word, plain))
    return found


def undisguised(words: str) -> str:
    """The words with Latin letters for those that only look like them."""
    for word, plain in disguised(words):
        words = words.replace(word, plain)
    return words


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
