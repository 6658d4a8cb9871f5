"""The first page, and all stories by date."""

from flask import Blueprint, render_template, request

from stories.reading import home as reading
from web.addresses import natural
from web.cache import cached
from web.db import db
from web.editions import of_site

pages = Blueprint("home", __name__)


@pages.get("/")
@cached(of_site)
def show() -> str:
    """What is new, and what has moved."""
    return render_template("home/show.html", page=reading.page(db))


@pages.get("/stories")
@cached(of_site)
def stories() -> str:
    """Every story, newest first, a page at a time."""
    older = request.args.get("older", type=natural)
    page = reading.stories(db, older)
    return render_template("home/stories.html", page=page, older=older)
