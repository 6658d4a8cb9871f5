"""The desk of those who speak for companies."""

from flask import Blueprint, render_template, request

from stories import permissions
from stories.problems import Missing
from stories.reading import desk as reading
from stories.reading.desk import Pile
from web.addresses import natural
from web.auth import me, signed_in
from web.db import db

pages = Blueprint("desk", __name__)

MOST_PAGES = 10_000


@pages.get("/desk")
@signed_in
def show() -> str:
    """Stories about a company that one speaks for, what waits for it first."""
    chosen = request.args.get("state", "")
    if chosen and chosen not in set(Pile):
        raise Missing
    page = request.args.get("page", 1, type=natural)
    if not 1 <= page <= MOST_PAGES:
        raise Missing
    company = request.args.get("company", type=natural)
    pile = Pile(chosen) if chosen else None
    desk = reading.desk(db, me(), company, pile, page)
    return render_template(
        "desk/show.html",
        desk=desk,
        renews=desk.role is not None and permissions.may_renew(desk.role),
        chosen=chosen,
        page=page,
    )
