"""Companies that are one: reported by readers, merged by staff, and undone."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import merging
from stories.entries.merging import DuplicateEntry, MergerEntry
from stories.models import Company
from stories.problems import Invalid, Problem, Refused
from stories.reading import merging as reading
from stories.reading import moderation
from web import forms
from web.addresses import page_url
from web.auth import me, signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("merging", __name__)
UNKNOWN = Problem("No company is known by this name or number.")


@pages.get("/companies/<int:number>/duplicate")
@signed_in
def ask(number: int) -> str:
    """Which other company this one is."""
    return _asked(reading.company(db, number), Form())


@pages.post("/companies/<int:number>/duplicate")
@signed_in
@limited("flag")
def report(number: int) -> ResponseReturnValue:
    """Put the report into the queue of the staff."""
    member, company = me(), reading.company(db, number)
    form = forms.read(DuplicateEntry, request.form)
    if form.entry is None:
        return _asked(company, form), 422
    try:
        other = _meant(form.entry.other, "other")
        with writing():
            merging.report(db, member, company, other, form.entry.words)
    except Refused as refused:
        form.refuse(refused)
        return _asked(company, form), 422
    return redirect(page_url("flag", "thanks"), 303)


@pages.get("/moderation/companies")
@signed_in
def desk() -> str:
    """Reports that wait, a form to merge two companies, and what was merged."""
    staff()
    typed = {name: request.args.get(name, "") for name in ("company", "into")}
    return _desk(Form(typed))


@pages.post("/moderation/companies")
@signed_in
def merge() -> ResponseReturnValue:
    """Let one company become part of another."""
    judge = staff()
    form = forms.read(MergerEntry, request.form)
    if form.entry is None:
        return _desk(form), 422
    try:
        company = _meant(form.entry.company, "company")
        into = _meant(form.entry.into, "into")
        with writing():
            merging.merge(db, judge, company, into, form.entry.words)
    except Refused as refused:
        form.refuse(refused, "into")
        return _desk(form), 422
    flash(_("They are one company now. You can undo it below."), "success")
    return redirect(page_url("moderation", "companies"), 303)


@pages.post("/moderation/companies/mergers/<int:number>/undo")
@signed_in
def undo(number: int) -> ResponseReturnValue:
    """They are two after all."""
    judge, merger = staff(), reading.merger(db, number)
    with writing():
        merging.undo(db, judge, merger)
    flash(_("They are two companies again."), "success")
    return redirect(page_url("moderation", "companies"), 303)


@pages.post("/moderation/companies/reports/<int:number>/dismiss")
@signed_in
def dismiss(number: int) -> ResponseReturnValue:
    """They are two companies."""
    judge, reported = staff(), reading.reported(db, number)
    with writing():
        merging.dismiss(db, judge, reported)
    flash(_("They stay two companies."), "success")
    return redirect(page_url("moderation", "companies"), 303)


def _meant(typed: str, field: str) -> Company:
    company = reading.meant(db, typed)
    if company is None:
        raise Invalid(UNKNOWN, field)
    return company


def _asked(company: Company, form: Form[DuplicateEntry]) -> str:
    return render_template("companies/duplicate.html", company=company, form=form)


def _desk(form: Form[MergerEntry]) -> str:
    return render_template(
        "moderation/companies.html",
        merging=reading.waiting(db),
        waiting=moderation.waiting(db),
        form=form,
    )
