"""Other stems of a word, by rules that Snowball's algorithms do not know.

They are tried at both ends, in texts and in what is asked, and need not be words.
"""

import re
from collections.abc import Callable, Iterator

SHORTEST = 3
"""Letters of a Dutch stem that is changed."""

_PARTICIPLE = re.compile(
    "(?P<before>ab|an|auf|aus|bei|ein|her|hin|los|mit|nach|um|vor|weg|zu|zuruck)?"
    "ge(?P<base>[^aeiou]*[aeiouy].{2,})(?:t|te|ten|tes|ter|tem)"
)
_GERMAN_LOAN = re.compile(
    "(?P<base>.{3,}?)(?:atur|ation|ier|ierung)(?:en?|t|te|ten|tes|ter|tem)?"
)
_DUTCH_LOAN = re.compile(
    "(?:ge)?(?P<base>.{3,}?)(?:atie|atuur|eer|eerd|eerde|eert|eren|ering)(?:s|en)?"
)
_LONG_VOWEL = re.compile("([aeou])\\1([^aeiou])$")
_HARD = {"v": "f", "z": "s"}
_POLISH_PEOPLE = (("icy", "ik"), ("acy", "ak"), ("rzy", "r"), ("dzy", "g"))
_INDONESIAN = {"ng": "k", "ny": "s", "n": "t", "m": "p"}
_ARABIC_HEAD = re.compile("(?:وال|بال|كال|فال|لل|ال|و)(?=.{3})")
_ARABIC_PLURALS = (
    (re.compile("(.)(.)و(.)"), r"\1\2\3"),  # عقود, one عقد
    (re.compile("ا(.)(.)ا(.)"), r"\1\2\3"),  # اسعار, one سعر
    (re.compile("(.)(.)اي(.)"), r"\1\2ي\3"),  # قسايم, one قسيم(ة)
    (re.compile("(.)وا(.)ي(.)"), r"\1ا\2و\3"),  # فواتير, one فاتور(ة)
)

Stem = Callable[[str], str]


def kin_of(word: str, language: str, stem: Stem) -> Iterator[str]:
    """Further stems of a folded word."""
    rules = _RULES.get(language)
    if rules:
        yield from rules(word, stem)


def _german(word: str, stem: Stem) -> Iterator[str]:
    """`getauscht` is of `tauschen`, `Reparatur` of `reparieren`."""
    if found := _PARTICIPLE.fullmatch(word):
        yield stem((found["before"] or "") + found["base"] + "en")
    if found := _GERMAN_LOAN.fullmatch(word):
        yield f"{found['base']}ier"


def _dutch(word: str, stem: Stem) -> Iterator[str]:
    """`schone` is of `schoon`, `reparatie` of `repareren`, `huizen` of `huis`."""
    if found := _DUTCH_LOAN.fullmatch(word):
        yield f"{found['base']}eer"
    short = _LONG_VOWEL.sub(r"\1\2", stem(word))
    short = short.removesuffix("e") if len(short) > SHORTEST else short
    if len(short) >= SHORTEST:
        yield short[:-1] + _HARD.get(short[-1], short[-1])


def _polish(word: str, stem: Stem) -> Iterator[str]:
    """`technicy` are several a `technik`, `kurierzy` a `kurier`."""
    for several, one in _POLISH_PEOPLE:
        if word.endswith(several) and len(word) > len(several) + 2:
            yield stem(word.removesuffix(several) + one)


def _indonesian(word: str, stem: Stem) -> Iterator[str]:
    """`penukaran` is of `tukar`: the letter that `pen` took from it is put back."""
    root = stem(word)
    found = re.match("[pm]e(ng|ny|n|m)(?=[aeiou])", word)
    if found and root[:1] in "aeiou":
        yield _INDONESIAN[found[1]] + root


def _arabic(word: str, stem: Stem) -> Iterator[str]:
    """Without `and`, `the` and what is written with them; and the usual plurals, that
    are made within a word."""
    bare = _ARABIC_HEAD.sub("", word, count=1)
    if bare != word:
        yield stem(bare)
    for plural, one in _ARABIC_PLURALS:
        if found := plural.fullmatch(bare):
            yield found.expand(one)


_RULES: dict[str, Callable[[str, Stem], Iterator[str]]] = {
    "ar": _arabic,
    "de": _german,
    "id": _indonesian,
    "ms": _indonesian,
    "nl": _dutch,
    "pl": _polish,
}
