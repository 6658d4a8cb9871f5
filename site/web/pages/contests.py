"""Whose right to speak for a company is contested, and what staff find."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.entries import Entry
from stories.models import Company, Contest
from stories.problems import Forbidden, Missing, Problem, Refused
from stories.reading import company as companies_reading
from stories.reading import representing as reading
from stories.representing import VerdictEntry, contests
from stories.representing.contests import ContestEntry
from web import forms
from web.addresses import Slugged, page_url
from web.auth import me, signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("contests", __name__)


@pages.get("/companies/<numbered:company>/contest")
@signed_in
def ask(company: Slugged) -> str:
    """Who else speaks for the company, and why one of them may not."""
    return _asked(companies_reading.found(db, company), Form())


@pages.post("/companies/<numbered:company>/contest")
@signed_in
@limited("flag")
def tell(company: Slugged) -> ResponseReturnValue:
    """Let staff look at both proofs."""
    found = companies_reading.found(db, company)
    form = forms.read(ContestEntry, request.form)
    if form.entry is None:
        return _asked(found, form), 422
    try:
        with writing():
            contests.contest(db, me(), found.id, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _asked(found, form), 422
    return redirect(page_url("flag", "thanks"), 303)


@pages.get("/moderation/contests")
@signed_in
def waiting() -> str:
    """What waits for a decision, the oldest first."""
    staff()
    return render_template("moderation/contests.html", rows=reading.contests(db))


@pages.get("/moderation/contests/<int:number>")
@signed_in
def show(number: int) -> str:
    """Both proofs, side by side."""
    staff()
    return _shown(reading.contest(db, number), Form())


@pages.post("/moderation/contests/<int:number>")
@signed_in
def decide(number: int) -> ResponseReturnValue:
    """The one may not speak for the company, or may all the same."""
    judge, told = staff(), reading.contest(db, number)
    deed = request.form.get("deed")
    if deed not in {"uphold", "dismiss"}:
        raise Missing
    upheld = deed == "uphold"
    form = forms.read(VerdictEntry, request.form)
    if upheld and form.entry is None:
        return _shown(told, form), 422
    try:
        with writing():
            if upheld and form.entry:
                contests.uphold(db, judge, told, form.entry)
            else:
                contests.dismiss(db, judge, told)
    except Refused as refused:
        form.refuse(refused)
        return _shown(reading.contest(db, number), form), 422
    flash(_("Decided. The person is told."), "success")
    return redirect(page_url("moderation", "contests"), 303)


def _asked(company: Company, form: Form[ContestEntry] | Form[Entry]) -> str:
    mine = contests.standing(db, me(), company.id)
    if mine is None:
        raise Forbidden(Problem("You do not speak for this company."))
    return render_template(
        "representing/contest.html",
        company=company,
        rivals=contests.others(db, mine),
        form=form,
    )


def _shown(told: Contest, form: Form[VerdictEntry] | Form[Entry]) -> str:
    return render_template("moderation/contest.html", told=told, form=form)
