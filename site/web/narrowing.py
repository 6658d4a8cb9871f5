"""How a search can be narrowed: values to ask for or to leave out, each with the number
of stories that have it; and what is chosen, to be taken off."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote_plus

from stories.reading.searching import Names, Results
from web import asking
from web.addresses import search_url
from web.asking import MANY, NOT, WORDS, Asked
from web.i18n import gettext as _
from web.rendering.dates import duration
from web.rendering.names import label, language_name
from web.rendering.numbers import currency_name, money

MOST_CHOICES = 8
"""So many values of a facet are shown, the most frequent first."""
AT_HAND = ("kind", "outcome", "answered", "company", "role")
"""Facets that are open from the start."""
WORD_OF = {"effort": "minutes_from"}
"""The word of the search that a facet sets, where it is not called the same."""

_PLACE = {name: place for place, name in enumerate(WORDS)}

Say = Callable[[str], str]


class Choice(NamedTuple):
    """A value, how many `stories` have it, and where it is put on or taken off; `leave`
    is where it is left out or let in again, if it can be."""

    label: str
    stories: int
    address: str
    chosen: bool = False
    leave: str = ""
    left_out: bool = False


@dataclass(frozen=True)
class Facet:
    """The values of one kind that the stories have."""

    name: str
    heading: str
    choices: list[Choice]
    is_open: bool


class Like:
    """Addresses of searches like this one: the first page, some words changed."""

    def __init__(self, search: Asked) -> None:
        self._base = search_url()
        self._values: dict[str, list[str]] = search.words.to_dict(flat=False)
        self._pairs = [
            (name, _pair(name, value))
            for name, value in search.words.items(multi=True)
            if name != "page"
        ]
        self._around: dict[str, tuple[str, str]] = {}

    def but(self, **changed: list[str]) -> str:
        """With these values instead of those."""
        pairs = [each for each in self._pairs if each[0] not in changed]
        pairs += [
            (name, _pair(name, value))
            for name, values in changed.items()
            for value in values
        ]
        pairs.sort(key=lambda each: _PLACE[each[0]])
        query = "&".join(pair for _, pair in pairs)
        return f"{self._base}?{query}" if query else self._base

    def without(self, name: str, value: str) -> str:
        """With one value taken off."""
        return self.but(**{name: self._others(name, value)})

    def toggled(self, name: str, value: str) -> str:
        """With the value taken off, or put on: beside others where there may be
        several."""
        out = f"{NOT}{name}"
        values = self._values.get(name, ())
        if value in values:
            return self.without(name, value)
        if values and (name not in MANY or asking.EVERY in values):
            return self.but(**{name: [value]})
        if value in self._values.get(out, ()):
            return self.but(**{name: [*values, value], out: self._others(out, value)})
        return self._added(name, value)

    def left_out(self, name: str, value: str) -> str:
        """With the value left out, or let in again."""
        out = f"{NOT}{name}"
        left = self._values.get(out, ())
        if value in left:
            return self.without(out, value)
        if value in self._values.get(name, ()):
            return self.but(**{name: self._others(name, value), out: [*left, value]})
        return self._added(out, value)

    def _added(self, name: str, value: str) -> str:
        """With one value more: a page has a hundred of these."""
        if name not in self._around:
            self._around[name] = self._beside(_PLACE[name])
        before, after = self._around[name]
        return f"{before}{_pair(name, value)}{after}"

    def _beside(self, place: int) -> tuple[str, str]:
        before = (pair for name, pair in self._pairs if _PLACE[name] <= place)
        after = (pair for name, pair in self._pairs if _PLACE[name] > place)
        start = "".join(f"{pair}&" for pair in before)
        return f"{self._base}?{start}", "".join(f"&{pair}" for pair in after)

    def _others(self, name: str, value: str) -> list[str]:
        return [each for each in self._values.get(name, ()) if each != value]


@lru_cache(maxsize=4096)
def _pair(name: str, value: str) -> str:
    return f"{name}={quote_plus(value)}"


def facets(search: Asked, results: Results) -> list[Facet]:
    """Every facet that some story has, with its most frequent values."""
    like = Like(search)
    says = _says(lambda key: results.companies.get(int(key), key))
    return [
        Facet(name, heading, choices, name in AT_HAND or _is_on(search, name))
        for name, heading in _headings()
        if (choices := _choices(search, like, name, results.facets, says[name]))
    ]


def _headings() -> list[tuple[str, str]]:
    return [
        ("kind", _("Kind")),
        ("outcome", _("Outcome")),
        ("answered", _("Company’s answer")),
        ("company", _("Company")),
        ("role", _("What it says of the company")),
        ("clock", _("How soon it answered")),
        ("issue", _("What went wrong")),
        ("effort", _("What it cost the author in time")),
        ("currency", _("Money paid, lost or at stake")),
        ("origin", _("Where it comes from")),
        ("language", _("Language of the story")),
        ("year", _("Year")),
    ]


def _says(company: Say) -> dict[str, Say]:
    """How each facet's values are called."""
    return {
        "kind": lambda code: label("kind", code),
        "outcome": lambda code: label("outcome", code),
        "answered": lambda value: (
            _("Answered") if value == "yes" else _("Not answered")
        ),
        "company": company,
        "role": lambda value: (
            _("In any role") if value == "any" else label("role", value)
        ),
        "clock": lambda code: label("waited", code),
        "issue": lambda code: label("issue", code),
        "origin": lambda code: label("origin", code),
        "effort": _effort,
        "currency": currency_name,
        "language": _language,
        "year": str,
    }


