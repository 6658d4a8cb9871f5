"""Names of persons, taken out of a text."""

import re
import unicodedata
from collections.abc import Iterator

# Names that are also words: these are masked only where they begin with a capital.
_ALSO_WORDS = frozenset(
    "angel april art august autumn bill bob brook carol chance chase chip chuck cliff"
    " dale dawn dean don drew dolly earnest eve faith frank gene glen grace grant guy"
    " hale harry hope iris ivy jack jade jean jerry jewel joe joy june lance lane"
    " laurel lily mark mason max may melody mike miles norm olive page pat patience peg"
    " penny pierce poppy ray rich rob robin rocky rose ruby rusty sandy sky sterling"
    " sue summer terry trinity victor violet wade warren will young"
    " bella bianca bianchi bruna bruno chiara celeste costa fausta fiore franca franco"
    " gioia grazia leone letizia libera linda marina messina onesta pace perla pia rosa"
    " rossa rossi russo serena sole stella umile vera viola vita vittoria"
    " bach bauer berg ernst gut klein koch kraus lang roth sommer stern weber weiss"
    " winter wolf beau blanc blanche claire constant franc juste marguerite petit"
    " alba amparo consuelo cruz dolores esperanza luz mercedes paz pilar soledad"
    " vega".split()
)
_TITLES = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir|madam|sig|sig\.ra|sig\.na|signora?"
    r"|signorina|dott|dott\.ssa|herrn?|frau|monsieur|madame|mademoiselle|mme|mlle"
    r"|se[nñ]ora?|sr|sra|srta|meneer|mevrouw|pani?|senhora?)\b\.?[ \t]+)?"
)
_CLOSED = "぀-ヿ㐀-鿿가-힣\u0e00-\u0eff"  # scripts that write on without a space
_JOINT = (
    rf"(?:[ \t]*[-・][ \t]*|[ \t]+|[ \t]*,[ \t]+|[ \t]+\w\.[ \t]*|(?<=[{_CLOSED}]))"
)
_SHORTEST = 3
_BEGINNING = re.compile(r"(?:\A|[.!?…。！？][\"'”»)]*\s+|\n)[\s\"'“«„(>*_#-]*\Z")
_NEAR = 40


def mask(text: str, name: str, instead: str) -> str:
    """The text with the words in `instead` for every form of a person's name.

    Whole words, in any case, with or without accents: the name, and each part of it
    that is longer than two letters and begins with a capital; titles go with them.

    >>> mask("Mr. John Smith left; SMITH's boss stayed.", "John Smith", "the clerk")
    "The clerk left; the clerk's boss stayed."
    """
    done, kept = 0, []
    for start, end in _found(text, name):
        kept += [text[done:start], _fitting(instead, text, start)]
        done = end
    return "".join([*kept, text[done:]])


def named(text: str, name: str) -> int:
    """How often a text says a name, in any of the forms that `mask` finds."""
    return sum(1 for _ in _found(text, name))


def _found(text: str, name: str) -> Iterator[tuple[int, int]]:
    pattern = _pattern(_flat(name))
    for found in pattern.finditer(_flat(text)) if pattern else ():
        if not _is_word(text[found.start() : found.end()]):
            yield found.span()


def _fitting(instead: str, text: str, at: int) -> str:
    """With a capital where a sentence begins."""
    begins = _BEGINNING.search(text[max(at - _NEAR, 0) : at])
    return instead[:1].upper() + instead[1:] if begins else instead


def _pattern(name: str) -> re.Pattern[str] | None:
    """What matches the name's forms in flattened text; None where it has no letters."""
    words = re.findall(r"\w+(?:['’.]\w+)*", name)
    if not words:
        return None
    whole = _JOINT.join(_word(word) for word in words)
    one = "|".join([whole, *sorted(_parts(words), key=len, reverse=True)])
    first, last = _edge("<!", words[0]), _edge("!", words[-1])
    return re.compile(
        rf"{first}{_TITLES}{first}(?:{one})(?:{_JOINT}(?:{one}){last})*{last}",
        re.IGNORECASE,
    )


def _parts(words: list[str]) -> set[str]:
    """Patterns of the parts that tell, each with the particles before it."""
    found, particles = set(), ""
    for word in words:
        if _tells(word):
            found.add(particles + _word(word))
            particles = ""
        else:
            particles += rf"(?:{_word(word)}[ \t]+)?"
    return found


def _tells(part: str) -> bool:
    """Whether a part of a name gives the person away when it stands alone."""
    if re.match(f"[{_CLOSED}]", part):
        return len(part) > 1
    return len(part) >= _SHORTEST and not part.islower()


def _edge(side: str, word: str) -> str:
    """The edge of a word, where its script has edges."""
    return "" if re.match(f"[{_CLOSED}]", word) else rf"(?{side}[\w])"


def _word(word: str) -> str:
    return re.escape(word).replace("’", "['’]").replace("'", "['’]")


def _is_word(found: str) -> bool:
    """Whether this is likely the word that a name also is."""
    return found.islower() and (
        _flat(found) in _ALSO_WORDS or (found.isascii() and len(found) < _SHORTEST)
    )


def _flat(text: str) -> str:
    """The text without accents, letter for letter at the same places."""
    return "".join(letter if letter.isascii() else _bare(letter) for letter in text)


def _bare(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] if all("\u0300" <= m <= "\u036f" for m in parts[1:]) else letter
