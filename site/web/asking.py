"""The words of a search, the same on page, feed and API, as a question to the index.

`q, company, product, kind, outcome, language, year, role, answered, sort, page`; those
that filter may be repeated. Companies and products are asked for by id or by name;
`language=*` is every language, also those that the reader has not chosen.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import get_args

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from stories import companies, languages
from stories.entries import MOST_ID
from stories.models import Company
from stories.models.codes import Kind, Outcome
from stories.problems import Invalid, Problem
from stories.search import Question
from stories.search.questions import DEEPEST, MOST_LETTERS, Role, Sort

WORDS = (
    "q",
    "company",
    "product",
    "kind",
    "outcome",
    "language",
    "year",
    "role",
    "answered",
    "sort",
    "page",
)
Words = MultiDict[str, str]
PAGE = 20
MOST_VALUES = 20
EVERY = "*"
"""Every language (a language range, as in RFC 4647)."""
NOTHING = 0
"""No company or product has this id: asking for it finds nothing."""


@dataclass(frozen=True)
class Asked:
    """A search: its words as they came, cleaned, and the question that they make."""

    words: Words
    question: Question
    page: int


def asked(db: Session, typed: Words, reads: tuple[str, ...] = ()) -> Asked:
    """The search that was asked for; `reads` are the reader's languages (none: all).

    Raises Invalid, with the word's name, for a value that it cannot have.
    """
    words = _known(typed)
    page = _number(words, "page", 1)
    if page * PAGE > DEEPEST:
        raise Invalid(Problem("A search is shown this far. Narrow it."), "page")
    about = _companies(db, words.getlist("company"))
    question = Question(
        words=words.get("q", ""),
        languages=reads,
        only_languages=bool(reads) and "language" not in words,
        companies=about,
        role=_one_of(words, "role", get_args(Role), "subject"),  # type: ignore[arg-type]
        products=_products(db, words.getlist("product"), about),
        kinds=_codes(words, "kind", Kind),
        outcomes=_codes(words, "outcome", Outcome),
        language=_languages(words),
        years=tuple(_year(value) for value in words.getlist("year")),
        answered=_truth(words, "answered"),
        sort=_one_of(words, "sort", get_args(Sort), _usual(words)),  # type: ignore[arg-type]
        offset=(page - 1) * PAGE,
        limit=PAGE,
    )
    return Asked(words, question, page)


def uncounted(search: Asked) -> Question:
    """The same question without facets: for feeds, and pages after the first."""
    return replace(search.question, facets=False)


def with_word(search: Asked, name: str, value: str) -> Words:
    """The search with one more value; page one again."""
    words = _without_page(search)
    words.add(name, value)
    return words


def without_word(search: Asked, name: str, value: str) -> Words:
    """The search with one value taken off; page one again."""
    words = _without_page(search)
    pairs = words.items(multi=True)
    return MultiDict(pair for pair in pairs if pair != (name, value))


def instead(search: Asked, name: str, value: str) -> Words:
    """The search with this value in place of any other; page one again."""
    words = _without_page(search)
    words.setlist(name, [value])
    return words


def at_page(search: Asked, page: int) -> Words:
    """The same search, another page of it."""
    words = _without_page(search)
    if page > 1:
        words["page"] = str(page)
    return words


def _without_page(search: Asked) -> Words:
    pairs = search.words.items(multi=True)
    return MultiDict((name, value) for name, value in pairs if name != "page")


def _known(typed: Words) -> Words:
    known: Words = MultiDict()
    for name in WORDS:
        values = (value.strip() for value in typed.getlist(name)[:MOST_VALUES])
        for value in values:
            if value:
                known.add(name, value[:MOST_LETTERS])
    return known


def _usual(words: Words) -> str:
    return "relevance" if "q" in words else "newest"


def _companies(db: Session, values: list[str]) -> tuple[int, ...]:
    found = [number for value in values for number in _company(db, value)]
    return tuple(dict.fromkeys(found)) or ((NOTHING,) if values else ())


def _company(db: Session, value: str) -> list[int]:
    if _is_id(value):
        company = db.get(Company, int(value))
        return [companies.living(db, company).id] if company else []
    return [company.id for company in companies.called(db, value)]


def _products(
    db: Session, values: list[str], about: tuple[int, ...]
) -> tuple[int, ...]:
    found = [
        number
        for value in values
        for number in (
            [int(value)]
            if _is_id(value)
            else companies.products_called(db, value, about)
        )
    ]
    return tuple(dict.fromkeys(found)) or ((NOTHING,) if values else ())


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value[:19]) <= MOST_ID


def _codes(words: Words, name: str, codes: type[StrEnum]) -> tuple[str, ...]:
    known = {code.value for code in codes}
    return tuple(_known_code(name, value, known) for value in words.getlist(name))


def _known_code(name: str, value: str, known: set[str]) -> str:
    if value not in known:
        raise Invalid(
            Problem("“%(value)s” is nothing to search by here.", value=value[:40]), name
        )
    return value


def _one_of(words: Words, name: str, known: tuple[str, ...], usual: str) -> str:
    return _known_code(name, words.get(name, usual), set(known))


def _languages(words: Words) -> tuple[str, ...]:
    chosen = words.getlist("language")
    return () if EVERY in chosen else tuple(_language(tag) for tag in chosen)


def _language(value: str) -> str:
    try:
        return languages.tag(value)
    except Invalid as trouble:
        raise Invalid(trouble.problem, "language") from trouble


def _year(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) == len("2026")):
        raise Invalid(Problem("A year has four digits."), "year")
    return int(value)


def _number(words: Words, name: str, usual: int) -> int:
    value = words.get(name, str(usual))
    if not _is_id(value) or int(value) < 1:
        raise Invalid(Problem("Pages are numbered from 1."), name)
    return int(value)


def _truth(words: Words, name: str) -> bool | None:
    value = words.get(name)
    if value is None:
        return None
    return _known_code(name, value, {"yes", "no"}) == "yes"
