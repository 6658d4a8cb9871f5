"""What every answer says to the browser, and what no request may bring."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from stories.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes; a story of 50,000 letters of any script, escaped, with all its facts."""
MOST_FIELDS = 5000
YEAR = 365 * 24 * 60 * 60
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",  # the second factor's square is drawn in the page
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
NOT_NEEDED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in NOT_NEEDED),
    "Cross-Origin-Opener-Policy": "same-origin",
}
INERT = frozenset(("text/css", "text/javascript", "font/woff2", "image/png"))
"""What shows nothing and runs nothing where somebody opens it by itself."""
INERT_HEADERS = {"X-Content-Type-Options": "nosniff"}
HERE = ("localhost", "127.0.0.1", "[::1]")


def install(app: Flask, settings: Settings) -> None:
    """Add the headers to every answer; refuse strange hosts and large bodies."""
    app.config.update(
        TRUSTED_HOSTS=trusted_hosts(settings),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
    )
    app.before_request(_refuse_large_bodies)
    app.after_request(_protect_in_transit if settings.secure else _protect)


def behind_proxies(app: Flask, proxies: int) -> None:
    """Believe so many proxies in front about the reader's address and scheme.

    Not about the host: a proxy passes that on as it is, and readers could name one.
    """
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies
        )


def trusted_hosts(settings: Settings) -> list[str]:
    """The names that this site answers to: its own, and those set, else loopback's."""
    own = urlsplit(settings.address).hostname or ""
    further = settings.trusted_hosts or HERE
    return [f"[{own}]" if ":" in own else own, *further]


def takes(largest: int) -> Callable[[View], View]:
    """Decorates a view that takes larger bodies than others: so many bytes."""

    def decorate(view: View) -> View:
        view.largest = largest  # type: ignore[attr-defined]
        return view

    return decorate


def _refuse_large_bodies() -> None:
    """Before a byte is read; a body whose length is not told is not read at all."""
    view = current_app.view_functions.get(request.endpoint or "")
    request.max_content_length = largest = getattr(view, "largest", LARGEST_BODY)
    if (request.content_length or 0) > largest:
        abort(413)
    if request.content_length is None and "Transfer-Encoding" in request.headers:
        abort(411)


def _protect(response: Response) -> Response:
    inert = response.mimetype in INERT and response.status_code == 200
    told = {name.lower() for name, _ in response.headers}
    for name, value in (INERT_HEADERS if inert else HEADERS).items():
        if name.lower() not in told:
            response.headers.add(name, value)
    return response


def _protect_in_transit(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return _protect(response)
