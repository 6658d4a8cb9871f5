"""The pictures that go with links to stories, drawn once for each of their states."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Answer

from stories import permissions
from stories.problems import Missing
from stories.reading import listing
from web import picturing
from web.addresses import picture_url
from web.db import db
from web.limits import limited
from web.rendering.sharing import sheet, version
from web.rendering.static import FOREVER

WITHOUT_LANGUAGE = True
BRIEFLY = "public, max-age=300"

pages = Blueprint("pictures", __name__)


@pages.get("/pictures/stories/<int:story>-<asked>.png")
@limited("shared")
def show(story: int, asked: str) -> Answer:
    """The picture of a story as it stands; an older one leads to it."""
    card = next(iter(listing.cards(db, [story])), None)
    if card is None or not permissions.may_see(None, card.story):
        raise Missing
    current = version(card)
    if asked != current:
        answer = redirect(picture_url(story, current))
        answer.headers["Cache-Control"] = BRIEFLY
        return answer
    drawn = sheet(card)
    db.rollback()  # nothing is held while it is drawn
    body = picturing.kept(current) or picturing.drawn(current, drawn)
    return Response(body, mimetype="image/png", headers={"Cache-Control": FOREVER})
