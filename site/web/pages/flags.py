"""Reports: a reader says that a text breaks a rule."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from stories import moderating, texts
from stories.entries.judging import FlagEntry
from stories.models import Story
from stories.models.codes import Target
from stories.problems import Missing, Refused
from stories.text import excerpt, plain
from stories.texts import Flagged
from web import forms
from web.addresses import natural, page_url
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Form
from web.limits import limited

pages = Blueprint("flags", __name__)
LENGTH = 400


@dataclass(frozen=True)
class Meant:
    """The text that is reported, and the beginning of it."""

    target: Target
    text: Flagged
    story: Story
    words: str


@pages.get("/flag/<target>/<int:number>")
def ask(target: str, number: int) -> str:
    """Which rule the text breaks, from a list, and in words; or how else to tell."""
    return _page(_meant(target, number), Form())


@pages.post("/flag/<target>/<int:number>")
@signed_in
@limited("flag")
def report(target: str, number: int) -> ResponseReturnValue:
    """Put the report into the queue of the staff."""
    member = me()
    meant = _meant(target, number)
    form = forms.read(FlagEntry, request.form)
    if form.entry is None:
        return _page(meant, form), 422
    try:
        with writing():
            moderating.flag(db, member, meant.target, number, form.entry)
    except Refused as refused:
        form.refuse(refused)
        return _page(meant, form), 403
    return redirect(page_url("flag", "thanks", story=meant.story.id), 303)


@pages.get("/flag/thanks")
def thanks() -> str:
    """What happens now."""
    return render_template(
        "flags/thanks.html", story=request.args.get("story", type=natural)
    )


def _meant(target: str, number: int) -> Meant:
    if target not in set(Target):
        raise Missing
    text = moderating.flagged(db, visitor(), Target(target), number)
    words = excerpt(plain(text.text), LENGTH)
    return Meant(Target(target), text, texts.story_of(db, text), words)


def _page(meant: Meant, form: Form[FlagEntry]) -> str:
    return render_template("flags/ask.html", meant=meant, form=form)
