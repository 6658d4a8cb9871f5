"""Incidents: what befell many customers at once, and their stories."""

import re

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import tying
from stories.entries import MOST_ID
from stories.entries.incidents import Alike, IncidentEntry
from stories.figures import patterns
from stories.models import Incident, Member, Story
from stories.problems import Invalid, Problem, Refused
from stories.reading import incidents as reading
from stories.reading import listing, merging, searching
from stories.search import Question
from stories.search.questions import MOST_LETTERS
from web import forms
from web.addresses import (
    Slugged,
    incident_url,
    natural,
    numbered,
    page_url,
    tie_url,
)
from web.auth import signed_in, staff
from web.cache import cached
from web.db import db, writing
from web.editions import of_site
from web.finding import index
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import ngettext
from web.understanding import told_apart


def is_staff(reader: Member, **_arguments: object) -> bool:
    """Whom an incident's page shows more than others: the way to its stories."""
    return reader.staff


pages = Blueprint("incidents", __name__)
UNKNOWN = Problem("No company is known by this name or number.")
MOST_ALIKE = 20
_STORIES = re.compile(r"(?:/stories/)?\b(\d{1,18})(?:-\S*)?")


@pages.get("/incidents/<numbered:incident>")
@cached(of_site, is_staff, told_apart)
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
    return redirect(tie_url(made), 303)


@pages.get("/moderation/incidents/<int:number>")
@signed_in
def stories(number: int) -> str:
    """The stories that it ties together, and forms to tie more of them."""
    staff()
    incident = reading.incident(db, number)
    words, tied = request.args.get("q", "").strip(), reading.tied(db, incident)
    repeated = patterns.of_company(db, incident.company)
    return render_template(
        "incidents/tie.html",
        incident=incident,
        tied=tied,
        patterns=[*repeated.products, *repeated.issues],
        words=words,
        found=_found(incident, words, {each.id for each in tied}) if words else [],
    )


@pages.post("/moderation/incidents/<int:number>/stories")
@signed_in
def tie(number: int) -> ResponseReturnValue:
    """Tie stories to it, by their numbers or addresses or by what went wrong in them
    (`alike`), or take one off (`off`)."""
    judge, incident = staff(), reading.incident(db, number)
    typed = _STORIES.findall(" ".join(request.form.getlist("stories")))
    numbers = [n for n in map(int, typed) if n <= MOST_ID]
    off = request.form.get("off", type=natural)
    with writing():
        if off is not None:
            tying.untie(db, judge, incident, off)
        tied = tying.tie(db, judge, incident, numbers)
        for alike in _alike():
            tied += tying.tie_alike(db, judge, incident, alike)
    _say(tied, off)
    return redirect(tie_url(incident), 303)


@pages.get("/moderation/stories/<int:number>/incidents")
@signed_in
def of_story(number: int) -> str:
    """The incidents that a story is tied to, or can be."""
    staff()
    return render_template("incidents/of_story.html", tying=reading.tying(db, number))


@pages.post("/moderation/stories/<int:number>/incidents")
@signed_in
def tie_story(number: int) -> ResponseReturnValue:
    """Tie the story to an incident (`on`), or take it off one (`off`)."""
    judge, story = staff(), reading.tying(db, number).story
    on, off = (request.form.get(name, type=natural) for name in ("on", "off"))
    tied = 0
    with writing():
        if on is not None:
            tied = tying.tie(db, judge, reading.incident(db, on), [story.id])
        if off is not None:
            tying.untie(db, judge, reading.incident(db, off), story.id)
    _say(tied, off)
    return redirect(page_url("moderation", "stories", story.id, "incidents"), 303)


def _say(tied: int, off: int | None) -> None:
    """What became of what was sent."""
    if off is not None and not tied:
        flash(_("The story was taken off."), "success")
        return
    said = ngettext(
        "%(n)s story was tied to it.", "%(n)s stories were tied to it.", tied
    )
    flash(said, "success" if tied else "info")


def _alike() -> list[Alike]:
    """What was chosen of the list of what repeats; nonsense is nothing."""
    since = request.form.get("since_it_began")
    chosen = (
        each.partition(" ") for each in request.form.getlist("alike")[:MOST_ALIKE]
    )
    fields = (
        {"issue": issue, "product_id": product, "since_it_began": since or "no"}
        for issue, _space, product in chosen
    )
    read = (forms.check(Alike, each).entry for each in fields)
    return [each for each in read if each is not None]


def _found(incident: Incident, words: str, tied: set[int]) -> list[Story]:
    """Stories that name the company and have these words, and are not tied yet."""
    question = Question(
        words=words[:MOST_LETTERS],
        companies=(incident.company_id,),
        role="any",
        facets=False,
    )
    versions = searching.results(db, index(), question).versions
    cards = listing.cards(db, [each for each in versions if each not in tied])
    return [card.story for card in cards]


def _form(form: Form[IncidentEntry]) -> str:
    return render_template("incidents/new.html", form=form)
