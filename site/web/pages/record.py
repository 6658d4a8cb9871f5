"""The whole public record in one file, for whoever wants to count or keep it."""

from flask import Blueprint, Response, stream_with_context

from stories import exporting
from web.db import db
from web.limits import limited

WITHOUT_LANGUAGE = True
LICENCE = '<https://creativecommons.org/licenses/by-sa/4.0/>; rel="license"'

pages = Blueprint("record", __name__)


@pages.get("/record.jsonl")
@limited("record")
def show() -> Response:
    """Every public row as a line of JSON; the first line says what it is, under which
    licence, and how many rows follow."""
    lines = (f"{line}\n" for line in exporting.public_record(db))
    answer = Response(stream_with_context(lines), mimetype="application/jsonl")
    filename = 'attachment; filename="earshot-record.jsonl"'
    answer.headers["Content-Disposition"] = filename
    answer.headers["Link"] = LICENCE
    answer.headers["Cache-Control"] = "no-store"
    return answer
