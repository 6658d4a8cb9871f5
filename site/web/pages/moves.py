"""Stories that name the wrong company: anybody says so, staff move them by a click."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import moving
from stories.models import Company, Story
from stories.moving import MisnamingEntry
from stories.problems import Invalid, Problem, Refused
from stories.reading import merging, moderation
from stories.reading import moving as reading
from web import forms
from web.addresses import natural, page_url
from web.auth import signed_in, staff, visitor
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("moves", __name__)
UNKNOWN = Problem("No company is known by this name or number.")


@pages.get("/stories/<int:number>/wrong-company")
def ask(number: int) -> str:
    """Which company is meant instead."""
    return _asked(*reading.named(db, visitor(), number), Form())


@pages.post("/stories/<int:number>/wrong-company")
@limited("flag")
def report(number: int) -> ResponseReturnValue:
    """Put the report into the queue of the staff. Nobody has to sign in."""
    story, named = reading.named(db, visitor(), number)
    form = forms.read(MisnamingEntry, request.form)
    wanted = request.form.get("company", type=natural)
    company = next((each for each in named if each.id == wanted), None)
    if company is None:
        form.refuse(Invalid(Problem("Choose one from the list."), "company"))
    if form.entry is None or company is None:
        return _asked(story, named, form), 422
    with writing():
        moving.report(db, visitor(), story, company, form.entry)
    return redirect(page_url("flag", "thanks", story=number), 303)


@pages.get("/moderation/moves")
@signed_in
def desk() -> str:
    """Reports that wait, each with the company that is meant, and what was moved."""
    staff()
    return _desk(Form())


@pages.post("/moderation/moves/<int:number>")
@signed_in
def move(number: int) -> ResponseReturnValue:
    """Move the story to the company that it means, or leave it where it is."""
    judge, told = staff(), reading.one(db, number)
    if request.form.get("do") == "dismiss":
        with writing():
            moving.dismiss(db, judge, told)
        flash(_("The story stays where it is."), "success")
        return redirect(page_url("moderation", "moves"), 303)
    form: Form[MisnamingEntry] = Form({"other": request.form.get("other", "")})
    try:
        with writing():
            moving.move(db, judge, told, _meant(form.value("other")))
    except Refused as refused:
        form.refuse(refused, "other")
        return _desk(form, number), 422
    flash(_("The story is moved. Its author and both companies are told."), "success")
    return redirect(page_url("moderation", "moves"), 303)


@pages.post("/moderation/moves/<int:number>/undo")
@signed_in
def undo(number: int) -> ResponseReturnValue:
    """It meant the first company after all."""
    judge, told = staff(), reading.one(db, number)
    with writing():
        moving.undo(db, judge, told)
    flash(_("The story is back where it was."), "success")
    return redirect(page_url("moderation", "moves"), 303)


def _meant(typed: str) -> Company:
    company = merging.meant(db, typed)
    if company is None:
        raise Invalid(UNKNOWN, "other")
    return company


def _asked(story: Story, named: list[Company], form: Form[MisnamingEntry]) -> str:
    return render_template(
        "stories/wrong_company.html",
        story=story,
        named=[(each.id, each.name) for each in named],
        chosen=request.form.get("company", "", type=str),
        form=form,
    )


def _desk(form: Form[MisnamingEntry], at: int = 0) -> str:
    return render_template(
        "moderation/moves.html",
        moving=reading.waiting(db),
        waiting=moderation.waiting(db),
        form=form,
        at=at,
    )
