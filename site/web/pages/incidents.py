"""Incidents: what befell many customers at once, and their stories."""

import re

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import tying
from stories.entries import MOST_ID
from stories.entries.incidents import IncidentEntry
from stories.problems import Invalid, Problem, Refused
from stories.reading import incidents as reading
from stories.reading import merging
from web import forms
from web.addresses import Slugged, incident_url, natural, numbered
from web.auth import signed_in, staff
from web.cache import cached
from web.db import db, writing
from web.editions import of_site
from web.forms import Form

pages = Blueprint("incidents", __name__)
UNKNOWN = Problem("No company is known by this name or number.")
_STORIES = re.compile(r"(?:/stories/)?\b(\d{1,18})(?:-\S*)?")


@pages.get("/incidents/<numbered:incident>")
@cached(of_site)
def show(incident: Slugged) -> str | ResponseReturnValue:
    """The incident, and the stories that it ties together."""
    older = request.args.get("older", type=natural)
    found = reading.incident(db, incident)
    if incident.address != numbered(found.id, found.title):
        return redirect(incident_url(found, older=older), 301)
    page = reading.stories(db, found, older)
    return render_template(
        "incidents/show.html", incident=found, page=page, older=older
    )


@pages.get("/moderation/incidents")
@signed_in
def new() -> str:
    """A form to open one."""
    staff()
    return _form(Form({"company": request.args.get("company", "")}))


@pages.post("/moderation/incidents")
@signed_in
def create() -> ResponseReturnValue:
    """Open an incident at a company."""
    judge = staff()
    form = forms.read(IncidentEntry, request.form)
    if form.entry is None:
        return _form(form), 422
    try:
        company = merging.meant(db, form.entry.company)
        if company is None:
            raise Invalid(UNKNOWN, "company")
        with writing():
            made = tying.open_incident(db, judge, company, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _form(form), 422
    return redirect(incident_url(made), 303)


@pages.post("/moderation/incidents/<int:number>/stories")
@signed_in
def tie(number: int) -> ResponseReturnValue:
    """Tie stories to it, by their numbers or addresses, or take one off (`off`)."""
    judge, incident = staff(), reading.incident(db, number)
    typed = [int(each) for each in _STORIES.findall(request.form.get("stories", ""))]
    off = request.form.get("off", type=natural)
    with writing():
        if off is not None:
            tying.untie(db, judge, incident, off)
        tying.tie(db, judge, incident, [n for n in typed if n <= MOST_ID])
    return redirect(incident_url(incident), 303)


def _form(form: Form[IncidentEntry]) -> str:
    return render_template("incidents/new.html", form=form)
