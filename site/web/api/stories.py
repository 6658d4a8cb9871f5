"""Stories, one by one."""

from flask import Blueprint, Response, request

from stories.reading import story as reading
from web.addresses import natural
from web.api import shaping
from web.api.answers import answer
from web.cache import cached
from web.db import db
from web.editions import of_story

api = Blueprint("api_stories", __name__)


@api.get("/stories/<int:story>")
@cached(of_story)
def show(story: int) -> Response:
    """A story with its text, timeline and comments, those after one of them."""
    after = request.args.get("after", 0, type=natural)
    return answer(shaping.whole(reading.page(db, story, None, after)))
