"""Whether the site is well, for whoever watches over it."""

from flask import Blueprint, Response, jsonify

from stories import outbox
from web.db import db

WITHOUT_LANGUAGE = True
pages = Blueprint("health", __name__)


@pages.get("/healthz")
def show() -> Response:
    """200 while the database answers; with how long the oldest errand has waited."""
    behind = outbox.behind(db)
    answer = jsonify(status="ok", worker_behind_seconds=round(behind))
    answer.headers["Cache-Control"] = "no-store"
    return answer
