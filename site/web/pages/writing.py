"""Writing a story: the editor, its drafts, the preview, and the moment of publishing.

A visitor may write before registering: the draft's key in the address is its secret.
Whatever happens, what was typed is kept: in the draft, or in another one beside it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import (
    companies,
    drafting,
    languages,
    permissions,
    publishing,
    wording,
)
from stories.entries.story import StoryEntry
from stories.models import Draft, Member, Story
from stories.problems import Invalid, Missing, Overtaken, Problem
from stories.reading import company as company_page
from stories.text import blocks, respoken
from web import discretion, forms
from web.accounts import contacts
from web.addresses import draft_url, member_url, natural, page_url, story_url
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Fields, Form
from web.i18n import gettext as _
from web.i18n import language as interface_language
from web.i18n import locale_of, time_zone, translate
from web.limits import limited
from web.rendering.dates import day

pages = Blueprint("writing", __name__)

ROWS = ("contacts", "promises", "amounts", "offers", "letters", "quotations", "names")
FIRST = "mentions-0-company"
ON_SCREEN = ("mentions", "title", "text", "language", "kind", "outcome")


@pages.get("/write")
def begin() -> str:
    """An empty story, or one about the company whose page led here."""
    company = request.args.get("company", "").strip()
    known: Fields = {"mentions": [{"company": company}]} if company else {}
    return _editor(Form(known))


@pages.get("/companies/<int:number>/write")
def invited(number: int) -> str:
    """An empty story about a company that has given out the way here itself."""
    company = company_page.found(db, number)
    about = {"company": company.name, "company_id": company.id}
    return _editor(Form({"mentions": [about], "invited_by": company.id}))


@pages.post("/write")
@limited("draft")
def first() -> str | tuple[str, int] | Response:
    """Keep what was typed as a draft, and do with it what the button says."""
    with writing():
        draft = drafting.begin(db, visitor(), _typed())
    return _then(draft)


@pages.get("/drafts/<key>")
def resume(key: str) -> str | Response:
    """Go on writing. A visitor's draft becomes the member's who opens it."""
    try:
        draft = drafting.find(db, key, visitor())
    except Missing:
        return _gone()
    _adopt(draft)
    return _editor(Form(forms.shown(StoryEntry, draft.fields)), draft)


@pages.post("/drafts/<key>")
@limited("draft")
def save(key: str) -> str | tuple[str, int] | Response:
    """Save, and do what the button says."""
    fields = _typed()
    try:
        with writing():
            draft = drafting.save(db, key, visitor(), fields, _version())
    except Overtaken as trouble:
        return _overtaken(key, fields, trouble)
    except Missing:
        return _rescued(key, fields)
    return _then(draft)


@pages.get("/drafts/<key>/preview")
def preview(key: str) -> str | Response:
    """The text as it will be shown, before it is, and what in it is in another
    language."""
    draft = drafting.find(db, key, visitor())
    form = forms.check(StoryEntry, draft.fields)
    if form.entry is None:
        return _editor(form, draft)
    return _preview(draft, form.entry)


@pages.post("/drafts/<key>/preview")
@limited("draft")
def respeak(key: str) -> str | tuple[str, int] | Response:
    """The author says which language a passage is in, or that it is no other one."""
    draft = drafting.find(db, key, visitor())
    form = forms.check(StoryEntry, draft.fields)
    if form.entry is None:
        return _editor(form, draft), 422
    try:
        text = _respoken(form.entry)
    except Invalid as trouble:
        return _preview(draft, form.entry, translate(trouble.problem)), 422
    with writing():
        drafting.save(db, key, visitor(), {**draft.fields, "text": text}, draft.version)
    return redirect(draft_url(draft, "preview", _anchor="passages"), 303)


def _respoken(entry: StoryEntry) -> str:
    """The text with a mark for the passage that was chosen: the language chosen, else
    that of the text, for it is in no other."""
    passage = request.form.get("passage", -1, type=int)
    tag = _words(entry).language
    if request.form.get("do") != "none":
        tag = request.form.get("language", "")
    if not tag or passage < 0:
        raise Invalid(Problem("Choose one from the list."))
    text = respoken(entry.text, passage, languages.tag(tag))
    if text is None:
        raise Invalid(
            Problem("Mark this passage in the text: see “Help with the text”.")
        )
    return text


def _words(entry: StoryEntry) -> wording.Wording:
    return wording.worded(entry.text, entry.language)


def _preview(draft: Draft, entry: StoryEntry, problem: str = "") -> str:
    ready = publishing.prepare(entry)
    return render_template(
        "writing/preview.html",
        draft=draft,
        ready=ready,
        entry=ready.entry,
        passages=[each for each in blocks(_words(entry).html) if each.language],
        tongues=[
            (each.tag, each.name) for each in languages.choosable(interface_language())
        ],
        problem=problem,
    )


@pages.post("/drafts/<key>/publish")
@limited("draft")
def publish(key: str) -> str | tuple[str, int] | Response:
    """Publish what the preview has shown."""
    return _publish(drafting.find(db, key, visitor()))


@pages.get("/stories/<int:number>/amend")
@signed_in
def amend(number: int) -> Response:
    """Open the draft in which a published story is changed."""
    story = _own_story(number)
    with writing():
        fields = publishing.fields_of(db, story)
        draft = drafting.begin_amending(db, me(), story, fields)
    return redirect(draft_url(draft), 303)


def _gone() -> Response:
    """Who goes back to what they have just published is told where it is."""
    member = visitor()
    if member is None:
        raise Missing
    flash(_("This draft is published, or thrown away. What is published is here."))
    return redirect(member_url(member), 303)


def _own_story(number: int) -> Story:
    story = permissions.require_seen(me(), db.get(Story, number))
    permissions.require(permissions.owns(me(), story))
    return story


def _typed() -> Fields:
    return forms.fields(StoryEntry, request.form)


def _version() -> int:
    return request.form.get("version", 0, type=natural)


def _adopt(draft: Draft) -> None:
    member = visitor()
    if member is not None and draft.member_id is None:
        with writing():
            drafting.adopt(db, member, draft.key)


def _then(draft: Draft) -> str | tuple[str, int] | Response:
    """What the button asked for, after the draft was saved."""
    deed = request.form.get("do", "save")
    if request.form.get("remove"):
        return _removed(draft, request.form["remove"])
    if name := request.form.get("another"):
        return redirect(draft_url(draft, another=name, _anchor=name), 303)
    return BUTTONS.get(deed, _saved)(draft)


def _saved(draft: Draft) -> Response:
    return redirect(draft_url(draft, _anchor="saved"), 303)


def _previewed(draft: Draft) -> Response:
    return redirect(draft_url(draft, "preview"), 303)


def _removed(draft: Draft, which: str) -> Response:
    """Take a row out of a list: `contacts-0`."""
    name, _, index = which.rpartition("-")
    rows = list(draft.fields.get(name, []))
    if name in (*ROWS, "mentions") and index.isdecimal() and int(index) < len(rows):
        del rows[int(index)]
        with writing():
            fields = {**draft.fields, name: rows}
            drafting.save(db, draft.key, visitor(), fields, draft.version)
    return redirect(draft_url(draft, _anchor=name), 303)


def _publish(draft: Draft) -> str | tuple[str, int] | Response:
    form = forms.check(StoryEntry, draft.fields)
    if form.entry is None or _unclear(form) or discretion.asks(form):
        return _editor(form, draft), 422
    member = visitor()
    if member is None:
        return redirect(page_url("register", draft=draft.key), 303)
    try:
        said = _("Your changes are published.") if draft.story_id else _is_out()
        story = _published(member, draft, form.entry)
    except Invalid as trouble:
        form.refuse(trouble)
        return _editor(form, draft), 422
    flash(said, "success")
    return redirect(story_url(story), 303)


def _schedule(draft: Draft) -> str | tuple[str, int] | Response:
    """Publish it by itself later, if it could be published now."""
    form = forms.check(StoryEntry, draft.fields)
    if form.entry is None or _unclear(form) or discretion.asks(form):
        return _editor(form, draft), 422
    try:
        with writing():
            drafting.schedule(db, me(), draft.key, _moment())
    except Invalid as trouble:
        form.refuse(trouble)
        return _editor(form, draft), 422
    when = day(draft.publish_at, "minute")
    flash(_("Your story publishes itself on %(moment)s.", moment=when), "success")
    return redirect(page_url("drafts"), 303)


def _unschedule(draft: Draft) -> Response:
    with writing():
        drafting.unschedule(db, me(), draft.key)
    flash(_("Your story waits until you publish it."), "success")
    return redirect(draft_url(draft), 303)


def _moment() -> datetime:
    """The day and the time that were chosen, on the author's own clock."""
    chosen = f"{request.form.get('publish_day')}T{request.form.get('publish_time')}"
    try:
        return datetime.fromisoformat(chosen).replace(tzinfo=time_zone())
    except ValueError as trouble:
        problem = Problem("Choose a day and a time.")
        raise Invalid(problem, "publish_at") from trouble


