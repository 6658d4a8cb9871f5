"""The public log: what staff did, without names."""

from flask import Blueprint, render_template, request

from stories.reading import moderation as reading
from web.addresses import natural
from web.cache import cached
from web.db import db
from web.editions import of_site

pages = Blueprint("log", __name__)


@pages.get("/log")
@cached(of_site)
def show() -> str:
    """What staff did, all of it or about one topic or story, newest first."""
    story = request.args.get("story", type=natural)
    older = request.args.get("older", type=natural)
    about = request.args.get("about")
    topic = about if about in reading.TOPICS else None
    log = reading.log(db, story, topic, older)
    return render_template(
        "log/show.html", log=log, story=story, topic=topic, older=older
    )
