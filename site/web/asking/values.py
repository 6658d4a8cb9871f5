"""What the words of a search may say, each read as what it means."""

import re
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from stories import companies, languages
from stories.entries import MOST_ID, Currency
from stories.models import Company, Product
from stories.models.base import Money
from stories.problems import Invalid, Problem
from stories.search import Span

Words = MultiDict[str, str]

EVERY = "*"
"""Every language (a language range, as in RFC 4647)."""
NO_ID = 0
"""No company or product has this id: asking for it finds nothing."""

SUCCEEDED: dict[str, Any] = {
    "company": Company,
    "not_company": Company,
    "product": Product,
    "not_product": Product,
}
"""Words that name what may have been merged into another."""

_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII)
_CURRENCY: TypeAdapter[str] = TypeAdapter(Currency)


def living(db: Session, name: str, value: str) -> str:
    """The value, or the number of the successor of what it numbers."""
    if name not in SUCCEEDED or not is_id(value):
        return value
    found: Company | Product | None = db.get(SUCCEEDED[name], int(value))
    if isinstance(found, Company):
        return str(companies.living(db, found).id)
    return str(companies.living_product(db, found).id) if found else value


def company_ids(db: Session, values: list[str]) -> tuple[int, ...]:
    """The companies of these ids and names."""
    found = [number for value in values for number in _company(db, value)]
    return tuple(dict.fromkeys(found)) or ((NO_ID,) if values else ())


def _company(db: Session, value: str) -> list[int]:
    if is_id(value):
        return [int(value)] if db.get(Company, int(value)) else []
    return [company.id for company in companies.called(db, value)]


def product_ids(
    db: Session, values: list[str], about: tuple[int, ...]
) -> tuple[int, ...]:
    """The products of these ids and names, of these companies if any."""
    found = [number for value in values for number in _product(db, value, about)]
    return tuple(dict.fromkeys(found)) or ((NO_ID,) if values else ())


def _product(db: Session, value: str, about: tuple[int, ...]) -> list[int]:
    if is_id(value):
        return [int(value)]
    return companies.products_called(db, value, about)


def is_id(value: str) -> bool:
    """Whether this is a number that something may have."""
    return value.isascii() and value.isdecimal() and int(value[:19]) <= MOST_ID


def codes(words: Words, name: str, known: type[StrEnum]) -> tuple[str, ...]:
    """The codes of a list; Invalid where there is no such code."""
    chosen = words.getlist(name)
    return tuple(_code(name, value, _values(known)) for value in chosen)


@cache
def _values(known: type[StrEnum]) -> frozenset[str]:
    return frozenset(code.value for code in known)


def one_of(words: Words, name: str, known: Iterable[str], usual: str) -> str:
    """One of these."""
    return _code(name, words.get(name, usual), set(known))


def _code(name: str, value: str, known: AbstractSet[str]) -> str:
    if value not in known:
        raise Invalid(
            Problem("“%(value)s” is nothing to search by here.", value=value[:40]), name
        )
    return value


def tags(words: Words, name: str) -> tuple[str, ...]:
    """Languages; none where every one is asked for."""
    chosen = words.getlist(name)
    every = name == "language" and EVERY in chosen
    return () if every else tuple(_tag(name, tag) for tag in chosen)


def _tag(name: str, value: str) -> str:
    try:
        return languages.tag(value)
    except Invalid as trouble:
        raise Invalid(trouble.problem, name) from trouble


def years(words: Words, name: str) -> tuple[int, ...]:
    """Years of four digits."""
    return tuple(_year(name, value) for value in words.getlist(name))


def year_span(words: Words) -> Span:
    """The years `from` and `to`."""
    first, last = years(words, "from"), years(words, "to")
    return Span(first[0] if first else None, last[0] if last else None)


def _year(name: str, value: str) -> int:
    if not (value.isascii() and value.isdecimal() and len(value) == len("2026")):
        raise Invalid(Problem("A year has four digits."), name)
    return int(value)


def page(words: Words) -> int:
    """Which page; the first without a word."""
    value = words.get("page", "1")
    if not is_id(value) or int(value) < 1:
        raise Invalid(Problem("Pages are numbered from 1."), "page")
    return int(value)


def truth(words: Words, name: str) -> bool | None:
    """Yes or no, or either."""
    value = words.get(name)
    return None if value is None else _code(name, value, {"yes", "no"}) == "yes"


def minutes(words: Words) -> Span:
    """Minutes from and to."""
    return Span(_minutes(words, "minutes_from"), _minutes(words, "minutes_to"))


def _minutes(words: Words, name: str) -> int | None:
    value = words.get(name)
    if value is None:
        return None
    if not is_id(value):
        raise Invalid(Problem("Minutes are a whole number."), name)
    return int(value)


def amount(words: Words) -> Span:
    """An amount from and to, in the parts that the index counts in."""
    return Span(_amount(words, "amount_from"), _amount(words, "amount_to"))


def _amount(words: Words, name: str) -> int | None:
    value = words.get(name)
    if value is None:
        return None
    if not _AMOUNT.fullmatch(value):
        raise Invalid(Problem("An amount is a number, such as 25 or 25.50."), name)
    return int(Decimal(value) * Money.PLACES)


def currency(words: Words) -> str:
    """A currency; "" for any."""
    value = words.get("currency", "")
    try:
        return _CURRENCY.validate_python(value) if value else ""
    except (ValidationError, Invalid) as trouble:
        problem = Problem("Choose a currency from the list, such as EUR.")
        raise Invalid(problem, "currency") from trouble
