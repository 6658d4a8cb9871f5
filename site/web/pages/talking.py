"""Private conversations: asked for, opened, gone on with and ended."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import permissions, talking
from stories.entries.talks import (
    AskEntry,
    BeginEntry,
    EndEntry,
    MessageEntry,
    usual_end,
)
from stories.models import Message, Story
from stories.problems import Missing, Refused
from stories.reading import representing
from stories.reading import talks as reading
from stories.reading.desk import sits
from stories.reading.representing import Voice
from stories.reading.talks import TalkPage
from web import forms
from web.addresses import natural, talk_url
from web.auth import me, signed_in
from web.db import db, writing
from web.desking import asked_company
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("talking", __name__)


@pages.get("/stories/<int:number>/talk")
@signed_in
def new(number: int) -> str:
    """An author begins one; somebody who speaks for a company asks for one."""
    story = _story(number)
    if permissions.owns(me(), story):
        return _beginning(story, Form({"last_day": usual_end().isoformat()}))
    return _asking(_voice(number), Form())


@pages.post("/stories/<int:number>/talk")
@signed_in
@limited("publish")
def begin(number: int) -> ResponseReturnValue:
    """Open it, or leave the question to the author."""
    story = _story(number)
    if permissions.owns(me(), story):
        return _begun(story)
    return _asked(_voice(number))


@pages.get("/talks")
@signed_in
def mine() -> str:
    """All that an author has talked of with companies, the newest first."""
    older = request.args.get("older", type=natural)
    rows, more = reading.of_author(db, me(), older)
    return render_template("talks/mine.html", rows=rows, more=more, older=older)


@pages.get("/desk/talks")
@signed_in
def of_company() -> str:
    """All that a company has talked of with authors, the newest first."""
    role = sits(db, me(), asked_company())
    older = request.args.get("older", type=natural)
    rows, more = reading.of_company(db, role.company_id, older)
    return render_template(
        "talks/company.html", role=role, rows=rows, more=more, older=older
    )


@pages.get("/talks/<int:number>")
@signed_in
def show(number: int) -> str:
    """What the two sides have written, and what can be done now. Who speaks for their
    side has read it then."""
    older = request.args.get("older", type=natural)
    page = reading.page(db, me(), number, older)
    if page.unread and older is None:
        with writing():
            talking.read(db, me(), page.talk)
    return _page(page, Form())


@pages.post("/talks/<int:number>")
@signed_in
@limited("comment")
def write(number: int) -> ResponseReturnValue:
    """Write to the other side."""
    page, form = reading.page(db, me(), number), forms.read(MessageEntry, request.form)
    if form.entry is None:
        return _page(page, form), 422
    ready = talking.prepare(form.entry)
    try:
        with writing():
            message = talking.write(db, me(), page.talk, ready)
    except Refused as refused:
        form.refuse(refused)
        return _page(reading.page(db, me(), number), form), 422
    return redirect(talk_url(page.talk, _anchor=f"message-{message.id}"), 303)


@pages.post("/talks/<int:number>/answer")
@signed_in
@limited("publish")
def answer(number: int) -> ResponseReturnValue:
    """The author says yes, until a day, or no."""
    page, form = reading.page(db, me(), number), forms.read(EndEntry, request.form)
    wanted = request.form.get("do")
    if wanted not in ("agree", "refuse"):
        raise Missing
    if wanted == "agree" and form.entry is None:
        return _page(page, form), 422
    try:
        with writing():
            if wanted == "agree" and form.entry is not None:
                talking.agree(db, me(), page.talk, form.entry)
            else:
                talking.refuse(db, me(), page.talk)
    except Refused as refused:
        form.refuse(refused)
        return _page(reading.page(db, me(), number), form), 422
    return redirect(talk_url(page.talk), 303)


@pages.post("/talks/<int:number>/last-day")
@signed_in
@limited("publish")
def extend(number: int) -> ResponseReturnValue:
    """The author chooses another last day."""
    page, form = reading.page(db, me(), number), forms.read(EndEntry, request.form)
    if form.entry is None:
        return _page(page, form), 422
    with writing():
        talking.extend(db, me(), page.talk, form.entry)
    flash(_("It ends on the day that you have chosen."), "success")
    return redirect(talk_url(page.talk), 303)


@pages.post("/talks/<int:number>/end")
@signed_in
def end(number: int) -> ResponseReturnValue:
    """The author ends it."""
    page = reading.page(db, me(), number)
    with writing():
        talking.end(db, me(), page.talk)
    return redirect(talk_url(page.talk), 303)


@pages.post("/talks/<int:number>/messages/<int:which>/back")
@signed_in
def take_back(number: int, which: int) -> ResponseReturnValue:
    """The author takes words of theirs back."""
    page, message = reading.page(db, me(), number), db.get(Message, which)
    if message is None or message.talk_id != page.talk.id:
        raise Missing
    with writing():
        talking.take_back(db, me(), message)
    return redirect(talk_url(page.talk), 303)


def _story(number: int) -> Story:
    return permissions.require_seen(me(), db.get(Story, number))


def _voice(number: int) -> Voice:
    company_id = request.args.get("company", type=natural)
    return representing.voice(db, me(), number, company_id)


def _begun(story: Story) -> ResponseReturnValue:
    company = request.form.get("company_id", type=natural)
    form = forms.read(BeginEntry, request.form)
    if form.entry is None:
        return _beginning(story, form), 422
    ready = talking.prepare(form.entry)
    try:
        with writing():
            talk = talking.begin(db, me(), story, company or 0, form.entry, ready)
    except Refused as refused:
        form.refuse(refused)
        return _beginning(_story(story.id), form), 422
    return redirect(talk_url(talk), 303)


def _asked(voice: Voice) -> ResponseReturnValue:
    form = forms.read(AskEntry, request.form)
    if form.entry is None:
        return _asking(voice, form), 422
    company_id, story = voice.role.company_id, voice.story
    ready = talking.prepare(form.entry)
    try:
        with writing():
            talk = talking.ask(db, me(), story, company_id, ready)
    except Refused as refused:
        form.refuse(refused)
        return _asking(_voice(story.id), form), 422
    return redirect(talk_url(talk), 303)


def _beginning(story: Story, form: Form[BeginEntry]) -> str:
    partners = reading.partners(db, story)
    company = request.values.get("company_id", type=natural)
    return render_template(
        "talks/begin.html",
        story=story,
        companies=[(str(each.id), each.name) for each in partners],
        chosen=str(company or ""),
        form=form,
    )


def _asking(voice: Voice, form: Form[AskEntry]) -> str:
    return render_template("talks/ask.html", voice=voice, story=voice.story, form=form)


def _page(page: TalkPage, form: Form[MessageEntry] | Form[EndEntry]) -> str:
    day = page.talk.last_day or usual_end()
    return render_template(
        "talks/show.html", page=page, talk=page.talk, day=day.isoformat(), form=form
    )
