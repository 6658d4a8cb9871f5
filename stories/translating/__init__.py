"""Members say texts in other languages, beside the original.

A translation belongs to the wording that was translated: when the original changes, it
is out of date until its translator has brought it up to date.
"""

from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories import (
    database,
    history,
    languages,
    outbox,
    permissions,
    sources,
    unnaming,
)
from stories.entries import MOST_REMARK, note
from stories.entries.translation import TranslationEntry
from stories.languages import UNKNOWN
from stories.models import Flag, Member, Response, Story, Translation, now
from stories.models.codes import FlagState, Target, Visibility
from stories.models.translations import Maker
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.sources import Source
from stories.translating import drafting
from stories.wording import Masks, Wording, discreet, masked, masks, without, worded

__all__ = [
    "Prepared",
    "TranslationEntry",
    "amend",
    "forget",
    "prepare",
    "translate",
    "withdraw",
]


@dataclass(frozen=True)
class Prepared:
    """A translation ready to be kept: rendered, without the names that are `hidden`."""

    title: str
    words: Wording
    source_revision: int | None
    hidden: Masks


def prepare(entry: TranslationEntry | Prepared) -> Prepared:
    """Do what takes its time before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    hidden = masks(entry.names)
    entry = masked(discreet(entry), hidden)
    words = worded(entry.text, entry.language)
    return Prepared(entry.title, words, entry.source_revision, hidden)


def translate(
    db: Session, member: Member, source: Source, entry: TranslationEntry | Prepared
) -> Translation:
    """Publish a translation; the author of the original is told.

    What was made of a wording that names somebody whom the original names no longer is
    kept back until somebody has looked it through. Raises Invalid where there is one in
    this language, or the text is in it itself.
    """
    ready = prepare(entry)
    permissions.require_standing(member)
    source = _held(db, source)
    _require_open(db, member, source, ready)
    made = Translation(
        story_id=source.story.id,
        target=source.target,
        target_id=source.text.id,
        maker=Maker.HUMAN,
        translator_id=member.id,
        source_revision=source.revision,
        **_columns(ready),
    )
    _follow(made, source, ready)
    _accept_own(db, member, source, made)
    _add(db, made)
    history.keep_revision(db, Target.TRANSLATION, made)
    if sources.lost_names(db, source, made.source_revision):
        unnaming.hold(db, made)
    else:
        _tell(db, member, source, made)
    _changed(db, source)
    return made


def amend(
    db: Session,
    member: Member,
    translation: Translation,
    entry: TranslationEntry | Prepared,
    why: str = "",
) -> Translation:
    """Change the words of one's translation, and bring it up to date with the original.

    Other words have to be accepted and reviewed anew. A translation whose translator is
    gone is anybody's to go on with; one that was kept back is shown again.
    """
    ready = prepare(entry)
    why = without(note(why, "why"), ready.hidden)
    permissions.require_standing(member)
    source = _held(db, sources.of(db, translation))
    _hold(db, translation)
    _require_own(member, translation)
    _require_whole(source, ready)
    before = _stands(translation)
    unnaming.out_of_revisions(db, Target.TRANSLATION, translation.id, ready.hidden)
    _follow(translation, source, ready)
    for name, value in _columns(ready).items():
        if name != "language":
            setattr(translation, name, value)
    if before != _stands(translation):
        _judged_no_more(translation)
        _accept_own(db, member, source, translation)
    if before[:2] != (translation.title, translation.text):
        translation.amended_at = now()
        db.flush()
        history.keep_revision(db, Target.TRANSLATION, translation, why)
    translation.translator_id = member.id
    _show_or_hold(db, source, translation)
    _changed(db, source)
    return translation


def withdraw(db: Session, member: Member, translation: Translation) -> None:
    """Take one's translation back; nothing of it stays but what staff decided."""
    db.flush()
    database.hold(db, db.get_one(Story, translation.story_id))
    database.hold(db, translation)
    permissions.require(translation.translator_id == member.id)
    permissions.require(stands(translation), Problem("This translation is hidden."))
    forget(db, translation)


def forget(db: Session, translation: Translation) -> None:
    """Remove it with its earlier wordings and the reports that still wait."""
    history.forget_revisions(db, Target.TRANSLATION, translation.id)
    about = (Flag.target == Target.TRANSLATION) & (Flag.target_id == translation.id)
    db.execute(delete(Flag).where(about, Flag.state == FlagState.OPEN))
    story = db.get_one(Story, translation.story_id)
    drafting.forget(db, Target.TRANSLATION, translation.id)
    history.touch_lists(db, story)  # its translator's page, too, while it is known
    db.delete(translation)
    db.flush()
    outbox.index(db, story.id)


