"""What others make of a translation: accepted by the author, reviewed by readers of
both languages, set aside by whoever wrote the original."""

from typing import NamedTuple

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
from stories.models import Member, Story, Translation, now
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.problems import Invalid, Missing, Overtaken, Problem
from stories.sources import Source

OTHER = Problem(
    "The translation or its original was changed since you opened the page. Read what"
    " it says now first."
)


class Seen(NamedTuple):
    """What somebody had before them who judges: the number of the translation's
    wording, and that of the original's wording which it translates."""

    wording: int
    original: int


def seen_now(db: Session, translation: Translation) -> Seen:
    """What somebody sees who looks at the translation now."""
    wording = sources.newest(db, Target.TRANSLATION, translation.id)
    return Seen(wording, translation.source_revision)


def accept(db: Session, owner: Member, translation: Translation, seen: Seen) -> None:
    """Whoever wrote the original says that this is what it says."""
    source = _held(db, translation)
    _require_owner(db, owner, source)
    _require_current(db, translation, seen)
    translation.accepted_at = translation.accepted_at or now()
    history.touch_lists(db, source.story)


def review(db: Session, reader: Member, translation: Translation, seen: Seen) -> None:
    """Somebody who reads both languages says that both say the same."""
    source = _held(db, translation)
    permissions.require_standing(reader)
    permissions.require(
        translation.translator_id != reader.id,
        Problem("Somebody else has to review your translation."),
    )
    permissions.require(
        reads_both(reader, source, translation),
        Problem("Say in your settings that you read both languages."),
    )
    _require_current(db, translation, seen)
    translation.reviewer_id, translation.reviewed_at = reader.id, now()
    history.touch_lists(db, source.story)


def set_aside(db: Session, owner: Member, translation: Translation) -> None:
    """Whoever wrote the original wants it not to be shown: it says something else."""
    source = _held(db, translation)
    _require_owner(db, owner, source)
    translation.visibility = Visibility.AUTHOR_ONLY
    _changed(db, source)


def put_back(db: Session, owner: Member, translation: Translation) -> None:
    """Show again what was set aside, unless another has taken its place."""
    source = _source(db, translation)
    _require_owner(db, owner, source)
    if translation.visibility != Visibility.AUTHOR_ONLY or translation.is_held:
        raise Invalid(Problem("This translation was not set aside."))
    sources.require_place(db, translation)
    translation.visibility = Visibility.PUBLIC
    _changed(db, source)


def confirm(db: Session, member: Member, translation: Translation, seen: Seen) -> None:
    """Its translator, or staff, have looked: nobody is named in what was kept back."""
    source = _source(db, translation)
    permissions.require_standing(member)
    permissions.require(may_confirm(member, translation))
    if seen != seen_now(db, translation):
        raise Overtaken(OTHER)
    sources.require_place(db, translation)
    unnaming.let_go(db, translation)
    _changed(db, source)


def may_confirm(member: Member | None, translation: Translation) -> bool:
    """Whether a translation waits for this member to look it through."""
    if member is None or not translation.is_held:
        return False
    return translation.translator_id == member.id or permissions.is_staff(member)


def reads_both(reader: Member, source: Source, translation: Translation) -> bool:
    """Whether the member says that they read the original's language and this one."""
    both = (source.text.language, translation.language)
    return all(languages.understands(reader.reads, tag) for tag in both)


def _held(db: Session, translation: Translation) -> Source:
    """What was translated, both held; Missing where readers do not see it."""
    source = _source(db, translation)
    if translation.visibility != Visibility.PUBLIC:
        raise Missing
    return source


def _source(db: Session, translation: Translation) -> Source:
    """The story is held first, as all do who change something of it."""
    db.flush()
    database.hold(db, db.get_one(Story, translation.story_id))
    database.hold(db, translation)
    if translation.maker != Maker.HUMAN:
        raise Missing
    return sources.of(db, translation)


def _require_owner(db: Session, owner: Member, source: Source) -> None:
    permissions.require_standing(owner)
    permissions.require(
        sources.owns(db, owner, source),
        Problem("Only whoever wrote the original may do this."),
    )


def _require_current(db: Session, translation: Translation, seen: Seen) -> None:
    """Raises Overtaken where they judge another wording than the present one."""
    if seen != seen_now(db, translation):
        raise Overtaken(OTHER)
    if translation.outdated_at is not None:
        raise Invalid(Problem("The original has changed since it was translated."))


def _changed(db: Session, source: Source) -> None:
    outbox.index(db, source.story.id)
    history.touch_lists(db, source.story)
