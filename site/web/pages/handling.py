"""A company's team at its desk: who deals with a story, and what is noted of it."""

from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import handling
from stories.handling import AssignEntry, NoteEntry, views
from stories.handling.views import ViewEntry
from stories.problems import Invalid, Missing
from stories.reading import desk as reading
from stories.reading import evidence
from web import forms
from web.addresses import DESK_WORDS, case_url, desk_url, natural
from web.auth import me, signed_in
from web.db import db, writing
from web.desking import asked_company
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import translate
from web.limits import limited

pages = Blueprint("handling", __name__)


@pages.get("/desk/stories/<int:number>")
@signed_in
def case(number: int) -> str:
    """A story with what the team noted of it, and who deals with it."""
    return _case(number, Form())


@pages.post("/desk/stories/<int:number>")
@signed_in
@limited("desk")
def handle(number: int) -> ResponseReturnValue:
    """Assign the story, or note something of it."""
    company = asked_company()
    form = _typed()
    if form.entry is not None:
        try:
            _do(form.entry, company, [number])
        except Invalid as trouble:
            form.refuse(trouble)
    if form.errors:
        return _case(number, form), 422
    return redirect(case_url(number, company), 303)


@pages.post("/desk/notes/<int:number>/erase")
@signed_in
@limited("desk")
def erase(number: int) -> ResponseReturnValue:
    """Take a note of one's own away."""
    with writing():
        gone = handling.erase_note(db, me(), number)
        story, company = gone.story_id, gone.company_id
    return redirect(case_url(story, company), 303)


@pages.post("/desk")
@signed_in
@limited("desk")
def handle_all() -> ResponseReturnValue:
    """Assign several stories at once, note something of them, or mark them as seen."""
    company = asked_company()
    stories = request.form.getlist("story", type=natural)
    manner, words = _handled(company, stories)
    flash(words, manner)
    return redirect(desk_url(company=company, **_asked()), 303)


@pages.post("/desk/views")
@signed_in
@limited("desk")
def keep_view() -> ResponseReturnValue:
    """Keep what the desk is narrowed to, under a name."""
    company = asked_company()
    kept = urlencode(_asked())
    form = forms.check(ViewEntry, {"name": request.form.get("name"), "words": kept})
    if form.entry is None:
        flash(" ".join(form.errors.values()), "error")
    else:
        try:
            with writing():
                views.keep(db, me(), company, form.entry)
        except Invalid as trouble:
            flash(translate(trouble.problem), "error")
    return redirect(desk_url(company=company, **_asked()), 303)


@pages.post("/desk/views/<int:number>/forget")
@signed_in
@limited("desk")
def forget_view(number: int) -> ResponseReturnValue:
    """Keep a view no longer."""
    company = asked_company()
    with writing():
        views.forget(db, me(), company, number)
    return redirect(desk_url(company=company), 303)


def _asked() -> dict[str, str]:
    """What the desk was narrowed to, where the form comes from."""
    asked = dict(parse_qsl(request.form.get("view", "")[:2000]))
    return {name: asked[name] for name in ("state", *DESK_WORDS) if name in asked}


def _handled(company: int, stories: list[int]) -> tuple[str, str]:
    """What became of it, and how to say so."""
    try:
        if request.form.get("do") == "see":
            with writing():
                handling.see(db, me(), company, stories)
            return "success", _("Marked as seen.")
        form = _typed()
        if form.entry is None:
            return "error", " ".join(form.errors.values())
        _do(form.entry, company, stories)
    except Invalid as trouble:
        return "error", translate(trouble.problem)
    noted = isinstance(form.entry, NoteEntry)
    return "success", _("Your note is there.") if noted else _("Assigned.")


def _typed() -> Form[AssignEntry] | Form[NoteEntry]:
    deed = request.form.get("do")
    if deed == "note":
        return forms.read(NoteEntry, request.form)
    if deed != "assign":
        raise Missing
    return forms.read(AssignEntry, request.form)


def _do(entry: AssignEntry | NoteEntry, company: int, stories: list[int]) -> None:
    with writing():
        if isinstance(entry, NoteEntry):
            handling.note(db, me(), company, stories, entry)
        else:
            handling.assign(db, me(), company, stories, entry)


def _case(number: int, form: Form[AssignEntry] | Form[NoteEntry]) -> str:
    found = reading.case(db, me(), asked_company(), number)
    team = reading.team(db, found.role.company_id)
    people = [(str(each.id), each.name) for each in team]
    shown = evidence.for_company(db, me(), number, found.role.company_id)
    return render_template(
        "desk/case.html", case=found, people=people, evidence=shown, form=form
    )
