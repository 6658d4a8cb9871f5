"""Pages that stay the same for every reader until their version moves on.

A view says which row's version its page stands on. The page is kept by address, for
anonymous readers with all its headers (`web.answering` sends it again); a signed-in
reader gets it in a frame of their own, unless it shows them more than others.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, cast

from flask import Flask, Response, current_app, g, make_response, request

from stories.models import Member
from web.auth import visitor
from web.db import db
from web.editions import Edition, Stand, is_known, versions
from web.framing import framed
from web.keeping import Page, Store

KEEP = "earshot.keep"
"""Where a view leaves, in the WSGI environment, the edition of the page it sends."""
FRESH = "public, max-age=0, must-revalidate"
OWN = "private, no-cache"
Args = ParamSpec("Args")
Make = Callable[[], Any]


def install(app: Flask, store: Store | None) -> None:
    """Keep in `store` what is shared by signed-in readers; without it, nothing."""
    app.extensions["store"] = store


def nobody(_reader: Member, **_arguments: Any) -> bool:
    """For pages that show no member more than others."""
    return False


def alike(_reader: Member) -> str:
    """For pages that are the same for all members."""
    return ""


def cached(
    stands_on: Callable[..., Stand],
    shows_more_to: Callable[..., bool] = nobody,
    told_apart: Callable[[Member], str] = alike,
) -> Callable[[Callable[Args, Any]], Callable[Args, Response]]:
    """Decorates the view of a page that is the same for every reader.

    `@pages.get(…)` above, `@cached(of_story)` below it. A member to whom the page shows
    more than to others gets one of their own, which nobody keeps. `told_apart` gives,
    as a key, what makes the pages of two members differ.
    """

    def decorate(view: Callable[Args, Any]) -> Callable[Args, Response]:
        @wraps(view)
        def answer(*args: Args.args, **arguments: Args.kwargs) -> Response:
            def make() -> Any:
                return view(*args, **arguments)

            reader = visitor()
            if reader is None:
                return _shared(stands_on(**arguments), make)
            if shows_more_to(reader, **arguments):
                return _own(make_response(make()))
            key = f"{reader.time_zone} {told_apart(reader)} {_address()}"
            return _own(_in_own_frame(reader, key, stands_on(**arguments), make))

        return answer

    return decorate


def _address() -> str:
    """Where the page is; in what was asked for no blank is written as one."""
    asked = request.query_string.decode("latin-1")
    return f"{request.scheme}://{request.host}{request.path} {asked}"


def _own(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", OWN)
    response.vary.add("Cookie")
    return response


def _shared(stand: Stand, make: Make) -> Response:
    version = versions().seen_in(db, stand)
    if version is None:
        return make_response(make())
    edition = Edition(stand, version)
    if is_known(request.headers.get("If-None-Match"), edition.tag):
        return _stamped(Response(status=304), edition)
    response = make_response(make())
    if response.status_code != 200:
        return response
    request.environ[KEEP] = edition
    return _stamped(response, edition)


def _stamped(response: Response, edition: Edition) -> Response:
    response.headers["ETag"] = edition.tag
    response.headers["Cache-Control"] = FRESH
    response.vary.add("Cookie")
    response.vary.add("Accept-Encoding")
    return response


# In the frame of a signed-in reader -------------------------------------------------


def _in_own_frame(reader: Member, key: str, stand: Stand, make: Make) -> Response:
    store = cast("Store | None", current_app.extensions["store"])
    if store is None:
        return make_response(make())
    page = store.get(key)
    if page is not None and _is_current(page):
        return _sent(page, reader)
    db.rollback()  # what was read so far may be older than the version
    version = versions().seen_in(db, stand)
    with _as_anybody():
        response = make_response(make())
    if response.status_code != 200 or version is None:
        return response
    page = _page(Edition(stand, version), response)
    store.put(key, page)
    return _sent(page, reader)


def _is_current(page: Page) -> bool:
    version = versions().seen_in(db, page.stand)
    return version is not None and Edition(page.stand, version).tag == page.tag


@contextmanager
def _as_anybody() -> Iterator[None]:
    """What is made within is made for nobody, but in the reader's time zone."""
    reader, g.member = g.member, None
    try:
        yield
    finally:
        g.member = reader


def _page(edition: Edition, response: Response) -> Page:
    headers = [each for each in response.headers if each[0] != "Content-Length"]
    return Page(edition.stand, edition.tag, tuple(headers), response.get_data(), b"")


def _sent(page: Page, reader: Member) -> Response:
    return Response(framed(page.plain, reader), headers=list(page.headers))
