"""The search, asked with the same words as the page."""

from flask import Blueprint, Response, request

from stories.reading import searching
from stories.reading.records import records
from web import asking
from web.api import shaping
from web.api.answers import answer
from web.api.shapes import SearchList
from web.db import db
from web.finding import index
from web.limits import limited

api = Blueprint("api_search", __name__)


@api.get("/search")
@limited("search")
def show() -> Response:
    """One page of what was asked for, with counts to narrow it by."""
    search = asking.asked(db, request.args)
    found = searching.results(db, index(), search.question)
    shape = SearchList(
        total=found.total,
        page=search.page,
        items=[shaping.summary(story) for story in records(db, list(found.versions))],
        facets=found.facets,
        suggestion=found.suggestion,
    )
    return answer(shape)
