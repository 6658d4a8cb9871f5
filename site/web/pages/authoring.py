"""What an author does with a published story: updates, outcome, answers, and more."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import (
    languages,
    permissions,
    repeating,
    responding,
    updating,
    withdrawing,
)
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.models import Member, Rejoinder, Story, Update
from stories.models import Response as Answer
from stories.models.codes import Kind, Visibility
from stories.problems import Invalid, Missing, Problem
from stories.reading import authoring as reading
from stories.reading import offers
from stories.responding import RejoinderEntry
from stories.text import private_data
from web import discretion, forms
from web.addresses import page_url, rejoinder_url, story_url, update_url
from web.auth import me, signed_in
from web.db import db, writing
from web.forms import Form
from web.i18n import gettext as _
from web.i18n import language, locale_of
from web.limits import limited

pages = Blueprint("authoring", __name__)

Entry = TypeVar("Entry", Update, Rejoinder)

FOR_GOOD = ("anonymise", "erase")
DEEDS: dict[str, Callable[[Member, Story], None]] = {
    "close_comments": lambda author, story: updating.close_comments(db, author, story),
    "open_comments": lambda author, story: updating.open_comments(db, author, story),
    "close_case": lambda author, story: updating.close_case(db, author, story),
    "reopen_case": lambda author, story: updating.reopen_case(db, author, story),
    "unlist": lambda author, story: withdrawing.unlist(db, author, story),
    "enlist": lambda author, story: withdrawing.enlist(db, author, story),
    "withdraw": lambda author, story: withdrawing.withdraw(db, author, story),
    "restore": lambda author, story: withdrawing.restore(db, author, story),
    "anonymise": lambda author, story: withdrawing.anonymise(db, author, story),
    "erase": lambda author, story: withdrawing.erase(db, author, story),
}


@pages.get("/stories/<int:number>/update")
@signed_in
def new_update(number: int) -> str:
    """An empty update."""
    return _update_form(_own(number), Form())


@pages.post("/stories/<int:number>/update")
@signed_in
@limited("publish")
def add_update(number: int) -> Response | tuple[str, int]:
    """Publish a dated update below the story."""
    story, form = _own(number), forms.read(UpdateEntry, request.form)
    if form.entry is None or discretion.asks(form):
        return _update_form(story, form), 422
    ready = updating.prepare(form.entry, story)
    try:
        with writing():
            update = repeating.updated(
                db, story, ready.words, ready.letters
            ) or updating.add_update(db, me(), story, ready)
    except Invalid as trouble:
        form.refuse(trouble)
        return _update_form(story, form), 422
    return redirect(update_url(story, update), 303)


@pages.get("/stories/<int:number>/updates/<int:which>")
@signed_in
def open_update(number: int, which: int) -> str:
    """An update, to change its wording."""
    story, update = _own(number), _update(number, which)
    known = {"text": update.text, "language": update.language}
    return _update_form(story, Form(known), update)


@pages.post("/stories/<int:number>/updates/<int:which>")
@signed_in
@limited("publish")
def amend_update(number: int, which: int) -> Response | tuple[str, int]:
    """Change the wording of an update; the earlier one stays public."""
    story, update = _own(number), _update(number, which)
    form = forms.read(UpdateEntry, request.form)
    if form.entry is None or discretion.asks(form, private_data(update.text)):
        return _update_form(story, form, update), 422
    ready, why = updating.prepare(form.entry, story), request.form.get("why", "")[:300]
    with writing():
        updating.amend_update(db, me(), update, ready, why)
    return redirect(update_url(story, update), 303)


@pages.get("/stories/<int:number>/outcome")
@signed_in
def outcome(number: int) -> str:
    """How it stands, to be changed."""
    story = _own(number)
    known = {
        "outcome": story.outcome.value,
        "evaluation": {
            "grade": story.grade,
            "would_buy_again": story.would_buy_again,
            "remedy_received": story.remedy_received or _came(story),
        },
    }
    return _outcome_form(story, Form(known))


@pages.post("/stories/<int:number>/outcome")
@signed_in
@limited("publish")
def set_outcome(number: int) -> Response | tuple[str, int]:
    """Say how it stands or ended, with a verdict and a word about it."""
    story, form = _own(number), forms.read(OutcomeEntry, request.form)
    if form.entry is None or discretion.asks(form):
        return _outcome_form(story, form), 422
    told = form.entry.update
    ready = updating.prepare(told, story) if told else None
    with writing():
        updating.set_outcome(db, me(), story, form.entry, ready)
    flash(_("How it stands now is published with your story."), "success")
    return redirect(story_url(story), 303)


@pages.get("/stories/<int:number>/more")
@signed_in
def more(number: int) -> str:
    """Everything else that an author can do with a story."""
    return _more(_own(number), {})


@pages.post("/stories/<int:number>/more")
@signed_in
@limited("publish")
def do(number: int) -> Response | tuple[str, int]:
    """Do what the button says; what cannot be undone has to be confirmed."""
    story, name = _own(number), request.form.get("do", "")
    if name not in DEEDS:
        raise Missing
    if name in FOR_GOOD and request.form.get("sure") != name:
        form: Form[UpdateEntry] = Form()
        form.refuse(Invalid(Problem("Tick the box if you are sure.")), name)
        return _more(story, form.errors), 422
    with writing():
        DEEDS[name](me(), story)
    flash(_said(name), "success")
    lost = name in FOR_GOOD
    return redirect(page_url("") if lost else page_url("stories", number, "more"), 303)


@pages.post("/stories/<int:number>/kind")
@signed_in
@limited("publish")
def change_kind(number: int) -> Response:
    """Call it a complaint, praise or both from now on."""
    story, kind = _own(number), request.form.get("kind", "")
    if kind not in set(Kind):
        raise Missing
    with writing():
        updating.change_kind(db, me(), story, Kind(kind))
    flash(_("Your story is of another kind now, and says since when."), "success")
    return redirect(story_url(story), 303)


@pages.get("/stories/<int:number>/responses/<int:which>/rejoin")
@signed_in
def new_rejoinder(number: int, which: int) -> str:
    """An empty answer to what a company said."""
    return _rejoinder_form(_own(number), _answer(number, which), Form())


@pages.post("/stories/<int:number>/responses/<int:which>/rejoin")
@signed_in
@limited("publish")
def rejoin(number: int, which: int) -> Response | tuple[str, int]:
    """Answer a company in public."""
    story, answer = _own(number), _answer(number, which)
    form = forms.read(RejoinderEntry, request.form)
    if form.entry is None or discretion.asks(form):
        return _rejoinder_form(story, answer, form), 422
    ready = responding.prepare(form.entry)
    with writing():
        said = repeating.rejoined(db, answer, ready.words)
        words = said or responding.rejoin(db, me(), answer, ready)
    return redirect(rejoinder_url(story, words), 303)


@pages.get("/stories/<int:number>/rejoinders/<int:which>")
@signed_in
def open_rejoinder(number: int, which: int) -> str:
    """One's own answer, to change its wording."""
    story, words = _own(number), _words(number, which)
    known = {"text": words.text, "language": words.language}
    answer = _answer(number, words.response_id or 0)
    return _rejoinder_form(story, answer, Form(known), words)


