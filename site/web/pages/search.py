"""The search page: words and filters, facets that can be put on and taken off."""

from flask import Blueprint, render_template, request

from stories.problems import Invalid
from stories.reading import directory, searching
from stories.reading.comparing import MOST
from stories.reading.searching import Results
from stories.text import disguised, undisguised
from web import asking, cards, narrowing
from web.addresses import page_url, search_url
from web.asking import Asked
from web.auth import visitor
from web.db import db
from web.finding import index
from web.i18n import gettext as _
from web.i18n import translate
from web.limits import limited
from web.narrowing import Choice, Like
from web.rendering.names import language_name
from web.rendering.numbers import currency_name

pages = Blueprint("search", __name__)


@pages.get("/search")
@limited("search")
def show() -> str | tuple[str, int]:
    """What was asked for, or, where it cannot be understood, what is wrong with it."""
    try:
        search = asking.asked(db, request.args, _reads())
    except Invalid as trouble:
        problem = translate(trouble.problem)
        return render_template("search/nothing.html", problem=problem), 422
    results = searching.results(db, index(), asking.loosely(search))
    words = results.marks or search.question.words
    names = searching.names(db, search.question)
    lookalikes = disguised(search.question.words)
    plain = undisguised(search.question.words)
    return render_template(
        "search/show.html",
        search=search,
        named=_named(search),
        results=results,
        cards=cards.shown(results.versions, words),
        facets=narrowing.facets(search, results),
        currencies=_currencies(search, results),
        chips=narrowing.chips(search, names),
        sorts=_sorts(search),
        newer=_page(search, search.page - 1) if search.page > 1 else None,
        older=_page(search, search.page + 1) if results.more else None,
        suggested=_suggested(search, results),
        rest=_rest(search, results),
        unread=_unread(search, results),
        disguised=lookalikes,
        plain=plain,
        plainly=_address(asking.instead(search, "q", plain)) if lookalikes else "",
        keep=_keep(search),
        compared=[int(each) for each in results.facets.get("company", {})][:MOST],
        everything=_address(asking.instead(search, "language", asking.EVERY)),
    )


def _reads() -> tuple[str, ...]:
    member = visitor()
    return tuple(member.reads) if member else ()


def _named(search: Asked) -> list[directory.Named]:
    """The companies that may be meant, above the first of what was found."""
    words = search.words.get("q", "")
    return directory.named(db, words) if search.page == 1 else []


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
    like = Like(search)
    return [
        Choice(language_name(tag), count, like.toggled("language", tag))
        for tag, count in results.unread.items()
    ]


def _currencies(search: Asked, results: Results) -> list[tuple[str, str]]:
    """Those that stories name, and the one that was asked for."""
    there = {*results.facets.get("currency", ()), search.question.currency} - {""}
    return [(code, currency_name(code)) for code in sorted(there)]


def _keep(search: Asked) -> str:
    """Where the search can be kept, if it asks for anything."""
    words = search.saved
    return page_url("searches", "new", words=words) if words else ""


def _suggested(search: Asked, results: Results) -> str:
    if results.suggestion is None:
        return ""
    return _address(asking.instead(search, "q", results.suggestion))


def _rest(search: Asked, results: Results) -> str:
    """Where only the words are asked for that some story has."""
    loosened = results.loosened
    if loosened is None or not (loosened.missing and loosened.rest):
        return ""
    return _address(asking.instead(search, "q", loosened.rest))


def _page(search: Asked, page: int) -> str:
    return _address(asking.at_page(search, page))


def _address(words: asking.Words) -> str:
    return search_url(**words.to_dict(flat=False))
