"""Members as everybody sees them."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.reading import members
from web.addresses import member_url
from web.db import db

pages = Blueprint("members", __name__)


@pages.get("/members/<handle>")
def show(handle: str) -> ResponseReturnValue:
    """A member's own words about themselves, and their stories."""
    member = members.find(db, handle)
    if member.handle != handle:
        return redirect(member_url(member), 301)
    number = max(request.args.get("page", 1, type=int), 1)
    return render_template("members/show.html", found=members.page(db, member, number))
