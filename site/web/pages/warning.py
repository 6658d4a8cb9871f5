"""Warnings: staff set them and take them off."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import warning
from stories.models import Company, Story
from stories.problems import Missing, Refused
from stories.reading import merging as companies
from stories.reading import moderation
from stories.reading import readers as reading
from stories.warning import CautionEntry, WhyEntry
from web import forms
from web.addresses import page_url
from web.auth import signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _

pages = Blueprint("warning", __name__)
ABOUT = "/moderation/warnings/<any(stories, companies):of>/<int:number>"
TABLES: dict[str, type[Story] | type[Company]] = {
    "stories": Story,
    "companies": Company,
}


@pages.get("/moderation/warnings")
@signed_in
def show() -> ResponseReturnValue:
    """Every warning that stands; a company by name, to warn about it."""
    staff()
    typed = request.args.get("company", "")
    company = companies.meant(db, typed) if typed else None
    if company is not None:
        return redirect(page_url("moderation", "warnings", "companies", company.id))
    standing = [(one, warning.about_what(db, one)) for one in reading.cautions(db)]
    return render_template(
        "warning/show.html",
        standing=standing,
        typed=typed,
        unknown=bool(typed),
        waiting=moderation.waiting(db),
    )


@pages.get(ABOUT)
@signed_in
def ask(of: str, number: int) -> str:
    """What readers of one story, or about one company, are warned of."""
    staff()
    return _page(_about(of, number), Form())


@pages.post(ABOUT)
@signed_in
def warn(of: str, number: int) -> ResponseReturnValue:
    """Warn readers, with words that they see."""
    judge, about = staff(), _about(of, number)
    form = forms.read(CautionEntry, request.form)
    if form.entry is None:
        return _page(about, form), 422
    try:
        with writing():
            warning.warn(db, judge, about, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _page(about, form), 403
    flash(_("Readers are warned from now on."), "success")
    return redirect(page_url("moderation", "warnings", of, number), 303)


@pages.post("/moderation/warnings/<int:number>/off")
@signed_in
def lift(number: int) -> ResponseReturnValue:
    """Take a warning off; the public log tells why."""
    judge, caution = staff(), reading.caution(db, number)
    form = forms.read(WhyEntry, request.form)
    if form.entry is None:
        return _page(warning.about_what(db, caution), Form(), form), 422
    try:
        with writing():
            warning.lift(db, judge, caution, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _page(warning.about_what(db, caution), Form(), form), 403
    flash(_("The warning is taken off."), "success")
    return redirect(page_url("moderation", "warnings"), 303)


def _about(of: str, number: int) -> Story | Company:
    found = db.get(TABLES[of], number)
    if not isinstance(found, Story | Company):
        raise Missing
    return found


def _page(
    about: Story | Company,
    form: Form[CautionEntry],
    why: Form[WhyEntry] | None = None,
) -> str:
    return render_template(
        "warning/ask.html",
        about=about,
        story=isinstance(about, Story),
        standing=warning.standing(db, about),
        form=form,
        why=why or Form(),
    )
