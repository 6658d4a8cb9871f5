"""What others make of a translation: accepted by the author, reviewed by readers of
both languages, set aside by whoever wrote the original."""

from sqlalchemy.orm import Session

from stories import database, history, languages, outbox, permissions, sources
from stories.models import Member, Translation, now
from stories.models.codes import Visibility
from stories.models.translations import Maker
from stories.problems import Invalid, Missing, Problem
from stories.sources import Source


def accept(db: Session, owner: Member, translation: Translation) -> None:
    """Whoever wrote the original says that this is what it says."""
    source = _held(db, translation)
    _require_owner(db, owner, source)
    _require_current(translation)
    translation.accepted_at = translation.accepted_at or now()
    history.touch_lists(db, source.story)


def review(db: Session, reader: Member, translation: Translation) -> None:
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
    _require_current(translation)
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
    db.flush()
    database.hold(db, translation)
    source = sources.of(db, translation)
    _require_owner(db, owner, source)
    if translation.visibility != Visibility.AUTHOR_ONLY:
        raise Invalid(Problem("This translation was not set aside."))
    sources.require_place(db, translation)
    translation.visibility = Visibility.PUBLIC
    _changed(db, source)


def reads_both(reader: Member, source: Source, translation: Translation) -> bool:
    """Whether the member says that they read the original's language and this one."""
    both = (source.text.language, translation.language)
    return all(languages.understands(reader.reads, tag) for tag in both)


def _held(db: Session, translation: Translation) -> Source:
    db.flush()
    database.hold(db, translation)
    if translation.maker != Maker.HUMAN or translation.visibility != Visibility.PUBLIC:
        raise Missing
    return sources.of(db, translation)


def _require_owner(db: Session, owner: Member, source: Source) -> None:
    permissions.require_standing(owner)
    permissions.require(
        sources.owns(db, owner, source),
        Problem("Only whoever wrote the original may do this."),
    )


def _require_current(translation: Translation) -> None:
    if translation.outdated_at is not None:
        raise Invalid(Problem("The original has changed since it was translated."))


def _changed(db: Session, source: Source) -> None:
    outbox.index(db, source.story.id)
    history.touch_lists(db, source.story)
