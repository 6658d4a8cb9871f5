"""The desk of those who speak for companies: what waits for them."""

from urllib.parse import parse_qsl

from flask import Blueprint, render_template, request

from stories import permissions
from stories.handling import views
from stories.models import DeskView, Representative
from stories.problems import Missing
from stories.reading import desk as reading
from stories.reading import talks
from stories.reading.desk import Desk, Pile
from web.addresses import DESK_WORDS, natural
from web.auth import me, signed_in
from web.db import db
from web.desking import languages_beside, sieve
from web.limits import limited

pages = Blueprint("desk", __name__)

MOST_PAGES = 10_000


@pages.get("/desk")
@signed_in
@limited("desk")
def show() -> str:
    """Stories about a company that one speaks for, what waits for it first."""
    chosen = request.args.get("state", "")
    page = request.args.get("page", 1, type=natural)
    if chosen not in {"", *Pile} or not 1 <= page <= MOST_PAGES:
        raise Missing
    door = reading.door(db, me(), request.args.get("company", type=natural))
    if door.role is None:
        return render_template("desk/none.html", door=door)
    pile = Pile(chosen) if chosen else None
    desk = reading.desk(db, door.role, pile, page, sieve(request.args, door.role))
    return render_template(
        "desk/show.html",
        door=door,
        desk=desk,
        renews=permissions.may_renew(door.role),
        chosen=chosen,
        page=page,
        kept={name: request.args.get(name, "") for name in DESK_WORDS},
        options=_options(desk),
        talks=talks.new_to_company(db, door.role.company_id),
        views=[
            (each, dict(parse_qsl(each.words))) for each in views.own(db, door.role)
        ],
    )


def _options(desk: Desk) -> dict[str, list[tuple[str, str]]]:
    """What to choose from: the team, what the company sells, and the languages of the
    site and of what lies here."""
    lie = {each.story.language for each in desk.rows}
    return {
        "people": [(str(each.id), each.name) for each in desk.team],
        "products": [(str(each.id), each.name) for each in desk.products],
        "tongues": languages_beside(*lie, request.args.get("language", "")),
    }


def _views(role: Representative) -> list[tuple[DeskView, dict[str, str]]]:
    """What somebody looks at again, with the words of its address."""
    return [(each, dict(parse_qsl(each.words))) for each in views.own(db, role)]