@pages.post("/stories/<int:number>/rejoinders/<int:which>")
@signed_in
@limited("publish")
def amend_rejoinder(number: int, which: int) -> Response | tuple[str, int]:
    """Change the wording of one's answer; the earlier one stays public."""
    story, words = _own(number), _words(number, which)
    form = forms.read(RejoinderEntry, request.form)
    if form.entry is None or discretion.asks(form, private_data(words.text)):
        answer = _answer(number, words.response_id or 0)
        return _rejoinder_form(story, answer, form, words), 422
    ready = responding.prepare(form.entry)
    with writing():
        responding.amend_rejoinder(db, me(), words, ready)
    return redirect(rejoinder_url(story, words), 303)


def _said(name: str) -> str:
    """What has happened, in a sentence."""
    return {
        "close_comments": _("Readers cannot comment any more."),
        "open_comments": _("Readers can comment again."),
        "close_case": _("The case is closed. An update opens it again."),
        "reopen_case": _("The case is open again."),
        "unlist": _("Your story is off the lists; whoever has the link can read it."),
        "enlist": _("Everybody can read and find your story again."),
        "withdraw": _("Your story is withdrawn: nobody but you can read it."),
        "restore": _("Your story can be read again."),
        "anonymise": _("Your name is taken off the story. It stays without it."),
        "erase": _("Your story is erased for good."),
    }[name]


def _own(number: int) -> Story:
    story = permissions.require_seen(me(), db.get(Story, number))
    permissions.require(permissions.owns(me(), story))
    return story


def _update(number: int, which: int) -> Update:
    found = db.get(Update, which)
    if found is None or found.story_id != number:
        raise Missing
    return _standing(found)


def _answer(number: int, which: int) -> Answer:
    found = db.get(Answer, which)
    if found is None or found.story_id != number:
        raise Missing
    return found


def _words(number: int, which: int) -> Rejoinder:
    found = db.get(Rejoinder, which)
    if found is None or found.story_id != number:
        raise Missing
    return _standing(found)


def _standing(entry: Entry) -> Entry:
    if entry.visibility == Visibility.TOMBSTONE:
        raise Missing
    return entry


def _update_form(
    story: Story, form: Form[UpdateEntry], update: Update | None = None
) -> str:
    months = locale_of(language()).months["stand-alone"]["wide"]
    return render_template(
        "authoring/update.html",
        story=story,
        form=form,
        update=update,
        months=[(str(n), name) for n, name in sorted(months.items())],
        languages=languages.choosable(language()),
    )


def _came(story: Story) -> str:
    """What the author has received of what was offered, in the company's words."""
    return "; ".join(offer.what for offer in offers.received(db, story))


def _outcome_form(story: Story, form: Form[OutcomeEntry]) -> str:
    return render_template("authoring/outcome.html", story=story, form=form)


def _more(story: Story, errors: dict[str, str]) -> str:
    return render_template(
        "authoring/more.html",
        story=story,
        offers=reading.open_offers(db, story),
        cases=reading.cases(db, story),
        errors=errors,
    )


def _rejoinder_form(
    story: Story,
    answer: Answer,
    form: Form[RejoinderEntry],
    words: Rejoinder | None = None,
) -> str:
    return render_template(
        "authoring/rejoin.html", story=story, answer=answer, form=form, words=words
    )
