"""What readers add to a story beside comments: that it happened to them too, and what
they think where the author asks."""

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import corroborating, polling
from stories.corroborating import CorroborationEntry
from stories.polling import PollEntry, VoteEntry
from stories.problems import Forbidden, Missing, Refused
from stories.reading import readers as reading
from stories.reading.readers import Own
from web import forms
from web.addresses import page_url, story_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("readers", __name__)
POLL_DEEDS = {"close": polling.close, "reopen": polling.reopen}


@pages.get("/stories/<int:number>/same-here")
@signed_in
def ask(number: int) -> str:
    """The reader's own facts, empty or as they were said before."""
    own = reading.own(db, me(), number)
    said = own.said
    if said is None:
        return _same(own, Form())
    known = {
        "company_id": said.company_id,
        "product": own.product,
        "year": said.year,
        "outcome": said.outcome,
        "text": said.text,
    }
    return _same(own, Form(known))


@pages.post("/stories/<int:number>/same-here")
@signed_in
@limited("comment")
def say(number: int) -> ResponseReturnValue:
    """It happened to the reader too."""
    own, form = (
        reading.own(db, me(), number),
        forms.read(CorroborationEntry, request.form),
    )
    if form.entry is None:
        return _same(own, form), 422
    ready = corroborating.prepare(form.entry)
    try:
        with writing():
            corroborating.corroborate(db, me(), own.story, ready)
    except Refused as refused:
        form.refuse(refused)
        return _same(own, form), 403 if isinstance(refused, Forbidden) else 422
    flash(_("Thank you: it is counted with the story."), "success")
    return redirect(story_url(own.story, _anchor="same-here"), 303)


@pages.post("/stories/<int:number>/same-here/take-back")
@signed_in
def take_back(number: int) -> ResponseReturnValue:
    """It is said no longer."""
    own = reading.own(db, me(), number)
    with writing():
        corroborating.take_back(db, me(), own.story)
    flash(_("It is taken back."), "success")
    return redirect(story_url(own.story, _anchor="same-here"), 303)


@pages.get("/stories/<int:number>/judge")
@signed_in
def question(number: int) -> str:
    """The author's question, and what the reader thinks so far."""
    own = reading.own(db, me(), number)
    if own.poll is None:
        raise Missing
    return _judge(own, Form({"answer": own.vote or ""}))


@pages.post("/stories/<int:number>/judge")
@signed_in
@limited("comment")
def judge(number: int) -> ResponseReturnValue:
    """Count what the reader thinks."""
    own, form = reading.own(db, me(), number), forms.read(VoteEntry, request.form)
    if own.poll is None:
        raise Missing
    if form.entry is None:
        return _judge(own, form), 422
    try:
        with writing():
            polling.vote(db, me(), own.story, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _judge(own, form), 403
    return redirect(story_url(own.story, _anchor="judge"), 303)


@pages.get("/stories/<int:number>/poll")
@signed_in
def poll(number: int) -> str:
    """What the author asks readers to judge."""
    own = _authors(number)
    known = {"question": own.poll.question, "words": own.poll.words} if own.poll else {}
    return _poll(own, Form(known))


@pages.post("/stories/<int:number>/poll")
@signed_in
@limited("publish")
def open_poll(number: int) -> ResponseReturnValue:
    """Ask readers, or take their answers no longer."""
    own, form = _authors(number), forms.read(PollEntry, request.form)
    deed = POLL_DEEDS.get(request.form.get("do", ""))
    if deed is None and form.entry is None:
        return _poll(own, form), 422
    try:
        with writing():
            if deed:
                deed(db, me(), own.story)
            elif form.entry:
                polling.ask(db, me(), own.story, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _poll(own, form), 422
    return redirect(story_url(own.story, _anchor="judge"), 303)


def _authors(number: int) -> Own:
    own = reading.own(db, me(), number)
    if own.story.author_id != me().id:
        raise Forbidden
    return own


def _same(own: Own, form: Form[CorroborationEntry]) -> str:
    companies = [(each.id, each.name) for each in own.companies]
    return render_template("readers/same.html", own=own, form=form, companies=companies)


def _judge(own: Own, form: Form[VoteEntry]) -> str:
    return render_template("readers/judge.html", own=own, form=form)


def _poll(own: Own, form: Form[PollEntry]) -> str:
    here = page_url("stories", own.story.id, "poll")
    return render_template("readers/poll.html", own=own, form=form, here=here)