def may_change(member: Member | None, translation: Translation) -> bool:
    """Whether a translation is the member's, or nobody's any more."""
    if member is None or not stands(translation):
        return False
    return translation.translator_id in (None, member.id)


def stands(translation: Translation) -> bool:
    """Whether readers see it, or will when its translator has looked it through."""
    return translation.visibility == Visibility.PUBLIC or translation.is_held


def _held(db: Session, source: Source) -> Source:
    """The source as it stands now, held for the length of the deed."""
    db.flush()
    database.hold(db, source.story)
    if source.text is not source.story:
        db.refresh(source.text)
    return sources.find(db, source.target, source.text.id)


def _hold(db: Session, translation: Translation) -> None:
    database.hold(db, translation)
    if translation.maker != Maker.HUMAN:
        raise Missing


def _require_open(db: Session, member: Member, source: Source, ready: Prepared) -> None:
    _require_whole(source, ready)
    sources.require_free(source)
    language = ready.words.language
    if language.startswith(UNKNOWN):
        raise Invalid(
            Problem("“%(tag)s” is not the tag of a language.", tag=language), "language"
        )
    if not source.text.language.startswith(UNKNOWN) and languages.understands(
        [language], source.text.language
    ):
        raise Invalid(Problem("The text is in this language already."), "language")
    also = source.text.also_language if isinstance(source.text, Response) else ""
    if language == also:
        problem = Problem("The company has said the same in this language itself.")
        raise Invalid(problem, "language")
    for other in db.scalars(_in_language(source, language)):
        if other.visibility == Visibility.PUBLIC:
            raise _taken()
        if other.translator_id == member.id:
            raise Forbidden(Problem("Your translation into this language is hidden."))


def _require_whole(source: Source, ready: Prepared) -> None:
    if source.target == Target.STORY and not ready.title:
        raise Invalid(Problem("Translate the title too."), "title")
    if source.target == Target.RESPONSE and len(ready.words.text) > MOST_REMARK:
        most = Problem.plural(
            "At most %(n)s character.", "At most %(n)s characters.", n=MOST_REMARK
        )
        raise Invalid(most, "text")


def _require_own(member: Member, translation: Translation) -> None:
    own = translation.translator_id in (None, member.id)
    permissions.require(own, Problem("Only its translator may do this."))
    permissions.require(stands(translation), Problem("This translation is hidden."))


def _in_language(source: Source, language: str) -> Select[Translation]:
    return select(Translation).where(
        Translation.target == source.target,
        Translation.target_id == source.text.id,
        Translation.language == language,
        Translation.maker == Maker.HUMAN,
    )


def _taken() -> Invalid:
    problem = Problem("There is a translation into this language already.")
    return Invalid(problem, "language")


def _columns(ready: Prepared) -> dict[str, object]:
    return {"title": ready.title, **ready.words.columns()}


def _follow(made: Translation, source: Source, ready: Prepared) -> None:
    """It says what the wording says that the translator had before them."""
    seen = min(ready.source_revision or source.revision, source.revision)
    made.source_revision = seen
    made.outdated_at = now() if seen < source.revision else None


def _stands(translation: Translation) -> tuple[str, str, int]:
    """What somebody has judged who has accepted or reviewed it."""
    return translation.title, translation.text, translation.source_revision


def _judged_no_more(translation: Translation) -> None:
    translation.reviewer_id = translation.reviewed_at = translation.accepted_at = None


def _accept_own(
    db: Session, member: Member, source: Source, translation: Translation
) -> None:
    """Whoever wrote the original need not accept their own translation of it."""
    if translation.outdated_at is None and sources.owns(db, member, source):
        translation.accepted_at = now()


def _show_or_hold(db: Session, source: Source, translation: Translation) -> None:
    """Whoever has had the newest wording before them has looked it through."""
    if sources.lost_names(db, source, translation.source_revision):
        unnaming.hold(db, translation)
    elif translation.is_held:
        sources.require_place(db, translation)
        unnaming.let_go(db, translation)


def _add(db: Session, made: Translation) -> None:
    try:
        with db.begin_nested():
            db.add(made)
    except IntegrityError as trouble:  # somebody else was faster
        raise _taken() from trouble


def _tell(db: Session, member: Member, source: Source, made: Translation) -> None:
    whom = sources.whom(db, source)
    if whom is not None and whom != member.id:
        outbox.letter(
            db,
            "translated",
            f"member:{whom}",
            story_id=source.story.id,
            translation_id=made.id,
        )


def _changed(db: Session, source: Source) -> None:
    """It can be found, and every page that shows the story may show it."""
    outbox.index(db, source.story.id)
    history.touch_lists(db, source.story)
