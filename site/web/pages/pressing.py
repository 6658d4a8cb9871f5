"""Pressure to take a story down: its author discloses it, staff check it."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import pressing
from stories.models import Pressure, Story
from stories.pressing import JudgementEntry, PressureEntry
from stories.problems import Forbidden, Missing, Refused
from stories.reading import moderation, readers
from stories.reading import pressure as reading
from web import forms
from web.addresses import natural, page_url
from web.auth import me, signed_in, staff
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import language, locale_of
from web.limits import limited

pages = Blueprint("pressing", __name__)
DEEDS = {"uphold": pressing.uphold, "dismiss": pressing.dismiss}


@pages.get("/stories/<int:number>/pressure")
@signed_in
def tell(number: int) -> str:
    """What the author told before, and a form to tell of more."""
    return _own_page(_own(number), Form())


@pages.post("/stories/<int:number>/pressure")
@signed_in
@limited("publish")
def disclose(number: int) -> ResponseReturnValue:
    """Tell staff; no reader sees it before they have looked."""
    story, form = _own(number), forms.read(PressureEntry, request.form)
    if form.entry is None:
        return _own_page(story, form), 422
    try:
        with writing():
            pressing.disclose(db, me(), story, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _own_page(story, form), 422
    flash(_("Staff look at it now. No reader sees it before they have."), "success")
    return redirect(page_url("stories", number, "pressure"), 303)


@pages.post("/stories/<int:number>/pressure/<int:which>/back")
@signed_in
def withdraw(number: int, which: int) -> ResponseReturnValue:
    """Take one's words back."""
    story, found = _own(number), reading.one(db, which)
    if found.story_id != story.id:
        raise Missing
    with writing():
        pressing.withdraw(db, me(), found)
    return redirect(page_url("stories", number, "pressure"), 303)


@pages.get("/moderation/pressure")
@signed_in
def queue() -> str:
    """What authors told and nobody has checked, oldest first."""
    staff()
    rows, after = reading.queue(db, request.args.get("after", 0, type=natural))
    return render_template(
        "moderation/pressure.html",
        rows=rows,
        after=after,
        paged="after" in request.args,
        waiting=moderation.waiting(db),
    )


@pages.get("/moderation/pressure/<int:number>")
@signed_in
def ask(number: int) -> str:
    """One disclosure, to be checked."""
    staff()
    return _judged_page(reading.one(db, number), Form())


@pages.post("/moderation/pressure/<int:number>")
@signed_in
def decide(number: int) -> ResponseReturnValue:
    """Agree, so that readers are told, or do not; the author hears why."""
    judge, found = staff(), reading.one(db, number)
    form = forms.read(JudgementEntry, request.form)
    decided = DEEDS.get(request.form.get("deed", ""))
    if form.entry is None or decided is None:
        return _judged_page(found, form), 422
    try:
        with writing():
            decided(db, judge, found, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _judged_page(reading.one(db, number), form), 422
    flash(_("Decided. The author hears of it."), "success")
    return redirect(page_url("moderation", "pressure"), 303)


def _own(number: int) -> Story:
    story = db.get(Story, number)
    if story is None:
        raise Missing
    if story.author_id != me().id:
        raise Forbidden
    return story


def _own_page(story: Story, form: Form[PressureEntry]) -> str:
    named = readers.own(db, me(), story.id).companies
    months = locale_of(language()).months["stand-alone"]["wide"]
    return render_template(
        "warning/pressure.html",
        story=story,
        said=pressing.told(db, story),
        companies=[(str(each.id), each.name) for each in named],
        form=form,
        months=[(str(n), name) for n, name in sorted(months.items())],
    )


def _judged_page(found: Pressure, form: Form[JudgementEntry]) -> str:
    return render_template(
        "moderation/pressed.html",
        one=found,
        form=form,
        decisions=moderation.decisions(db, "pressure", found.id),
    )
