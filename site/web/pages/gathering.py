"""How soon somebody who speaks for a company is written to of its stories."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import following
from stories.following import FollowEntry
from stories.models.following import Followed, Often
from stories.problems import Invalid
from stories.reading import desk as reading
from web import forms
from web.addresses import desk_url
from web.auth import me, signed_in
from web.db import db, writing
from web.desking import asked_company
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("gathering", __name__)


@pages.get("/desk/letters")
@signed_in
def show() -> str:
    """At once, or gathered of a morning."""
    role = reading.sits(db, me(), asked_company())
    kept = following.find(db, me(), Followed.COMPANY, role.company_id)
    often = kept.often if kept else Often.AT_ONCE
    return render_template("desk/letters.html", role=role, form=Form({"often": often}))


@pages.post("/desk/letters")
@signed_in
@limited("desk")
def choose() -> ResponseReturnValue:
    """A gathered letter is that of following the company; at once needs none."""
    role = reading.sits(db, me(), asked_company())
    form = forms.read(FollowEntry, request.form)
    if form.entry is not None:
        try:
            with writing():
                _keep(role.company_id, form.entry)
        except Invalid as trouble:
            form.refuse(trouble, "often")
    if form.errors:
        return render_template("desk/letters.html", role=role, form=form), 422
    flash(_("We write to you as you have chosen."), "success")
    return redirect(desk_url(company=role.company_id), 303)


def _keep(company: int, entry: FollowEntry) -> None:
    thing = following.the_thing(db, me(), Followed.COMPANY, company)
    if entry.often != Often.AT_ONCE:
        following.follow(db, me(), thing, entry)
        return
    kept = following.find(db, me(), Followed.COMPANY, company)
    if kept is not None:
        following.stop(db, kept)
