"""Who is asking: the member behind the signed-in account."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, g
from flask_login import current_user
from flask_security import auth_required

from stories.models import Member
from stories.permissions import is_staff, require
from stories.problems import Problem
from web.db import db

View = TypeVar("View", bound=Callable[..., Any])

signed_in: Callable[[View], View] = auth_required("session")
"""Decorates views that need a signed-in member; others are sent to sign in."""

signed_in_lately: Callable[[View], View] = auth_required("session", within=60, grace=0)
"""Decorates views of grave steps: after an hour they ask for the password again."""


def install(app: Flask) -> None:
    """Let templates ask who reads."""
    app.jinja_env.globals.update(visitor=visitor, has_desk=has_desk)


def visitor() -> Member | None:
    """The signed-in member, or None for an anonymous reader."""
    try:
        found: Member | None = g.member
    except AttributeError:  # asked for the first time
        account = current_user._get_current_object()
        known = account.is_authenticated
        g.member = found = db.get(Member, account.member_id) if known else None
        if found is not None:
            g.time_zone = found.time_zone
            g.reads = tuple(found.reads)
    return found


def has_desk() -> bool:
    """Whether the visitor speaks for a company, or asked to."""
    return visitor() is not None and bool(g.get("has_desk"))


def me() -> Member:
    """The signed-in member, in a view that is `signed_in`."""
    member = visitor()
    if member is None:
        raise LookupError("A view that asks for me() is signed_in.")
    return member


def staff() -> Member:
    """The signed-in member of the staff; raises Forbidden for others, and for those
    whose account a stolen password would open."""
    member = me()
    require(is_staff(member))
    require(
        current_user.has_second_factor,
        Problem("Set up a second factor first: staff cannot do without it."),
    )
    return member
