"""The words of a search, the same on page, feed and API, as a question to the index.

What filters may be repeated, and with `not_` before it leaves out what it names.
Companies and products are asked for by id or by name; `language=*` is every language,
also those that the reader has not chosen. `from` and `to` are years.
"""

from dataclasses import dataclass, replace
from typing import Any, get_args
from urllib.parse import parse_qs, urlencode

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from stories.models.codes import IssueType, Kind, OriginKind, Outcome, Waited
from stories.problems import Invalid, Problem
from stories.search import Question, Without
from stories.search.questions import DEEPEST, MOST_LETTERS, Role, Sort
from web.asking import values
from web.asking.values import EVERY, Words

__all__ = ["EVERY", "Asked", "Words", "asked"]

NOT = "not_"
MANY = (
    "company",
    "product",
    "kind",
    "outcome",
    "clock",
    "issue",
    "origin",
    "language",
    "year",
)
"""What can be asked for, and left out, more than once."""
SPANS = (
    "from",
    "to",
    "minutes_from",
    "minutes_to",
    "currency",
    "amount_from",
    "amount_to",
)
ONE = ("role", "answered", *SPANS)
WORDS = ("q", *MANY, *(f"{NOT}{name}" for name in MANY), *ONE, "sort", "page")
PAGE = 20
MOST_VALUES = 20
LAST_PAGE = DEEPEST // PAGE


@dataclass(frozen=True)
class Asked:
    """A search: its words as they came, cleaned, and the question that they make."""

    words: Words
    question: Question
    page: int

    @property
    def saved(self) -> str:
        """The words as they are kept: as in its address, in their usual order."""
        return urlencode(_without_page(self).to_dict(flat=False), doseq=True)


def asked(db: Session, typed: Words, reads: tuple[str, ...] = ()) -> Asked:
    """The search that was asked for; `reads` are the reader's languages (none: all).

    Raises Invalid, with the word's name, for a value that it cannot have.
    """
    words = _living(db, _known(typed))
    page = values.page(words)
    if page > LAST_PAGE:
        raise Invalid(Problem("A search is shown this far. Narrow it."), "page")
    question = Question(
        words=words.get("q", ""),
        languages=reads,
        only_languages=bool(reads) and "language" not in words,
        role=values.one_of(words, "role", get_args(Role), "subject"),  # type: ignore[arg-type]
        **_many(db, words),
        without=Without(**_many(db, words, NOT)),
        year_span=values.year_span(words),
        minutes=values.minutes(words),
        amount=values.amount(words),
        currency=values.currency(words),
        answered=values.truth(words, "answered"),
        sort=values.one_of(words, "sort", get_args(Sort), _usual(words)),  # type: ignore[arg-type]
        offset=(page - 1) * PAGE,
        limit=PAGE,
    )
    return Asked(words, question, page)


def _many(db: Session, words: Words, sign: str = "") -> dict[str, Any]:
    """The values that are asked for, or with a sign left out."""
    about = values.company_ids(db, words.getlist("company"))
    left_out = values.company_ids(db, words.getlist(f"{sign}company"))
    return {
        "companies": left_out if sign else about,
        "products": values.product_ids(db, words.getlist(f"{sign}product"), about),
        "kinds": values.codes(words, f"{sign}kind", Kind),
        "outcomes": values.codes(words, f"{sign}outcome", Outcome),
        "clocks": values.codes(words, f"{sign}clock", Waited),
        "issues": values.codes(words, f"{sign}issue", IssueType),
        "origins": values.codes(words, f"{sign}origin", OriginKind),
        "language": values.tags(words, f"{sign}language"),
        "years": values.years(words, f"{sign}year"),
    }


def again(db: Session, saved: str, reads: tuple[str, ...] = ()) -> Asked:
    """A search that was kept."""
    return asked(db, kept(saved), reads)


def kept(saved: str) -> Words:
    """The words of a search that was kept."""
    return _known(MultiDict(parse_qs(saved)))


def uncounted(search: Asked) -> Question:
    """The same question without facets: for feeds, and pages after the first."""
    return replace(search.question, facets=False)


def loosely(search: Asked) -> Question:
    """The same question, to be answered by what comes next where no story fits: for
    people who look, not for feeds and alerts."""
    return replace(search.question, loosely=True)


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
        for value in typed.getlist(name)[:MOST_VALUES]:
            if words := value.replace("\0", "").strip():
                known.add(name, words[:MOST_LETTERS])
    return known


def _living(db: Session, words: Words) -> Words:
    """The words with the successors of companies and products that were merged."""
    if not any(name in words for name in values.SUCCEEDED):
        return words
    found: Words = MultiDict()
    for name, value in words.items(multi=True):
        known = values.living(db, name, value)
        if name not in values.SUCCEEDED or known not in found.getlist(name):
            found.add(name, known)
    return found


def _usual(words: Words) -> str:
    return "relevance" if "q" in words else "newest"
