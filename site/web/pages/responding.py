"""A company answers a story, and changes the wording of its answers."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import responding
from stories.models import Response as Answer
from stories.models.codes import ResponseKind
from stories.problems import Invalid, Missing
from stories.reading import representing as reading
from stories.reading.representing import Voice
from stories.responding import AnswerEntry, ResponseEntry
from stories.wording import Wording, worded
from web import forms
from web.addresses import response_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.limits import limited

pages = Blueprint("responding", __name__)


@dataclass(frozen=True)
class Preview:
    """An answer as readers will see it, before it is published."""

    kind: ResponseKind
    words: Wording


@pages.get("/stories/<int:number>/respond")
@signed_in
def new(number: int) -> str:
    """An empty answer to a story, in the name of a company."""
    return _form(_voice(number), Form())


@pages.post("/stories/<int:number>/respond")
@signed_in
@limited("publish")
def respond(number: int) -> ResponseReturnValue:
    """Publish the answer, or show it first."""
    voice, form = _voice(number), forms.read(ResponseEntry, request.form)
    if form.entry is None:
        return _form(voice, form), 422
    if request.form.get("do") == "preview":
        return _form(voice, form, _preview(form.entry))
    ready = responding.prepare(form.entry)
    company_id = voice.role.company_id
    with writing():
        answer = responding.respond(db, me(), voice.story, company_id, ready)
    return redirect(response_url(voice.story, answer), 303)


@pages.get("/stories/<int:number>/responses/<int:which>")
@signed_in
def open_response(number: int, which: int) -> str:
    """An answer of one's company, to change its wording."""
    voice, answer = _theirs(number, which)
    known = {"kind": answer.kind, "text": answer.text, "language": answer.language}
    return _form(voice, Form(known), answer=answer)


@pages.post("/stories/<int:number>/responses/<int:which>")
@signed_in
@limited("publish")
def amend(number: int, which: int) -> ResponseReturnValue:
    """Change the wording of an answer, or show it first; the earlier one stays."""
    voice, answer = _theirs(number, which)
    form = forms.read(AnswerEntry, request.form)
    if form.entry is None:
        return _form(voice, form, answer=answer), 422
    if request.form.get("do") == "preview":
        return _form(voice, form, _preview(form.entry), answer)
    ready = responding.prepare(form.entry)
    try:
        with writing():
            responding.amend_response(db, me(), answer, ready)
    except Invalid as trouble:
        form.refuse(trouble)
        voice, answer = _theirs(number, which)  # what was read is rolled back too
        return _form(voice, form, answer=answer), 422
    return redirect(response_url(voice.story, answer), 303)


def _voice(number: int) -> Voice:
    company_id = request.args.get("company", type=int)
    return reading.voice(db, me(), number, company_id)


def _theirs(number: int, which: int) -> tuple[Voice, Answer]:
    answer = db.get(Answer, which)
    if answer is None or answer.story_id != number:
        raise Missing
    return reading.voice(db, me(), number, answer.company_id), answer


def _preview(entry: AnswerEntry) -> Preview:
    return Preview(entry.kind, worded(entry.text, entry.language))


def _form(
    voice: Voice,
    form: Form[ResponseEntry] | Form[AnswerEntry],
    preview: Preview | None = None,
    answer: Answer | None = None,
) -> str:
    return render_template(
        "responding/respond.html",
        voice=voice,
        story=voice.story,
        form=form,
        preview=preview,
        answer=answer,
    )
