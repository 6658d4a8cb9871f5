"""Members as everybody sees them."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.models import Member
from stories.reading import members as reading
from stories.reading import talks
from stories.text import fold
from web.addresses import member_url, natural
from web.auth import visitor
from web.cache import cached
from web.db import db
from web.editions import of_member
from web.understanding import reads, told_apart

pages = Blueprint("members", __name__)


def _shows_more(reader: Member, handle: str) -> bool:
    """Themselves, and staff."""
    return reader.staff or reader.handle_folded == fold(handle)


@pages.get("/members/<handle>")
@cached(of_member, _shows_more, told_apart)
def show(handle: str) -> ResponseReturnValue:
    """A member's own words about themselves, and their stories."""
    member = reading.find(db, handle)
    if member.handle != handle:
        return redirect(member_url(member), 301)
    older = request.args.get("older", type=natural)
    page = reading.page(db, member, older, reads().languages)
    reader = visitor()
    own = reader is not None and reader.id == member.id
    return render_template(
        "members/show.html",
        page=page,
        member=member,
        older=older,
        talks=talks.new_to_author(db, member) if own else [],
    )
