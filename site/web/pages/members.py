"""Members as everybody sees them."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.reading import members as reading
from web.addresses import member_url, natural
from web.cache import cached, of_member
from web.db import db

pages = Blueprint("members", __name__)


@pages.get("/members/<handle>")
@cached(of_member)
def show(handle: str) -> ResponseReturnValue:
    """A member's own words about themselves, and their stories."""
    member = reading.find(db, handle)
    if member.handle != handle:
        return redirect(member_url(member), 301)
    older = request.args.get("older", type=natural)
    page = reading.page(db, member, older)
    return render_template("members/show.html", page=page, member=member, older=older)
