"""The whole public record in one file, for whoever wants to count or keep it."""

from collections.abc import Iterable

from flask import Blueprint, Response, stream_with_context

from stories import exporting, licence
from stories.models import Story
from web.addresses import absolute, original_language, story_url
from web.db import db
from web.limits import limited

WITHOUT_LANGUAGE = True
LICENCE = f'<{licence.ADDRESS}>; rel="license"'

pages = Blueprint("record", __name__)


@pages.get("/record.jsonl")
@limited("record")
def show() -> Response:
    """Every public row as a line of JSON; the first line says what it is, under which
    licence, and how many rows follow."""
    lines = (f"{line}\n" for line in exporting.public_record(db))
    return _file(lines, "record.jsonl", "application/jsonl")


@pages.get("/record.csv")
@limited("record")
def sheet() -> Response:
    """Public stories as a sheet: a line for each company that a story names."""
    lines = exporting.public_sheet(db, _address)
    return _file(lines, "stories.csv", "text/csv; charset=utf-8; header=present")


def _address(story: Story) -> str:
    """The canonical one, the same for everybody."""
    return absolute(story_url(story, lang=original_language(story.language)))


def _file(lines: Iterable[str], name: str, kind: str) -> Response:
    answer = Response(stream_with_context(iter(lines)), content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="earshot-{name}"'
    answer.headers["Link"] = LICENCE
    answer.headers["Cache-Control"] = "no-store"
    return answer
