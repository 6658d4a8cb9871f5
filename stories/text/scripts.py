"""A name as it would be spelled in another script, or on another keyboard."""

from collections.abc import Iterable, Mapping
from functools import cache

_RUSSIAN = dict(
    zip(
        "абвгдезийклмнопрстуфыэіїєґјё",
        "a b v g d e z i i k l m n o p r s t u f y e i i e g j e".split(),
        strict=True,
    )
) | {
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "ђ": "d",
    "џ": "dz",
}
_GREEK = dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
_ROWS = {
    "": "あいうえお",
    "k": "かきくけこ",
    "g": "がぎぐげご",
    "s": "さしすせそ",
    "z": "ざじずぜぞ",
    "t": "たちつてと",
    "d": "だぢづでど",
    "n": "なにぬねの",
    "h": "はひふへほ",
    "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
    "m": "まみむめも",
    "r": "らりるれろ",
}
_KANA = {
    kana: row + vowel
    for row, line in _ROWS.items()
    for kana, vowel in zip(line, "aiueo", strict=True)
} | {
    "し": "shi",
    "ち": "chi",
    "つ": "tsu",
    "ふ": "fu",
    "じ": "ji",
    "ぢ": "ji",
    "づ": "zu",
    "や": "ya",
    "ゆ": "yu",
    "よ": "yo",
    "わ": "wa",
    "を": "o",
    "ん": "n",
    "ー": "",
    "っ": "",
    "ゔ": "vu",
    "ぁ": "a",
    "ぃ": "i",
    "ぅ": "u",
    "ぇ": "e",
    "ぉ": "o",
}
_YOON = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
_INITIALS = "g kk n d tt r m b pp s ss . j jj ch k t p h".replace(".", "").split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = (
    ". k k k n n n t l k m l l l p l m p p t t ng t t k t p t".replace(".", "")
).split(" ")
_KEYS_INITIAL = "r R s e E f a q Q t T d w W c z x v g".lower().split()
_KEYS_VOWEL = "k o i o j p u p h hk ho hl y n nj np nl b m ml l".split()
_KEYS_FINAL = (
    (". r r rt s sw sg e f fr fa fq ft fx fv fg a q qt t t d w c z x v g")
    .replace(".", "")
    .split(" ")
)
_KEYS_ALONE = dict(
    zip(
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        "rrseefaqqttdwwczxvgkoiojpuphynbml",
        strict=True,
    )
)
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"


def other_spellings(folded: str) -> list[str]:
    """The letters of a folded name, without spaces, in other scripts.

    >>> other_spellings("газпром"), other_spellings("そにー"), other_spellings("소니")
    (['gazprom'], ['soni'], ['soni'])
    """
    letters = folded.replace(" ", "")
    if letters.isascii():
        ways = [_replaced(letters, table) for table in _from_latin()]
        return [way for way in ways if way and not _has_latin(way)]
    latin = _latin(letters)
    return [latin] if latin and latin != letters and latin.isascii() else []


def other_keyboards(typed: str) -> list[str]:
    """What the same keys give on a Latin, Russian or Korean keyboard.

    >>> other_keyboards("ыщтн"), other_keyboards("내ㅜㅛ")
    (['sony'], ['sony'])
    """
    typed = typed.casefold()
    if typed.isascii():
        return [typed.translate(str.maketrans(_LATIN_KEYS, _RUSSIAN_KEYS))]
    latin = typed.translate(str.maketrans(_RUSSIAN_KEYS, _LATIN_KEYS))
    latin = "".join(_KEYS_ALONE.get(each) or _keys(each) for each in latin)
    return [latin] if latin.isascii() else []


def _latin(letters: str) -> str:
    letters = letters.replace("ου", "ou")
    found: list[str] = []
    doubled = False
    for letter in letters:
        if letter in _YOON and found:
            found[-1] = _joined(found[-1], _YOON[letter])
            continue
        said = _said(letter)
        found.append(said[:1] + said if doubled else said)
        doubled = letter == "っ"
    return "".join(found)


def _joined(before: str, vowel: str) -> str:
    """`shi` and a small ya are `sha`, `ki` and one are `kya`."""
    soft = before.endswith(("shi", "chi", "ji"))
    return before.removesuffix("i") + ("" if soft else "y") + vowel


def _said(letter: str) -> str:
    for table in (_RUSSIAN, _GREEK, _KANA):
        if letter in table:
            return table[letter]
    return _syllable(letter, _INITIALS, _VOWELS, _FINALS)


def _keys(letter: str) -> str:
    return _syllable(letter, _KEYS_INITIAL, _KEYS_VOWEL, _KEYS_FINAL)


def _syllable(
    letter: str, initials: list[str], vowels: list[str], finals: list[str]
) -> str:
    """A Korean syllable in the letters of these; any other letter as it is."""
    code = ord(letter) - _FIRST_SYLLABLE
    if not 0 <= code <= _LAST_SYLLABLE - _FIRST_SYLLABLE:
        return letter
    rest, final = divmod(code, len(finals))
    first, vowel = divmod(rest, len(vowels))
    return initials[first] + vowels[vowel] + finals[final]


@cache
def _from_latin() -> tuple[Mapping[str, str], ...]:
    """From Latin letters to others, the longest first."""
    more = {"c": "к", "h": "х", "q": "к", "w": "в", "x": "кс", "j": "й"}
    return (
        _reversed(_RUSSIAN.items(), "абвгдезиклмнопрстуфжхцчшщюя") | more,
        _reversed(_GREEK.items(), "αβγδεζικλμνξοπρστυφθχψ")
        | {"b": "β", "c": "κ", "h": "χ", "j": "ι", "q": "κ", "u": "ου", "w": "β"},
        _reversed(_KANA.items(), "".join(_KANA).replace("ぢ", "").replace("づ", ""))
        | {latin: kana for kana, latin in _small_y().items()},
    )


def _reversed(pairs: Iterable[tuple[str, str]], letters: str) -> dict[str, str]:
    kept = [(latin, other) for other, latin in pairs if other in letters and latin]
    return dict(reversed(kept))


def _small_y() -> dict[str, str]:
    return {
        kana + small: _joined(_KANA[kana], vowel)
        for kana in "きしちにひみりぎじびぴ"
        for small, vowel in _YOON.items()
    }


def _replaced(letters: str, table: Mapping[str, str]) -> str:
    found, at = "", 0
    while at < len(letters):
        for size in (4, 3, 2, 1):
            piece = letters[at : at + size]
            if piece in table and len(piece) == size:
                found += table[piece]
                at += size
                break
        else:
            if letters[at].isalpha():
                return ""
            found += letters[at]
            at += 1
    return found


def _has_latin(letters: str) -> bool:
    return any(each.isascii() and each.isalpha() for each in letters)
