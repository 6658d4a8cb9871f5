"""Problems and HTTP errors, turned into pages (or, under /api, into problem+json)."""

import json
from http import HTTPStatus

import structlog
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    InternalServerError,
    TooManyRequests,
)

from stories.problems import (
    Forbidden,
    Gone,
    Invalid,
    Missing,
    Overtaken,
    Problem,
    Refused,
)
from stories.search import Damaged
from web.i18n import translate

STATUS: dict[type[Refused], int] = {
    Invalid: 422,
    Forbidden: 403,
    Gone: 410,
    Missing: 404,
    Overtaken: 409,
}
PAGES = frozenset((403, 404, 409, 410, 413, 422, 429, 500))
"""The errors that have a page of their own; the rest share `errors/other.html`."""
PASSING = frozenset((408, 429, 500, 502, 503, 504))
"""What may be over when the same is asked again."""
SOON = 120
"""Seconds after which an index may be there again."""
SAFE = frozenset(("GET", "HEAD"))


def install(app: Flask) -> None:
    """Answer every error calmly, in the reader's language."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Damaged, _without_search)


def _refused(error: Refused) -> Response:
    status = next((STATUS[kind] for kind in type(error).mro() if kind in STATUS), 400)
    return _answer(status, error.problem)


def _without_search(error: Damaged) -> Response:
    """The index is made anew: after an upgrade, or since a disk lost parts of it."""
    structlog.get_logger("earshot").warning("no-index", why=str(error))
    problem = Problem("The search is being made anew. Try again in some minutes.")
    answer = _answer(HTTPStatus.SERVICE_UNAVAILABLE, problem)
    answer.headers["Retry-After"] = str(SOON)
    return answer


def _http(error: HTTPException) -> Response | HTTPException:
    status = error.code or InternalServerError.code
    if status < HTTPStatus.BAD_REQUEST or error.response is not None:
        return error
    wait = error.retry_after if isinstance(error, TooManyRequests) else None
    answer = _answer(status, None, wait)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            answer.headers[name] = value
    return answer


def _answer(status: int, problem: Problem | None, wait: object = None) -> Response:
    if request.path.startswith("/api/"):
        return _as_json(status, problem)
    page = str(status) if status in PAGES else "other"
    words = translate(problem) if problem else None
    html = render_template(
        f"errors/{page}.html",
        problem=words,
        status=status,
        wait=wait,
        again=status in PASSING and request.method in SAFE,
    )
    return Response(html, status)


def _as_json(status: int, problem: Problem | None) -> Response:
    """RFC 9457: what went wrong, for machines."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
    }
    if problem:
        body["detail"] = translate(problem)
    return Response(json.dumps(body), status, content_type="application/problem+json")
