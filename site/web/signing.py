"""Signed words in links: what a letter carries, so that who comes with it may act."""

from datetime import timedelta
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from stories.problems import Missing, Problem

RECEIPT = "offer received"
"""What the link signs by which an author says whether an offer came: its number."""

NUDGE = "how it stands"
"""What the link signs by which an author says how it stands: the story, the last entry
that the letter asked about, and whether they wished to be asked later before."""


def sign(purpose: str, payload: Any) -> str:
    """A token that only we can make, for one purpose."""
    return str(_serializer(purpose).dumps(payload))


def signed(purpose: str, token: str, within: timedelta | None = None) -> Any:
    """What was signed; raises Missing where it was not, or too long ago."""
    age = int(within.total_seconds()) if within else None
    try:
        return _serializer(purpose).loads(token, max_age=age)
    except SignatureExpired as error:
        raise Missing(Problem("This link is too old. Ask for a new one.")) from error
    except BadSignature as error:
        raise Missing(Problem("This link is not complete, or not ours.")) from error


def _serializer(purpose: str) -> URLSafeTimedSerializer:
    """The last key signs, as itsdangerous has it; the others are only understood."""
    config = current_app.config
    keys = [*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"]]
    return URLSafeTimedSerializer(keys, salt=f"earshot {purpose}")
