"""The templates that a company's team answers with."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories.handling import templates
from stories.handling.templates import PLACES, TemplateEntry
from stories.models import ReplyTemplate
from stories.problems import Invalid
from stories.reading import desk as reading
from web import forms
from web.addresses import page_url
from web.auth import me, signed_in
from web.db import db, writing
from web.desking import asked_company, languages_beside
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("replies", __name__)


@pages.get("/desk/templates")
@signed_in
def show() -> str:
    """All templates of a company, and room for one more."""
    return _all(asked_company(), Form())


@pages.post("/desk/templates")
@signed_in
@limited("desk")
def add() -> ResponseReturnValue:
    """Keep one more."""
    company = asked_company()
    form = forms.read(TemplateEntry, request.form)
    if form.entry is not None:
        try:
            with writing():
                templates.add(db, me(), company, form.entry)
        except Invalid as trouble:
            form.refuse(trouble)
    if form.errors:
        return _all(company, form), 422
    flash(_("The template is kept."), "success")
    return redirect(page_url("desk", "templates", company=company), 303)


@pages.get("/desk/templates/<int:number>")
@signed_in
def edit(number: int) -> str:
    """A template, to be changed."""
    found = templates.theirs(db, me(), number)
    known = {name: getattr(found, name) for name in TemplateEntry.model_fields}
    return _one(found, Form(known))


@pages.post("/desk/templates/<int:number>")
@signed_in
@limited("desk")
def change(number: int) -> ResponseReturnValue:
    """Change it."""
    form = forms.read(TemplateEntry, request.form)
    if form.entry is None:
        return _one(templates.theirs(db, me(), number), form), 422
    with writing():
        company = templates.change(db, me(), number, form.entry).company_id
    flash(_("The template is kept."), "success")
    return redirect(page_url("desk", "templates", company=company), 303)


@pages.post("/desk/templates/<int:number>/forget")
@signed_in
@limited("desk")
def forget(number: int) -> ResponseReturnValue:
    """Keep it no longer."""
    with writing():
        company = templates.forget(db, me(), number)
    flash(_("The template is gone."), "success")
    return redirect(page_url("desk", "templates", company=company), 303)


def _all(company: int, form: Form[TemplateEntry]) -> str:
    role = reading.sits(db, me(), company)
    kept = templates.of_company(db, company)
    tongues = languages_beside(*(each.language for each in kept))
    return render_template(
        "desk/templates.html",
        role=role,
        kept=kept,
        form=form,
        tongues=tongues,
        places=PLACES,
    )


def _one(found: ReplyTemplate, form: Form[TemplateEntry]) -> str:
    return render_template(
        "desk/template.html",
        role=reading.sits(db, me(), found.company_id),
        template=found,
        form=form,
        tongues=languages_beside(found.language),
        places=PLACES,
    )