def _language(value: str) -> str:
    return _("In every language") if value == asking.EVERY else language_name(value)


def _effort(minutes: str) -> str:
    # TRANSLATORS: an author's time: 2 hours or more
    return _("%(time)s or more", time=duration(int(minutes)))


def _is_on(search: Asked, name: str) -> bool:
    word = WORD_OF.get(name, name)
    return word in search.words or f"{NOT}{word}" in search.words


def _choices(
    search: Asked, like: Like, facet: str, counted: dict[str, dict[str, int]], say: Say
) -> list[Choice]:
    name = WORD_OF.get(facet, facet)
    chosen = set(search.words.getlist(name))
    out = set(search.words.getlist(f"{NOT}{name}"))
    counts = counted.get(facet, {})
    ordered = sorted(counts, key=lambda value: (-counts[value], value))
    may_leave = name in MANY
    return [
        Choice(
            say(value),
            counts[value],
            like.toggled(name, value),
            value in chosen,
            like.left_out(name, value) if may_leave else "",
            value in out,
        )
        for value in ordered[:MOST_CHOICES]
    ]


def chips(search: Asked, names: Names) -> list[tuple[str, str]]:
    """Every filter that is on, in words, with the address that takes it off."""
    like = Like(search)
    says = _says(lambda value: _name(names.companies, value)) | {
        "product": lambda value: _name(names.products, value),
        **_spans(search),
    }
    found: list[tuple[str, str]] = []
    for name, value in search.words.items(multi=True):
        if name in says:
            found.append((says[name](value), like.without(name, value)))
        elif name.removeprefix(NOT) in says:
            words = says[name.removeprefix(NOT)](value)
            # TRANSLATORS: a filter that leaves out what it names
            left_out = _("Without: %(words)s", words=words)
            found.append((left_out, like.without(name, value)))
    return found


def _name(known: dict[int, str], value: str) -> str:
    return known.get(int(value), value) if value.isdecimal() else value


def _spans(search: Asked) -> dict[str, Say]:
    """What is said of the ends of spans."""
    currency = search.question.currency or None

    def time(value: str) -> str:
        return duration(int(value))

    def sum_of(value: str) -> str:
        return money(Decimal(value), currency)

    return {
        "from": lambda year: _("From %(start)s on", start=year),
        "to": lambda year: _("Until %(end)s", end=year),
        "minutes_from": _effort,
        "minutes_to": lambda value: _("%(time)s or less", time=time(value)),
        "amount_from": lambda value: _("%(amount)s or more", amount=sum_of(value)),
        "amount_to": lambda value: _("%(amount)s or less", amount=sum_of(value)),
    }
