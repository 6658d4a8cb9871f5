"""Refuses unsafe requests that another site's page sends, without tokens.

The rule of Go's `net/http.CrossOriginProtection`: `Sec-Fetch-Site` decides, else
`Origin`; with neither the sender is no browser. Pages stay the same for everybody.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, request

SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
View = TypeVar("View", bound=Callable[..., object])


def install(app: Flask) -> None:
    """Look at every request before its view."""
    app.before_request(_refuse_strangers)


def from_anywhere(view: View) -> View:
    """Mark a view that takes posts from elsewhere: signed links, bearer tokens."""
    view.from_anywhere = True  # type: ignore[attr-defined]
    return view


def _refuse_strangers() -> None:
    if request.method in SAFE or _exempt() or _ours():
        return
    abort(403)


def _exempt() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "from_anywhere", False)


def _ours() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
