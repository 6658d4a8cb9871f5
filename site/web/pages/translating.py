"""Where members translate: a text beside an empty one, and what they have typed of it,
which is kept until they publish it or throw it away."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from stories import languages, sources, translating
from stories.entries import MOST_LINE
from stories.models import Translation, TranslationDraft
from stories.models.codes import Target, Visibility
from stories.problems import Missing, Overtaken, Refused
from stories.reading import translations as reading
from stories.reading.revisions import Comparison
from stories.reading.translations import About
from stories.sources import Source
from stories.translating import TranslationEntry, drafting
from stories.translating.drafting import Place
from web import discretion, forms
from web.addresses import natural, page_url, translation_url
from web.auth import me, signed_in, visitor
from web.db import db, writing
from web.forms import Fields, Form
from web.i18n import gettext as _
from web.i18n import language, translate
from web.limits import limited

pages = Blueprint("translating", __name__)

TEXT = "/translate/<any(story, update, response):target>/<int:number>"
ANY = "<any(story, update, response, translation):target>"
CHANGE = "/translations/<int:number>/change"
KEPT, OVERTAKEN, WRONG = 200, 409, 422


@pages.get(TEXT)
@signed_in
def new(target: str, number: int) -> ResponseReturnValue:
    """A text, and beside it an empty one in another language, or what was typed."""
    draft = _draft(Target(target), number)
    try:
        source = sources.find(db, Target(target), number)
        sources.require_free(source)
    except Refused:
        if draft is None:
            raise
        return _kept(_resumed(draft))
    form = _resumed(draft) if draft else Form({"language": _likely(source)})
    return _form(source, form, draft=draft)


@pages.post(TEXT)
@limited("draft")
def publish(target: str, number: int) -> ResponseReturnValue:
    """Keep what was typed, and publish it if that is what the button says."""
    form = forms.read(TranslationEntry, request.form)
    if visitor() is None:
        return _signed_out(form)
    try:
        source = sources.find(db, Target(target), number)
    except Missing:
        return _kept(form)
    draft, status = _saved(drafting.of(source), form)
    if (
        status == OVERTAKEN
        or _is_kept_only()
        or form.entry is None
        or discretion.asks(form)
    ):
        return _shown_again(source, form, draft, status)
    try:
        made = _published(source, form.entry)
    except Missing:
        return _kept(form)
    except Refused as refused:
        form.refuse(refused)
        return _form(sources.find(db, Target(target), number), form, draft=draft), 422
    _thank(made)
    return redirect(_place_of(made), 303)


@pages.get(CHANGE)
@signed_in
def change(number: int) -> ResponseReturnValue:
    """One's translation, to change its words or bring it up to date."""
    draft = _draft(Target.TRANSLATION, number)
    try:
        told = _own(number)
    except Missing:
        if draft is None:
            raise
        return _kept(_resumed(draft))
    row = told.translation
    known = {"title": row.title, "text": row.text, "language": row.language}
    form = _resumed(draft) if draft else Form(known)
    return _form(told.source, form, told, draft)


@pages.post(CHANGE)
@limited("draft")
def amend(number: int) -> ResponseReturnValue:
    """Keep what was typed, and publish the changed words."""
    form = forms.read(TranslationEntry, request.form)
    if visitor() is None:
        return _signed_out(form)
    try:
        told = _own(number)
    except Missing:
        return _kept(form)
    draft, status = _saved(drafting.within(told.translation), form)
    if (
        status == OVERTAKEN
        or _is_kept_only()
        or form.entry is None
        or discretion.asks(form)
    ):
        return _shown_again(told.source, form, draft, status, told)
    try:
        row = _amended(told, form.entry)
    except Missing:
        return _kept(form)
    except Refused as refused:
        form.refuse(refused)
        told = _own(number)
        return _form(told.source, form, told, draft), 422
    return redirect(_place_of(row), 303)


@pages.post(f"{TEXT}/saved")
@signed_in
@limited("draft")
def autosave(target: str, number: int) -> tuple[Fields, int]:
    """What the script saves while somebody types; answers with the new version."""
    draft = _draft(Target(target), number)
    if draft is not None:
        return _autosaved(Place(draft.story_id, Target(target), number))
    return _autosaved(drafting.of(sources.find(db, Target(target), number)))


@pages.post(f"{CHANGE}/saved")
@signed_in
@limited("draft")
def autosave_change(number: int) -> tuple[Fields, int]:
    """The same of what is changed."""
    return _autosaved(drafting.within(_own(number).translation))


