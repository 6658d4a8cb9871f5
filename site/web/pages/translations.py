"""Texts in other languages: a translated story, what is known of each translation, and
the pages on which members make and judge them."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from stories import languages, sources, translating
from stories.models import Member, Translation
from stories.models.codes import Target, Visibility
from stories.problems import Missing, Refused
from stories.reading import story as stories
from stories.reading import translations as reading
from stories.reading.listing import OPENING, opening
from stories.reading.translations import About
from stories.sources import Source
from stories.translating import TranslationEntry, judging
from stories.translating.judging import Seen
from web import discretion, forms
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
from web.i18n import language
from web.limits import limited

pages = Blueprint("translations", __name__)

TARGETS = "<any(story, update, response):target>"
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


@pages.get(f"/translate/{TARGETS}/<int:number>")
@signed_in
def new(target: str, number: int) -> str:
    """A text, and beside it an empty one in another language."""
    source = sources.find(db, Target(target), number)
    sources.require_free(source)
    return _form(source, Form({"language": _likely(source)}))


@pages.post(f"/translate/{TARGETS}/<int:number>")
@signed_in
@limited("publish")
def translate(target: str, number: int) -> ResponseReturnValue:
    """Publish the translation."""
    form = forms.read(TranslationEntry, request.form)
    try:
        source = sources.find(db, Target(target), number)
        if form.entry is None or discretion.asks(form):
            return _form(source, form), 422
        ready = translating.prepare(form.entry)
        with writing():
            made = translating.translate(db, me(), source, ready)
    except Missing:
        return _kept(form)
    except Refused as refused:
        form.refuse(refused)
        return _form(sources.find(db, Target(target), number), form), 422
    _thank(made)
    return redirect(_shown(made), 303)


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


@pages.get("/translations/<int:number>/change")
@signed_in
def change(number: int) -> str:
    """One's translation, to change its words or bring it up to date."""
    told = _own(number)
    row = told.translation
    known = {"title": row.title, "text": row.text, "language": row.language}
    return _form(told.source, Form(known), told)


@pages.post("/translations/<int:number>/change")
@signed_in
@limited("publish")
def amend(number: int) -> ResponseReturnValue:
    """Publish the changed words."""
    form, why = forms.read(TranslationEntry, request.form), request.form.get("why", "")
    try:
        told = _own(number)
        if form.entry is None or discretion.asks(form):
            return _form(told.source, form, told), 422
        ready = translating.prepare(form.entry)
        with writing():
            row = translating.amend(db, me(), told.translation, ready, why[:300])
    except Missing:
        return _kept(form)
    except Refused as refused:
        form.refuse(refused)
        told = _own(number)
        return _form(told.source, form, told), 422
    return redirect(_shown(row), 303)


def _own(number: int) -> About:
    told = reading.about(db, number, me())
    if not translating.may_change(me(), told.translation):
        raise Missing
    return told


def _seen() -> Seen:
    """What the reader had before them who pressed the button."""
    wording = request.form.get("wording", 0, type=natural)
    return Seen(wording, request.form.get("original", 0, type=natural))


def _thank(made: Translation) -> None:
    if made.is_held:
        flash(
            _(
                "Your translation is kept, and not shown yet: meanwhile names of people"
                " were taken out of the original."
            )
        )
    else:
        flash(_("Thank you: your translation is published."), "success")


def _kept(form: Form[TranslationEntry]) -> ResponseReturnValue:
    """There is nothing to translate any more; the words go back to who typed them."""
    return render_template("translations/kept.html", form=form), 404


def _shown(row: Translation) -> str:
    if row.visibility != Visibility.PUBLIC:
        return page_url("translations", row.id)
    place = "" if row.target == Target.STORY else f"{row.target}-{row.target_id}"
    return translation_url(row.story_id, row.title, row.language, _anchor=place)


def _likely(source: Source) -> str:
    """What the link asks for, else the first language of the reader's that the text is
    not in."""
    asked = request.args.get("into", "")
    for tag in (asked, *me().reads, language()):
        if tag and not languages.match([tag], [source.text.language]):
            return tag
    return ""


def _form(
    source: Source, form: Form[TranslationEntry], told: About | None = None
) -> str:
    shown = request.form.get("source_revision", source.revision, type=natural)
    return render_template(
        "translations/form.html",
        source=source,
        story=source.story,
        form=form,
        told=told,
        revision=shown,
        months=[],
        languages=languages.choosable(language()),
    )


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
