"""The search page: words and filters, facets that can be put on and taken off."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from stories.problems import Invalid
from stories.reading import searching
from stories.reading.searching import Names, Results
from web import asking, cards
from web.addresses import search_url
from web.asking import Asked
from web.auth import visitor
from web.db import db
from web.finding import index
from web.i18n import gettext as _
from web.i18n import translate
from web.limits import limited
from web.rendering.names import label, language_name

pages = Blueprint("search", __name__)

MOST_CHOICES = 8
"""So many values of a facet are shown, the most frequent first."""


@dataclass(frozen=True)
class Choice:
    """One value that a search can be narrowed by, and how many stories have it."""

    label: str
    count: int
    address: str
    chosen: bool


@pages.get("/search")
@limited("search")
def show() -> str | tuple[str, int]:
    """What was asked for, or, where it cannot be understood, what is wrong with it."""
    try:
        search = asking.asked(db, request.args, _reads())
    except Invalid as trouble:
        problem = translate(trouble.problem)
        return render_template("search/nothing.html", problem=problem), 422
    results = searching.results(db, index(), search.question)
    names = searching.names(db, search.question)
    return render_template(
        "search/show.html",
        search=search,
        results=results,
        cards=cards.shown(results.versions, search.question.words),
        facets=_facets(search, results),
        chips=_chips(search, names),
        sorts=_sorts(search),
        newer=_page(search, search.page - 1) if search.page > 1 else None,
        older=_page(search, search.page + 1) if results.more else None,
        suggested=_suggested(search, results),
        unread=_unread(search, results),
        everything=_address(asking.instead(search, "language", asking.EVERY)),
    )


def _reads() -> tuple[str, ...]:
    member = visitor()
    return tuple(member.reads) if member else ()


def _facets(search: Asked, results: Results) -> list[tuple[str, str, list[Choice]]]:
    """Every facet with its heading and its most frequent values."""
    headings: list[tuple[str, str, Callable[[str], str]]] = [
        ("kind", _("Kind"), lambda code: label("kind", code)),
        ("outcome", _("Outcome"), lambda code: label("outcome", code)),
        ("answered", _("Company’s answer"), _answer),
        ("company", _("Company"), lambda key: results.companies.get(int(key), key)),
        ("role", _("What it says of the company"), _role),
        ("language", _("Language of the story"), language_name),
        ("year", _("Year"), str),
    ]
    return [
        (name, heading, _choices(search, results, name, words))
        for name, heading, words in headings
    ]


def _choices(
    search: Asked, results: Results, name: str, words: Callable[[str], str]
) -> list[Choice]:
    counts = results.facets.get(name, {})
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    chosen = set(search.words.getlist(name))
    shown = [each for each in ordered if each[1] or each[0] in chosen]
    return [
        Choice(words(value), count, _toggled(search, name, value), value in chosen)
        for value, count in shown[:MOST_CHOICES]
    ]


def _toggled(search: Asked, name: str, value: str) -> str:
    """The search with this value taken off, or put on: beside others, but for
    questions that have one answer."""
    if value in search.words.getlist(name):
        return _address(asking.without_word(search, name, value))
    if name in ("answered", "role") or asking.EVERY in search.words.getlist(name):
        return _address(asking.instead(search, name, value))
    return _address(asking.with_word(search, name, value))


def _chips(search: Asked, names: Names) -> list[tuple[str, str]]:
    """Every filter that is on, in words, with the address that takes it off."""
    words: dict[str, Callable[[str], str]] = {
        "company": lambda value: _name(names.companies, value),
        "product": lambda value: _name(names.products, value),
        "kind": lambda code: label("kind", code),
        "outcome": lambda code: label("outcome", code),
        "language": _language,
        "year": str,
        "role": _role,
        "answered": _answer,
    }
    return [
        (words[name](value), _address(asking.without_word(search, name, value)))
        for name, value in search.words.items(multi=True)
        if name in words
    ]


def _name(known: dict[int, str], value: str) -> str:
    return known.get(int(value), value) if value.isdecimal() else value


def _answer(value: str) -> str:
    return _("Answered") if value == "yes" else _("Not answered")


def _language(value: str) -> str:
    return _("In every language") if value == asking.EVERY else language_name(value)


def _role(value: str) -> str:
    return _("In any role") if value == "any" else label("role", value)


def _sorts(search: Asked) -> list[Choice]:
    orders = [
        ("relevance", _("Best match")),
        ("newest", _("Newest first")),
        ("activity", _("Latest activity")),
    ]
    return [
        Choice(
            words,
            0,
            _address(asking.instead(search, "sort", order)),
            search.question.sort == order,
        )
        for order, words in orders
        if order != "relevance" or search.question.words
    ]


def _unread(search: Asked, results: Results) -> list[Choice]:
    """What the reader's languages have left out, by language."""
    return [
        Choice(language_name(tag), count, _toggled(search, "language", tag), False)
        for tag, count in results.unread.items()
    ]


def _suggested(search: Asked, results: Results) -> str:
    if results.suggestion is None:
        return ""
    return _address(asking.instead(search, "q", results.suggestion))


def _page(search: Asked, page: int) -> str:
    return _address(asking.at_page(search, page))


def _address(words: asking.Words) -> str:
    return search_url(**words.to_dict(flat=False))
