"""The address without a language: the first page in one that the reader understands.

It answers there and then, for browsers look for a site's search (OpenSearch) on the
page at `/` only, and a redirect costs a journey.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from web.i18n import negotiated

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

READS = ("GET", "HEAD")
VALIDATORS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
"""An edition's tag is the same in every language: here it would keep a reader who
changed theirs on the page in the old one."""


class Entrance:
    """A layer around the application, in which `/` is `/it/` for an Italian browser."""

    def __init__(self, inside: "WSGIApplication") -> None:
        self._inside = inside

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if environ["PATH_INFO"] != "/" or environ["REQUEST_METHOD"] not in READS:
            return self._inside(environ, start_response)
        path = f"/{_language(environ)}/"
        inner = {**environ, "PATH_INFO": path}
        for name in VALIDATORS:
            inner.pop(name, None)
        return self._inside(inner, _told(path, start_response))


def _language(environ: "WSGIEnvironment") -> str:
    asked = environ.get("HTTP_ACCEPT_LANGUAGE")
    return negotiated(parse_accept_header(asked, LanguageAccept))


def _told(path: str, start: "StartResponse") -> Any:
    """Says what the answer hangs on, and the address it has of its own."""

    def begin(
        status: str, headers: list[tuple[str, str]], *more: Any
    ) -> Callable[..., object]:
        told = {name.lower(): value for name, value in headers}
        varies = [each for each in (told.get("vary"), "Accept-Language") if each]
        kept = [each for each in headers if each[0].lower() not in ("vary", "etag")]
        kept += [("Vary", ", ".join(varies)), ("Content-Location", path)]
        return start(status, kept, *more)

    return begin
