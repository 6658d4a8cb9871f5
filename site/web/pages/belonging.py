"""Staff note to whom a company belongs: its parent, whose brand it is, for whom it
sells."""

from typing import Annotated

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from stories.entries import Line
from stories.models import Company
from stories.problems import Invalid, Problem, Refused
from stories.reading import merging as reading
from stories.representing import belonging
from stories.representing.belonging import BelongingEntry
from web import forms
from web.addresses import company_url
from web.auth import signed_in, staff
from web.db import db, writing
from web.forms import Form

pages = Blueprint("belonging", __name__)


class BelongingForm(BelongingEntry):
    """The company, its parent (by number, name or address; empty: none), and how."""

    company: Annotated[Line, Field(min_length=1, max_length=300)]
    parent: Annotated[Line, Field(max_length=300)] = ""


@pages.get("/moderation/companies/belonging")
@signed_in
def ask() -> str:
    """An empty form."""
    staff()
    return _asked(Form({"company": request.args.get("company", "")}))


@pages.post("/moderation/companies/belonging")
@signed_in
def note() -> ResponseReturnValue:
    """Note it; readers see it on the company's page, and in the public log."""
    judge = staff()
    form = forms.read(BelongingForm, request.form)
    if form.entry is None:
        return _asked(form), 422
    try:
        company = _meant(form.entry.company, "company")
        parent = _meant(form.entry.parent, "parent") if form.entry.parent else None
        with writing():
            belonging.belong(db, judge, company, parent, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _asked(form), 422
    return redirect(company_url(company), 303)


def _meant(typed: str, field: str) -> Company:
    found = reading.meant(db, typed)
    if found is None:
        unknown = Problem("No company is known by this name or number.")
        raise Invalid(unknown, field)
    return found


def _asked(form: Form[BelongingForm]) -> str:
    return render_template("moderation/belonging.html", form=form)
