"""The desk of those who speak for companies: what waits for them."""

from urllib.parse import parse_qsl

from flask import Blueprint, render_template, request

from stories import permissions
from stories.handling import views
from stories.models import DeskView, Representative
from stories.reading import desk as reading
from stories.reading import talks
from stories.reading.desk import Desk
from web.addresses import DESK_WORDS, natural
from web.auth import me, signed_in
from web.db import db
from web.desking import languages_beside, page, sieve, words_of
from web.limits import limited

pages = Blueprint("desk", __name__)


@pages.get("/desk")
@signed_in
@limited("desk")
def show() -> str:
    """Stories about a company that one speaks for, what waits for it first."""
    asked = page(request.args)
    door = reading.door(db, me(), request.args.get("company", type=natural))
    if door.role is None:
        return render_template("desk/none.html", door=door)
    desk = reading.desk(db, door.role, asked, sieve(request.args, door.role))
    return render_template(
        "desk/show.html",
        door=door,
        desk=desk,
        renews=permissions.may_renew(door.role),
        chosen=asked.pile or "",
        paged=asked.after is not None,
        after=words_of(desk.next),
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
