"""Files of people: each request is asked whether it may, and nothing in them runs."""

from flask import Blueprint, Response

from stories import permissions
from stories.models.evidence import FileKind
from stories.problems import Missing
from stories.reading import evidence as reading
from stories.reading.evidence import Opened
from web.auth import staff, visitor
from web.db import db
from web.limits import limited
from web.uploading import store

WITHOUT_LANGUAGE = True
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "eml": "text/plain",
}
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
PRIVATE = "private, no-store"
PUBLIC = "public, max-age=3600"
"""What an author takes back, or staff, is gone everywhere within the hour."""
OWN = "private, max-age=3600"
"""The same for who is signed in: nobody else is given their answer."""

pages = Blueprint("media", __name__)


@pages.get("/media/<int:number>-<name>")
@limited("shared")
def show(number: int, name: str) -> Response:
    """One file; a stranger learns nothing, not even that it is there."""
    digest, _, suffix = name.partition(".")
    found = _opened(number, digest)
    body = store().read(found.evidence.story_id, found.digest)
    if body is None or suffix != found.evidence.suffix:
        raise Missing
    answer = Response(body, mimetype=TYPES[suffix])
    answer.headers.update(HEADERS)
    answer.headers["Cache-Control"] = _kept(found)
    answer.headers["Content-Disposition"] = _disposition(found)
    return answer


def _opened(number: int, digest: str) -> Opened:
    """For whom the author lets see it; for staff, if their account is safe."""
    try:
        return reading.opened(db, visitor(), number, digest)
    except Missing:
        if not permissions.is_staff(visitor()):
            raise
    return reading.opened_by_staff(db, staff(), number, digest)


def _kept(found: Opened) -> str:
    if not found.public:
        return PRIVATE
    return PUBLIC if visitor() is None else OWN


def _disposition(found: Opened) -> str:
    """Pictures, which were drawn anew, are looked at; all else is only saved. The name
    is ours: what the author called it may say too much."""
    evidence = found.evidence
    manner = "inline" if evidence.kind == FileKind.PICTURE else "attachment"
    return f'{manner}; filename="evidence-{evidence.id}.{evidence.suffix}"'
