"""The first page, and all stories by date."""

from flask import Blueprint, render_template, request

from stories.reading import home as reading
from web.addresses import natural
from web.cache import cached
from web.db import db
from web.editions import of_site
from web.understanding import reads, told_apart

pages = Blueprint("home", __name__)


@pages.get("/")
@cached(of_site, told_apart=told_apart)
def show() -> str:
    """What is new, and what has moved."""
    return render_template("home/show.html", page=reading.page(db, reads().languages))


@pages.get("/stories")
@cached(of_site, told_apart=told_apart)
def stories() -> str:
    """Every story, newest first, a page at a time."""
    older = request.args.get("older", type=natural)
    page = reading.stories(db, older, reads().languages)
    return render_template("home/stories.html", page=page, older=older)
