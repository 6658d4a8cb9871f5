"""An author finds their own story among the imported ones, and says so."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import claiming
from stories.entries import Entry
from stories.models import Member, Story
from stories.problems import Missing, Refused
from stories.reading import comments as reading
from web.addresses import Slugged, page_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.limits import limited

pages = Blueprint("claims", __name__)


@pages.get("/stories/<numbered:story>/claim")
@signed_in
def ask(story: Slugged) -> str:
    """How one proves it; and how far one's claim has come."""
    member = me()
    return _page(member, _claimable(member, story), Form())


@pages.post("/stories/<numbered:story>/claim")
@signed_in
@limited("claim")
def claim(story: Slugged) -> ResponseReturnValue:
    """Keep the claim for staff to decide."""
    member = me()
    found = _claimable(member, story)
    words = request.form.get("words", "")
    try:
        with writing():
            claiming.claim(db, member, found, words)
    except Refused as refused:
        form: Form[Entry] = Form({"words": words})
        form.refuse(refused)
        return _page(member, found, form), 422
    return redirect(page_url("stories", found.id, "claim"), 303)


def _claimable(member: Member, number: int) -> Story:
    found = reading.place(db, number, member).story
    if not claiming.can_be_claimed(found):
        raise Missing
    return found


def _page(member: Member, story: Story, form: Form[Entry]) -> str:
    claim = claiming.asked(db, member, story)
    return render_template("claims/ask.html", story=story, claim=claim, form=form)
