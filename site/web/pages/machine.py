"""A story as a machine says it in the reader's language, where the operator has one.

The worker asks the engine: a long story takes it longer than a page should, and what is
asked for twice is done once.
"""

from flask import Blueprint, current_app, redirect, render_template
from flask.typing import ResponseReturnValue

from stories import languages
from stories.models import Errand, Member
from stories.problems import Missing
from stories.reading import story as stories
from stories.reading import translations as reading
from stories.translating import machine
from web.addresses import page_url
from web.auth import visitor
from web.cache import cached
from web.db import db, writing
from web.editions import of_story
from web.i18n import language
from web.limits import limited

pages = Blueprint("machine", __name__)


def _shows_more(reader: Member, story: int) -> bool:
    return stories.shows_more(db, reader, story)


@pages.get("/stories/<int:story>/machine")
def show(story: int) -> ResponseReturnValue:
    """What the machine has said, or that it has not yet; nobody keeps a page that says
    that it is at work."""
    _require_engine()
    errand = machine.waiting(db, story, language())
    return _shown(story, errand) if errand else _kept(story=story)


@cached(of_story, _shows_more)
def _kept(story: int) -> str:
    return _shown(story, None)


def _shown(story: int, errand: Errand | None) -> str:
    told = reading.by_machine(db, story, language(), visitor())
    return render_template(
        "translations/machine.html",
        told=told,
        page=told.page,
        story=told.page.story,
        errand=errand,
        more=machine.is_more(db, story, language()),
    )


@pages.post("/stories/<int:story>/machine")
@limited("machine")
def ask(story: int) -> ResponseReturnValue:
    """Have it translated."""
    _require_engine()
    row = reading.by_machine(db, story, language(), visitor()).page.story
    if languages.match([language()], [row.language]):
        raise Missing
    with writing():
        machine.ask(db, row, language())
    return redirect(page_url("stories", story, "machine"), 303)


def _require_engine() -> None:
    if not current_app.config["SETTINGS"].translate_url:
        raise Missing