def _is_out() -> str:
    return _(
        "Your story is published, and the companies that answer here are told. We "
        "write to you when one does. Receipts and letters to show? See “More”."
    )


@limited("publish")
def _published(member: Member, draft: Draft, entry: StoryEntry) -> Story:
    ready = publishing.prepare(entry)
    with writing():
        draft = drafting.find(db, draft.key, member)
        if draft.story_id is None:
            domain = "" if _was_asked() else contacts.domain_of_visitor()
            return publishing.publish(db, member, ready, draft, domain)
        story = db.get_one(Story, draft.story_id)
        why = request.form.get("why", "")[:300]
        return publishing.amend(db, member, story, ready, why, draft)


def _was_asked() -> bool:
    """Whether the author was asked before if they work there, and left it so."""
    return "relation_asked" in request.form


def _unclear(form: Form[StoryEntry]) -> bool:
    """Whether a company's name is that of several, and none was chosen (rule 17)."""
    entry = form.entry
    for index, mention in enumerate(entry.mentions if entry else ()):
        named = mention.company_id or mention.domain
        if not named and len(companies.called(db, mention.company)) > 1:
            problem = Problem("Several companies have this name. Which one is it?")
            form.refuse(Invalid(problem), f"mentions-{index}-company")
    return bool(form.errors)


