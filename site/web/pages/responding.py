"""A company answers a story, and changes the wording of its answers."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import permissions, repeating, responding
from stories.entries.answers import TermsEntry
from stories.handling import templates
from stories.models import ReplyTemplate
from stories.models import Response as Answer
from stories.models.codes import ResponseKind
from stories.problems import Invalid, Missing
from stories.reading import representing as reading
from stories.reading.representing import Voice
from stories.responding import AnswerEntry, ResponseEntry
from stories.text import private_data
from stories.wording import Wording, of_company, worded
from web import discretion, forms
from web.addresses import natural, response_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited
from web.rendering.names import language_name

pages = Blueprint("responding", __name__)


@dataclass(frozen=True)
class Preview:
    """An answer as readers will see it, before it is published."""

    kind: ResponseKind
    words: Wording
    offer: TermsEntry | None = None


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
    if request.form.get("do") == "template":
        return _form(voice, _from_template(voice))
    _refuse_unfilled(form)
    if form.errors or form.entry is None or discretion.asks(form, _own(voice, form)):
        return _form(voice, form), 422
    if request.form.get("do") == "preview":
        return _form(voice, form, _preview(form.entry))
    ready = responding.prepare(form.entry)
    company_id = voice.role.company_id
    try:
        with writing():
            answer = repeating.answered(
                db, voice.story, company_id, ready.entry, ready.words
            ) or responding.respond(db, me(), voice.story, company_id, ready)
    except Invalid as trouble:
        form.refuse(trouble)
        return _form(_voice(number), form), 422
    return redirect(response_url(voice.story, answer), 303)


@pages.get("/stories/<int:number>/responses/<int:which>")
@signed_in
def open_response(number: int, which: int) -> str:
    """An answer of one's company, to change its wording."""
    voice, answer = _theirs(number, which)
    known = {"kind": answer.kind, "text": answer.text, "language": answer.language}
    known["also"] = answer.also_text
    return _form(voice, Form(known), answer=answer)


@pages.post("/stories/<int:number>/responses/<int:which>")
@signed_in
@limited("publish")
def amend(number: int, which: int) -> ResponseReturnValue:
    """Change the wording of an answer, or show it first; the earlier one stays."""
    voice, answer = _theirs(number, which)
    form = forms.read(AnswerEntry, request.form)
    known = private_data(answer.whole_text) + _own(voice, form)
    if form.entry is None or discretion.asks(form, known):
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


def _own(voice: Voice, form: Form[ResponseEntry] | Form[AnswerEntry]) -> list[str]:
    """Addresses at the company's own domain, which it may give to everybody."""
    domain = voice.role.company.domain
    return of_company(form.entry, domain) if form.entry else []


def _voice(number: int) -> Voice:
    company_id = request.args.get("company", type=natural)
    return reading.voice(db, me(), number, company_id)


def _from_template(voice: Voice) -> Form[ResponseEntry]:
    """What was typed, and the words of the chosen template below it."""
    typed = forms.fields(ResponseEntry, request.form)
    number = request.form.get("template", type=natural)
    if number is None:
        return Form(typed)
    chosen = templates.theirs(db, me(), number)
    permissions.require(chosen.company_id == voice.role.company_id)
    db.refresh(voice.mention, ["products"])
    words = templates.filled(chosen, voice.role, voice.story, voice.mention)
    before = typed.get("text", "")
    typed["text"] = f"{before}\n\n{words}".strip()
    typed.setdefault("kind", chosen.kind or "")
    return Form(typed)


def _refuse_unfilled(form: Form[ResponseEntry]) -> None:
    """A place that nothing was filled in for is not for readers."""
    place = templates.unfilled(str(form.value("text")))
    if place:
        words = _("Fill in {%(place)s}, or take it out.", place=place)
        form.errors.setdefault("text", words)


def _theirs(number: int, which: int) -> tuple[Voice, Answer]:
    answer = db.get(Answer, which)
    if answer is None or answer.story_id != number:
        raise Missing
    return reading.voice(db, me(), number, answer.company_id), answer


def _preview(entry: AnswerEntry) -> Preview:
    offer = entry.offer if isinstance(entry, ResponseEntry) else None
    return Preview(entry.kind, worded(entry.text, entry.language), offer)


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
        replies=_replies(voice),
    )


def _replies(voice: Voice) -> list[tuple[str, str]]:
    """Templates to choose from: their numbers and names, those in the story's language
    first, others with theirs."""
    spoken = voice.story.language.partition("-")[0]
    found = templates.of_company(db, voice.role.company_id, spoken)
    return [(str(each.id), _named(each, spoken)) for each in found]


def _named(template: ReplyTemplate, spoken: str) -> str:
    if template.language.partition("-")[0] == spoken:
        return template.name
    return f"{template.name} ({language_name(template.language)})"
