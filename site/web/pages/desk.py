"""The desk of those who speak for companies: what waits for them."""

from urllib.parse import parse_qsl

from flask import Blueprint, render_template, request
from werkzeug.datastructures import MultiDict

from stories import languages, permissions
from stories.cases import Pace
from stories.handling import views
from stories.models import DeskView, Representative
from stories.models.codes import Kind
from stories.problems import Invalid, Missing
from stories.reading import desk as reading
from stories.reading.desk import NOBODY, Desk, Pile, Sieve
from stories.search import Question
from web.addresses import DESK_WORDS, natural
from web.auth import me, signed_in
from web.db import db
from web.desking import languages_beside
from web.finding import index
from web.limits import limited

pages = Blueprint("desk", __name__)

MOST_PAGES = 10_000
HITS = 100
MOST_HITS = 500
"""So many of the best fitting stories are looked through for words."""
SEEN = {"yes": True, "no": False}


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
    desk = reading.desk(db, door.role, pile, page, _sieve(request.args, door.role))
    return render_template(
        "desk/show.html",
        door=door,
        desk=desk,
        renews=permissions.may_renew(door.role),
        chosen=chosen,
        page=page,
        kept={name: request.args.get(name, "") for name in DESK_WORDS},
        options=_options(desk),
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


def _sieve(asked: MultiDict[str, str], role: Representative) -> Sieve:
    """What is asked for; what nobody can ask for is not there."""
    clock, kind, tag = (asked.get(name) for name in ("clock", "kind", "language"))
    try:
        return Sieve(
            clock=Pace(clock) if clock else None,
            kind=Kind(kind) if kind else None,
            language=languages.tag(tag) if tag else None,
            product=asked.get("product", type=natural),
            assigned=_assigned(asked.get("with", ""), role),
            seen=SEEN.get(asked.get("seen", "")),
            stories=_found(asked.get("q", "").strip(), role.company_id),
        )
    except (ValueError, Invalid) as error:
        raise Missing from error


def _assigned(typed: str, role: Representative) -> int | None:
    """Whose stories: nobody's, one's own, or those of somebody of the team."""
    known = {"": None, "nobody": NOBODY, "me": role.id}
    return known[typed] if typed in known else natural(typed)


def _found(words: str, company_id: int) -> tuple[int, ...] | None:
    """The stories about the company in which words are found, or whose reference is
    just these."""
    if not words:
        return None
    found = reading.referred(db, company_id, words)
    for offset in range(0, MOST_HITS, HITS):
        hits = _hits(words, company_id, offset)
        found += hits
        if len(hits) < HITS:
            break
    return tuple(found)


def _hits(words: str, company_id: int, offset: int) -> list[int]:
    question = Question(
        words=words,
        companies=(company_id,),
        role="any",
        offset=offset,
        limit=HITS,
        facets=False,
    )
    return [hit.id for hit in index().search(question).hits]
