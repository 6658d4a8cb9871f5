"""Texts in other languages: a translated story, and what is known of each translation,
where members judge them."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from stories import sources, translating
from stories.models import Member, Translation
from stories.models.codes import Visibility
from stories.problems import Missing, Refused
from stories.reading import story as stories
from stories.reading import translations as reading
from stories.reading.listing import OPENING, opening
from stories.reading.translations import About
from stories.translating import TranslationEntry, judging
from stories.translating.judging import Seen
from web.addresses import (
    Slugged,
    absolute,
    natural,
    numbered,
    original_language,
    page_url,
    story_url,
    translation_url,
)
from web.auth import me, signed_in, visitor
from web.cache import cached
from web.db import db, writing
from web.editions import of_story
from web.forms import Form
from web.i18n import gettext as _
from web.limits import limited

pages = Blueprint("translations", __name__)

DEEDS: dict[str, Callable[[Member, Translation], None]] = {
    "accept": lambda member, row: judging.accept(db, member, row, _seen()),
    "review": lambda member, row: judging.review(db, member, row, _seen()),
    "confirm": lambda member, row: judging.confirm(db, member, row, _seen()),
    "set_aside": lambda member, row: judging.set_aside(db, member, row),
    "put_back": lambda member, row: judging.put_back(db, member, row),
    "withdraw": lambda member, row: translating.withdraw(db, member, row),
}


def _shows_more(reader: Member, story: int, **_arguments: object) -> bool:
    return stories.shows_more(db, reader, int(story))


@pages.get("/stories/<numbered:story>/in/<tag>")
@cached(of_story, _shows_more)
def show(story: Slugged, tag: str) -> str | Response:
    """A story, and what came of it, as members have translated it."""
    told = reading.page(db, story, tag, visitor())
    row = told.page.story
    if story.address != numbered(row.id, told.title):
        return redirect(translation_url(row.id, told.title, tag), 301)
    lang = original_language(tag)
    return render_template(
        "translations/show.html",
        told=told,
        page=told.page,
        story=row,
        excerpt=opening((told.told or row).html[:OPENING]),
        canonical=absolute(translation_url(row.id, told.title, tag, lang=lang)),
        listed=told.told is not None and row.visibility == Visibility.PUBLIC,
    )


@pages.get("/translations/<int:number>")
@pages.get("/translations/<int:number>/<int:revision>")
def about(number: int, revision: int | None = None) -> str:
    """What is known of a translation: by whom, of which wording, what was changed."""
    return _about(reading.about(db, number, visitor(), revision), {})


@pages.post("/translations/<int:number>")
@signed_in
@limited("publish")
def judge(number: int) -> ResponseReturnValue:
    """Do what the button says."""
    name = request.form.get("do", "")
    if name not in DEEDS:
        raise Missing
    row = reading.about(db, number, me()).translation
    story = sources.of(db, row).story
    try:
        with writing():
            DEEDS[name](me(), row)
    except Refused as refused:
        form: Form[TranslationEntry] = Form()
        form.refuse(refused)
        return _about(reading.about(db, number, me()), form.errors), 422
    if name == "withdraw":
        flash(_("Your translation is taken back."), "success")
        return redirect(story_url(story), 303)
    return redirect(page_url("translations", number), 303)


def _seen() -> Seen:
    """What the reader had before them who pressed the button."""
    wording = request.form.get("wording", 0, type=natural)
    return Seen(wording, request.form.get("original", 0, type=natural))


def _about(told: About, errors: dict[str, str]) -> str:
    member, row = visitor(), told.translation
    return render_template(
        "translations/about.html",
        told=told,
        row=row,
        story=told.source.story,
        errors=errors,
        owns=member is not None and sources.owns(db, member, told.source),
        changes=translating.may_change(member, row),
        reads_both=member is not None and judging.reads_both(member, told.source, row),
        seen=judging.seen_now(db, row),
        confirms=judging.may_confirm(member, row),
    )
