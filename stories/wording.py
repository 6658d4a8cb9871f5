"""A person's words made ready to be kept: names masked, HTML made, language known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from stories import languages
from stories.entries import MOST_ROWS, Entry
from stories.entries.facts import Discreet, LetterEntry, NameEntry, PrivateEntry
from stories.problems import Invalid, Problem
from stories.text import RENDERER, mask, private_data, render

SURE = 0.9
NO_NAME = "[…]"
_ADDRESSES = {"address", "source_address", "elsewhere_address"}
_NO_WORDS = {"company", "domain", "products", "language", "currency", "names"}
_NO_WORDS |= _ADDRESSES
_NOT_READ = _NO_WORDS | {"private", "private_reference", "passage"}

MOST_LETTERS = Problem.plural(
    "A story has at most %(n)d letter.",
    "A story has at most %(n)d letters.",
    n=MOST_ROWS,
)

Masks = list[tuple[str, str]]
E = TypeVar("E", bound=Entry)
D = TypeVar("D", bound=Discreet)


@dataclass(frozen=True)
class Wording:
    """A text with its clean HTML, who rendered it, and its language."""

    text: str
    html: str
    renderer: int
    language: str

    def columns(self) -> dict[str, Any]:
        """The columns of a `Worded` row."""
        return dict(vars(self))

    def quoted(self) -> dict[str, Any]:
        """The columns of a letter or quotation, which keep no renderer."""
        return {"text": self.text, "html": self.html, "language": self.language}


def letter(entry: LetterEntry, words: Wording) -> dict[str, Any]:
    """The columns of a letter."""
    return {
        "by": entry.by,
        "sender": entry.sender,
        "at": entry.when.at,
        "precision": entry.when.precision,
        **words.quoted(),
    }


def worded(text: str, language: str | None = None) -> Wording:
    """The text, rendered, in the language given, else in the one that it seems."""
    known = language or languages.detect(text).tag
    return Wording(text, render(text, language=known), RENDERER, known)


def worded_within(text: str, language: str | None, around: str) -> Wording:
    """Like `worded`, for words within others: in their language, unless surely not."""
    guess = languages.detect(text)
    seems = guess.tag if guess.sure >= SURE else around
    return worded(text, language or seems)


def masks(names: Iterable[NameEntry]) -> Masks:
    """The names that do not stay, with the words instead of each (rule 14)."""
    return [(name.name, name.role or NO_NAME) for name in names if not name.keep]


def masked(entry: E, hidden: Masks) -> E:
    """The entry without these names in any of its words, checked again.

    Names of companies and products stay, and so do addresses.
    """
    if not hidden:
        return entry
    try:
        return type(entry).model_validate(_masked(entry.model_dump(), hidden))
    except ValidationError as trouble:
        problem = Problem("Choose shorter words instead of the names: a text is full.")
        raise Invalid(problem, "names") from trouble


def private_in(entry: Entry) -> list[str]:
    """Numbers and addresses of people in the words that everybody would read."""
    words = "\n".join(_public(entry.model_dump()))
    return private_data(words)


def unasked(entry: Discreet) -> list[str]:
    """Those of them that the author has not been asked about."""
    asked = {each.words for each in entry.private}
    return [words for words in private_in(entry) if _line(words) not in asked]


def confirmed(entry: D, known: Iterable[str]) -> D:
    """The entry, in which these are kept: they were published before."""
    kept = [PrivateEntry(words=words, keep=True) for words in known]
    return entry.model_copy(update={"private": [*entry.private, *kept]})


def published(fields: dict[str, Any]) -> list[dict[str, Any]]:
    """What an entry of these fields is to keep, for everybody could read it before."""
    found = private_data("\n".join(_public(fields)))[:MOST_ROWS]
    return [{"words": words, "keep": True} for words in found]


def of_company(entry: Discreet, domain: str | None) -> list[str]:
    """Mail addresses at a company's own domain: it gives them to everybody."""
    end = f"@{domain or ''}".lower()
    return [words for words in private_in(entry) if domain and words.endswith(end)]


def _line(words: str) -> str:
    """As a field of one line keeps it."""
    return " ".join(words.split())


def discreet(entry: D) -> D:
    """The entry without numbers and addresses, but for those that the author keeps."""
    kept = {each.words for each in entry.private if each.keep}
    gone = [words for words in private_in(entry) if _line(words) not in kept]
    bare = entry.model_dump(exclude={"private"})
    if not gone:
        return entry.model_copy(update={"private": []})
    for words in sorted(gone, key=len, reverse=True):
        bare = _left_out(bare, words)
    return type(entry).model_validate(bare)


def without(text: str, hidden: Masks) -> str:
    """The text without these names."""
    for name, instead in hidden:
        text = mask(text, name, instead)
    return text


def _public(value: Any) -> Iterator[str]:
    """The strings of an entry that readers see as words."""
    if type(value) is str:
        yield value
    if isinstance(value, list):
        for each in value:
            yield from _public(each)
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in _NOT_READ:
                yield from _public(each)


def _left_out(value: Any, words: str) -> Any:
    if type(value) is str:
        return value.replace(words, NO_NAME)
    if isinstance(value, list):
        return [_left_out(each, words) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in _NOT_READ else _left_out(each, words)
            for name, each in value.items()
        }
    return value


def _masked(value: Any, hidden: Masks) -> Any:
    if type(value) is str:
        return without(value, hidden)
    if isinstance(value, list):
        return [_masked(each, hidden) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in _NO_WORDS else _masked(each, hidden)
            for name, each in value.items()
        }
    return value
