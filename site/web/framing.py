"""A page of all in the frame of one reader: their menu, and what is said to them."""

from functools import cache
from typing import Any

from flask import current_app, session

from stories.models import Member
from web.i18n import language

MAIN = b'<main id="main" tabindex="-1">'
FLASHES = "_flashes"
"""Where Flask keeps in the session what is to be said on the next page."""


def framed(page: bytes, reader: Member) -> bytes:
    """The page made for nobody in particular, as this member is to see it.

    What people wrote stands behind the frame and holds no HTML of ours, so that the
    first place that looks like a part of the frame is one.
    """
    before, sign_in, after = page.partition(_sign_in(language()))
    if not sign_in:  # no page with a frame: a feed, an answer of the API
        return page
    menu = str(_macros("macros/site.html").account(reader)).encode()
    if FLASHES in session:
        top, main, rest = after.partition(MAIN)
        said = str(_macros("macros/notice.html").flashes()).encode()
        after = b"".join((top, main, b"\n", said, rest))
    return b"".join((before, menu, after))


@cache
def _sign_in(_language: str) -> bytes:
    return str(_macros("macros/site.html").sign_in()).encode()


def _macros(name: str) -> Any:
    return current_app.jinja_env.get_template(name).module
