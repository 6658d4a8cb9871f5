"""Links in letters by which an author says whether an offer that they accepted came:
opening one does nothing, for mail scanners open links; the button does."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import offering
from stories.models import Member, Offer, Story
from stories.models.codes import Receipt
from stories.problems import Missing
from web.addresses import receipt_url, story_url
from web.db import db, writing
from web.limits import limited
from web.signing import RECEIPT, signed

pages = Blueprint("receipts", __name__)
WITHOUT_LANGUAGE = True


@pages.get("/l/offers/<token>")
def ask(token: str) -> str:
    """The offer, and a button for each answer."""
    offer, story, _ = _meant(token)
    action = receipt_url(token)
    return render_template(
        "offers/receipt.html", offer=offer, story=story, action=action
    )


@pages.post("/l/offers/<token>")
@limited("publish")
def answer(token: str) -> Response:
    """Write down whether it came; the letter went to the author alone."""
    offer, story, author = _meant(token)
    receipt = request.form.get("receipt")
    if receipt not in set(Receipt):
        raise Missing
    with writing():
        offering.receive(db, author, offer, Receipt(receipt))
    return redirect(story_url(story), 303)


def _meant(token: str) -> tuple[Offer, Story, Member]:
    """Raises Missing where the story is nobody's any more."""
    offer = db.get(Offer, signed(RECEIPT, token))
    story = db.get(Story, offer.story_id) if offer else None
    author = db.get(Member, story.author_id or 0) if story else None
    if offer is None or story is None or author is None:
        raise Missing
    return offer, story, author