def _overtaken(key: str, fields: Fields, trouble: Overtaken) -> tuple[str, int]:
    """Another tab has saved since: show what was typed here; nothing is overwritten."""
    draft = drafting.find(db, key, visitor())
    return _editor(Form(fields), draft, translate(trouble.problem)), 409


def _rescued(key: str, fields: Fields) -> Response:
    """The sign-in has expired, or the draft is gone: keep the words in a new one."""
    with writing():
        draft = drafting.rescue(db, key, visitor(), fields)
    if visitor() is None:
        return redirect(page_url("sign-in", next=draft_url(draft)), 303)
    return redirect(draft_url(draft), 303)


def _editor(
    form: Form[StoryEntry], draft: Draft | None = None, overtaken: str = ""
) -> str:
    months = locale_of(interface_language()).months["stand-alone"]["wide"]
    return render_template(
        "writing/edit.html",
        form=form,
        draft=draft,
        rows=ROWS,
        another=request.args.get("another", ""),
        problems=_problems(form),
        namesakes=_namesakes(form),
        months=[(str(n), name) for n, name in sorted(months.items())],
        languages=languages.choosable(interface_language()),
        overtaken=overtaken,
    )


def _problems(form: Form[StoryEntry]) -> list[tuple[str, Any]]:
    """What is wrong, in the order of the screen, with the field that it belongs to."""
    found = sorted(form.errors.items(), key=lambda each: _place(each[0]))
    return [(FIRST if name == "mentions" else name, words) for name, words in found]


def _place(name: str) -> int:
    root = name.partition("-")[0]
    return ON_SCREEN.index(root) if root in ON_SCREEN else len(ON_SCREEN)


def _namesakes(form: Form[StoryEntry]) -> dict[int, list[Any]]:
    """For each mention with a problem: the companies of that name to choose from."""
    return {
        index: companies.called(db, str(form.value(f"mentions-{index}-company")))
        for index in range(form.rows("mentions"))
        if form.error(f"mentions-{index}-company")
    }


BUTTONS: dict[str, Callable[[Draft], str | tuple[str, int] | Response]] = {
    "publish": _publish,
    "preview": _previewed,
    "schedule": _schedule,
    "unschedule": _unschedule,
}
"""What the buttons do after the draft was saved."""
