"""An offer of a company: the author takes it or leaves it, and says whether it came;
the company may take it back before."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import offering
from stories.entries import Entry
from stories.models.codes import OfferState, Receipt
from stories.problems import Invalid, Missing
from stories.reading import offers as reading
from stories.reading.offers import OfferPage
from web.addresses import offer_url, page_url, story_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("offers", __name__)


@pages.get("/stories/<int:number>/offers/<int:which>")
@signed_in
def show(number: int, which: int) -> str:
    """The offer, and what the viewer can do about it."""
    return _shown(reading.page(db, me(), number, which), Form())


@pages.post("/stories/<int:number>/offers/<int:which>")
@signed_in
@limited("publish")
def decide(number: int, which: int) -> Response | tuple[str, int]:
    """Accept an offer, refuse it, or say that it lapsed."""
    page, state = reading.page(db, me(), number, which), request.form.get("state", "")
    if state not in set(OfferState):
        raise Missing
    why = request.form.get("why", "")
    try:
        with writing():
            offering.decide(db, me(), page.offer, OfferState(state), why)
    except Invalid as trouble:
        form: Form[Entry] = Form({"why": why})
        form.refuse(trouble)
        return _shown(reading.page(db, me(), number, which), form), 422
    flash(_said(OfferState(state)), "success")
    if page.offer.made_here and state == OfferState.ACCEPTED:
        return redirect(offer_url(page.offer), 303)
    return redirect(story_url(page.story), 303)


@pages.post("/stories/<int:number>/offers/<int:which>/receipt")
@signed_in
@limited("publish")
def receive(number: int, which: int) -> Response:
    """Say whether what was accepted has come; then how it stands."""
    page, receipt = reading.page(db, me(), number, which), request.form.get("receipt")
    if receipt not in set(Receipt):
        raise Missing
    with writing():
        offering.receive(db, me(), page.offer, Receipt(receipt))
    if receipt == Receipt.RECEIVED:
        flash(_("Good that it came. Now say how it stands."), "success")
        return redirect(page_url("stories", number, "outcome"), 303)
    flash(_("That it has not come stands beside the offer."), "success")
    return redirect(story_url(page.story), 303)


@pages.post("/stories/<int:number>/offers/<int:which>/withdraw")
@signed_in
@limited("publish")
def withdraw(number: int, which: int) -> Response:
    """Take an offer back that the author has not decided on."""
    page = reading.page(db, me(), number, which)
    with writing():
        offering.withdraw(db, me(), page.offer)
    flash(_("The offer is taken back, and the author is told."), "success")
    return redirect(story_url(page.story), 303)


def _said(state: OfferState) -> str:
    return {
        OfferState.ACCEPTED: _("You accept the offer. Say so when it has come."),
        OfferState.REFUSED: _("You refuse the offer."),
    }.get(state, _("The offer has lapsed."))


def _shown(page: OfferPage, form: Form[Entry]) -> str:
    return render_template(
        "offers/show.html", page=page, story=page.story, offer=page.offer, form=form
    )
