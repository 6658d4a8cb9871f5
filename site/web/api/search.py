"""The search, asked with the same words as the page."""

from flask import Blueprint, Response, request

from stories.reading import searching
from stories.reading.records import records
from stories.search.questions import Loosened
from web import asking
from web.api import shaping
from web.api.answers import answer
from web.api.search_shapes import LoosenedShape, SearchList
from web.db import db
from web.finding import index
from web.limits import limited

api = Blueprint("api_search", __name__)


@api.get("/search")
@limited("search")
def show() -> Response:
    """One page of what was asked for, with counts to narrow it by."""
    search = asking.asked(db, request.args)
    found = searching.results(db, index(), asking.loosely(search))
    shape = SearchList(
        total=found.total,
        page=search.page,
        items=[shaping.listed(each) for each in records(db, list(found.versions))],
        facets=found.facets,
        suggestion=found.suggestion,
        loosened=_loosened(found.loosened) if found.loosened else None,
    )
    return answer(shape)


def _loosened(words: Loosened) -> LoosenedShape:
    return LoosenedShape(missing=list(words.missing), rest=words.rest)
