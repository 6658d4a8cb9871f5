"""Who asks the API in a company's name: a bearer token in place of a session."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import g, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from stories.handling import tokens
from stories.models import Member, Representative
from stories.models.handling import Scope
from stories.permissions import require
from stories.problems import Problem
from web.db import db, writing

View = TypeVar("View", bound=Callable[..., Any])
CHALLENGE = WWWAuthenticate("bearer", {"realm": "Earshot"})


def with_token(scope: Scope) -> Callable[[View], View]:
    """Decorates a view for programs that hold a good token with this scope; a browser's
    session counts for nothing here."""

    def decorate(view: View) -> View:
        @wraps(view)
        def admitted(*args: Any, **more: Any) -> Any:
            _admit(scope)
            return view(*args, **more)

        return cast("View", admitted)

    return decorate


def role() -> Representative:
    """The role in which the program acts, in a view that is `with_token`."""
    return cast("Representative", g.role)


def speaker() -> Member:
    """The member for whom it acts."""
    return role().member


def _admit(scope: Scope) -> None:
    given = request.authorization
    bearer = given is not None and given.type == "bearer" and given.token
    found = tokens.admitted(db, str(bearer)) if bearer else None
    if found is None:
        raise Unauthorized(www_authenticate=CHALLENGE)
    missing = Problem("This token may not do this: it lacks %(scope)s.", scope=scope)
    require(scope in found.scopes, missing)
    if tokens.is_to_note(found):
        number = found.id
        with writing():
            tokens.used(db, number)
        found = tokens.admitted(db, str(bearer))
    if found is None:
        raise Unauthorized(www_authenticate=CHALLENGE)
    g.role = found.representative
