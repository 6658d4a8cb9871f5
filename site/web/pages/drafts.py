"""Drafts beside the editor: one's own, what its script saves, and their end."""

from flask import Blueprint, flash, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import drafting, languages
from stories.entries.story import StoryEntry
from stories.problems import Overtaken
from stories.text import plain
from stories.translating import drafting as translations
from web import forms
from web.addresses import draft_url, natural, page_url
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Fields
from web.i18n import gettext as _
from web.i18n import translate
from web.limits import limited

pages = Blueprint("drafts", __name__)

MOST_GUESSED = 20_000


@pages.get("/drafts")
@signed_in
def show() -> str:
    """One's own drafts, the newest first."""
    return render_template(
        "writing/drafts.html",
        drafts=drafting.own(db, me()),
        translations=translations.own(db, me()),
    )


@pages.post("/drafts/<key>/saved")
@limited("draft")
def autosave(key: str) -> tuple[Fields, int]:
    """What the script saves while somebody types; answers with the new version."""
    try:
        with writing():
            draft = drafting.save(db, key, visitor(), _typed(), _version())
    except Overtaken as trouble:
        return {"problem": translate(trouble.problem)}, 409
    return {"version": draft.version, "saved_at": draft.saved_at.isoformat()}, 200


@pages.post("/write/saved")
@limited("draft")
def autosave_first() -> tuple[Fields, int]:
    """The first save by script: answers with the address of the new draft."""
    with writing():
        draft = drafting.begin(db, visitor(), _typed())
    return {"version": draft.version, "address": draft_url(draft)}, 201


@pages.post("/write/language")
@limited("draft")
def guess() -> Fields:
    """The language that a text seems to be in, to be confirmed by its author."""
    text = request.form.get("text", "")[:MOST_GUESSED]
    return {"language": languages.detect(plain(text)).tag}


@pages.post("/drafts/<key>/discard")
def discard(key: str) -> Response:
    """Throw a draft away."""
    with writing():
        drafting.remove(db, key, visitor())
    if visitor() is None:
        return redirect(page_url(""), 303)
    flash(_("The draft is thrown away."), "success")
    return redirect(page_url("drafts"), 303)


def _typed() -> Fields:
    return forms.fields(StoryEntry, request.form)


def _version() -> int:
    return request.form.get("version", 0, type=natural)
