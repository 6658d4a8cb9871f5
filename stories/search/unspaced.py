"""What a query asks for in a script without spaces, in pieces that may stand apart.

`航班取消` is found where `取消` comes before `航班`, `セーターの修理` where somebody
`セーターを修理` did, `บริการแย่` where `แย่` stands elsewhere. A story that has the very
letters comes first all the same.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import chain
from typing import Any

Chunk = tuple[tuple[str, ...], ...]
"""Ways in which something may be said, each as letters that must all be there."""

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLASSES = re.compile(
    f"(?P<han>[{_HAN}]+)|(?P<katakana>[\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]+)"
    "|(?P<hiragana>[\u3041-\u3096]+)|(?P<hangul>[\uac00-\ud7a3]+)"
    "|(?P<thai>[\u0e01-\u0e3a\u0e40-\u0e4e]+)|(?P<other>.+?)",
    re.DOTALL,
)
# Chinese: of, and the marks of what is done; between two words of two signs each.
_BETWEEN = re.compile(f"(?<=[{_HAN}]{{2}})[的了和与與](?=[{_HAN}]{{2}})")
# Japanese: particles, endings of verbs and adjectives, verbs that help others.
_ENDINGS = (
    "ありません|なりました|くれません|もらえません|いただいた|ください|されました|しました"
    "|しません|できません|できない|られない|でしょう|ましょう|なかった|もらった|くれない"
    "|なりません|られます|あります|いました|います|あった|なった|なって|くれた|くれる"
    "|もらう|もらえ|いただ|される|された|されて|している|していた|します|したい|できた"
    "|できる|でき|から|まで|より|など|ので|のに|けど|です|でし|ます|まし|ませ|ない|なく"
    "|なら|たい|した|して|する|され|いる|いた|いて|ある|なる|とき|という|こと|もの|ため"
    "|よう|この|その|あの|どの|これ|それ|られ|ば|れ|っ|て|で|た|だ|る|う|い|く|し|き|り"
    "|ち|み|び|ぎ|け|せ|め|え|べ|げ|わ|ら|ろ|か|さ|の|が|を|に|は|へ|と|も|や|ん|す|つ|ぶ|む"
)
_FUNCTION = re.compile(f"(?:{_ENDINGS})+")
_CONTENT = re.compile(f"(?P<word>.{{3,}}?)(?:{_ENDINGS})*")
_LONG_MARK = "ー"
_LEAST_LONG = 4
# Korean: what follows a noun, and the endings of `do` and `become`.
_AFTER = re.compile(
    "(?<=[\uac00-\ud7a3]{2})(?:"
    "(?:하였|했|되었|됐|시켰)(?:습니다|어요|다|는데|지만|던|을|음|고)|(?:하|되)(?:는|던|여|어|고|면|지|기|자)"
    "|합니다|됩니다|한다|된다|해서|돼서|해요|돼요|하다|되다|된|될|됨|한|할|함|해"
    "|이?었습니다|였습니다|입니다|이에요|예요|인데|이다|습니다|았다|었다|았습니다|었습니다"
    "|에서는|에서도|에게서|으로부터|로부터|에서|에게|한테|께서|까지|부터|처럼|보다|마다"
    "|조차|마저|밖에|에는|에도|으로는|으로|이라고|라고|이라는|라는|이나|이랑|하고"
    "|들이|들은|들을|들의|은|는|이|가|을|를|의|에|도|로|와|과|만|나|랑)$"
)
_LEAST_THAI = 2
_MOST_THAI = 40
_MOST_SPLIT = 9
"""Longer runs without a space are asked for as they stand."""


@lru_cache(maxsize=1024)
def chunks(text: str) -> tuple[Chunk, ...]:
    """What the text asks for; nothing where it has no such script."""
    found = list(_CLASSES.finditer(_BETWEEN.sub(" ", text)))
    if all(each["other"] for each in found):
        return ()
    return tuple(chain.from_iterable(map(_chunks, found)))


def _chunks(found: re.Match[str]) -> Iterator[Chunk]:
    match found.lastgroup:
        case "han":
            yield _split(found.group())
        case "hangul":
            yield _split(_AFTER.sub("", _AFTER.sub("", found.group(), count=1)))
        case "katakana":
            word = found.group()
            long = len(word) >= _LEAST_LONG
            yield ((word.removesuffix(_LONG_MARK) if long else word,),)
        case "thai":
            run = found.group()
            words = thai_words(run)
            yield ((run,), words) if len(words) > 1 else ((run,),)
        case "hiragana":
            if word := _content(found.group()):
                yield ((word,),)


def _content(hiragana: str) -> str:
    """Without endings; nothing where it is all endings."""
    if _FUNCTION.fullmatch(hiragana):
        return ""
    found = _CONTENT.fullmatch(hiragana)
    return found["word"] if found else hiragana


def _split(run: str) -> Chunk:
    """As it stands, or in words of two signs; one sign of an odd number may be left
    out, as words of three are found by two of them."""
    size = len(run)
    if not 4 <= size <= _MOST_SPLIT:
        return ((run,),)
    if size % 2 == 0:
        return ((run,), _pairs(run))
    shorter = (run[:at] + run[at + 1 :] for at in range(0, size, 2))
    return ((run,), *dict.fromkeys(map(_pairs, shorter)))


def _pairs(run: str) -> tuple[str, ...]:
    return tuple(run[at : at + 2] for at in range(0, len(run), 2))


def thai_words(run: str) -> tuple[str, ...]:
    """The words of letters without spaces; a longer run is left as it stands.

    >>> thai_words("บริการแย่")
    ('บริการ', 'แย่')
    """
    if len(run) > _MOST_THAI:
        return (run,)
    words: list[str] = []
    for word in _thai().parse(run):
        if words and min(len(word), len(words[-1])) < _LEAST_THAI:
            words[-1] += word
        else:
            words.append(word)
    return tuple(words)


@cache
def _thai() -> Any:
    """BudouX, whose model of Thai is small (33 kB); loaded when first asked for."""
    return import_module("budoux.parser").load_default_thai_parser()