@pages.post(f"/translations/drafts/{ANY}/<int:number>")
@signed_in
def discard(target: str, number: int) -> Response:
    """Throw away what was typed."""
    with writing():
        drafting.discard(db, me(), Place(0, Target(target), number))
    flash(_("The draft is thrown away."), "success")
    return redirect(page_url("drafts"), 303)


@limited("translate")
def _published(source: Source, entry: TranslationEntry) -> Translation:
    ready, place = translating.prepare(entry), drafting.of(source)
    with writing():
        made = translating.translate(db, me(), source, ready)
        drafting.discard(db, me(), place)
    return made


@limited("translate")
def _amended(told: About, entry: TranslationEntry) -> Translation:
    ready, row = translating.prepare(entry), told.translation
    with writing():
        translating.amend(db, me(), row, ready, _why())
        drafting.discard(db, me(), drafting.within(row))
    return row


def _draft(target: Target, number: int) -> TranslationDraft | None:
    return drafting.find(db, me(), Place(0, target, number))


def _resumed(draft: TranslationDraft) -> Form[TranslationEntry]:
    return Form(draft.fields)


def _saved(
    place: Place, form: Form[TranslationEntry]
) -> tuple[TranslationDraft | None, int]:
    """Keep what was typed before anything can be refused. With it, the status of the
    answer where it cannot be kept, for another tab has saved since, or it is too much.
    """
    try:
        with writing():
            return drafting.save(db, me(), place, _typed(form), _version()), KEPT
    except Overtaken as trouble:
        form.refuse(trouble)
        return drafting.find(db, me(), place), OVERTAKEN
    except Refused as trouble:
        form.refuse(trouble)
        return None, WRONG


def _typed(form: Form[TranslationEntry]) -> dict[str, Any]:
    why = _why()
    return {**form.fields, "why": why} if why else form.fields


def _why() -> str:
    return request.form.get("why", "")[:MOST_LINE]


def _version() -> int:
    return request.form.get("version", 0, type=natural)


def _is_kept_only() -> bool:
    return request.form.get("do") == "save"


def _autosaved(place: Place) -> tuple[Fields, int]:
    form = forms.read(TranslationEntry, request.form)
    try:
        with writing():
            draft = drafting.save(db, me(), place, _typed(form), _version())
    except Overtaken as trouble:
        return {"problem": translate(trouble.problem)}, 409
    return {"version": draft.version, "saved_at": draft.saved_at.isoformat()}, 200


def _shown_again(
    source: Source,
    form: Form[TranslationEntry],
    draft: TranslationDraft | None,
    status: int,
    told: About | None = None,
) -> ResponseReturnValue:
    """The form with what is to be mended, or with what was only to be kept."""
    if status == KEPT and _is_kept_only():
        return redirect(f"{request.path}#saved", 303)
    shown = _form(source, form, told, draft)
    return shown, OVERTAKEN if status == OVERTAKEN else WRONG


def _own(number: int) -> About:
    told = reading.about(db, number, me())
    if not translating.may_change(me(), told.translation):
        raise Missing
    return told


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


def _signed_out(form: Form[TranslationEntry]) -> ResponseReturnValue:
    """Their time was over: they sign in elsewhere, and send the same again."""
    return render_template("translations/again.html", form=form), 401


def _place_of(row: Translation) -> str:
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
    source: Source,
    form: Form[TranslationEntry],
    told: About | None = None,
    draft: TranslationDraft | None = None,
) -> str:
    shown = request.form.get("source_revision", source.revision, type=natural)
    return render_template(
        "translations/form.html",
        source=source,
        story=source.story,
        form=form,
        told=told,
        draft=draft,
        since=_since(source, told, draft),
        unnamed=_unnamed(source, told, draft),
        revision=shown,
        months=[],
        languages=languages.choosable(language()),
    )


def _begun(source: Source, told: About | None, draft: TranslationDraft | None) -> int:
    """The wording that the translator had before them when they began."""
    if told is not None:
        return told.translation.source_revision
    known = str(draft.fields.get("source_revision", "")) if draft else ""
    return int(known) if known.isdecimal() else source.revision


def _since(
    source: Source, told: About | None, draft: TranslationDraft | None
) -> Comparison | None:
    """What changed in the original since they began, or since it was translated."""
    return reading.changed(db, source, _begun(source, told, draft))


def _unnamed(
    source: Source, told: About | None, draft: TranslationDraft | None
) -> bool:
    """Whether names have gone from the original since."""
    return sources.lost_names(db, source, _begun(source, told, draft))
