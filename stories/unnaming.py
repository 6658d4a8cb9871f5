"""Names taken out of what was published: out of every wording of a text, and of what
others have said of it in other languages.

There a name may stand in a form that cannot be found: inflected, or in other letters. A
translation that says it less often than its original did is kept from readers until its
translator, or staff, have looked it through.
"""

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from stories import history, outbox
from stories.models import (
    Dispute,
    Evidence,
    Flag,
    Revision,
    Story,
    Translation,
    Update,
    now,
)
from stories.models.codes import FlagReason, FlagState, Target, Visibility
from stories.models.translations import Maker
from stories.text import named
from stories.wording import Masks, without, worded

Often = dict[str, int]
"""How often a name was said."""


def out_of_story(db: Session, story: Story, before: str, hidden: Masks) -> bool:
    """Out of earlier wordings (`before` was the last), of updates, of passages that are
    quoted, of what is said of evidence, of translations. Whether any name stood in the
    story itself."""
    if not hidden:
        return False
    updates = select(Update).where(Update.story_id == story.id)
    for update in db.scalars(updates.order_by(Update.id)).all():
        _out_of_words(db, update, hidden)
    quotes = select(Dispute).where(Dispute.story_id == story.id)
    for dispute in db.scalars(quotes).all():
        dispute.fact = without(dispute.fact, hidden)
        dispute.why = without(dispute.why, hidden)
    for shown in db.scalars(select(Evidence).where(Evidence.story_id == story.id)):
        shown.words = without(shown.words, hidden)
    return _out_of(db, Target.STORY, story.id, before, hidden)


def out_of_update(db: Session, update: Update, before: str, hidden: Masks) -> bool:
    """Out of an update's earlier wordings and translations. Whether any was there."""
    return bool(hidden) and _out_of(db, Target.UPDATE, update.id, before, hidden)


def out_of_revisions(
    db: Session, target: Target, target_id: int, hidden: Masks
) -> list[Revision]:
    """Out of all wordings of one text."""
    kept = list(db.scalars(_wordings(target, target_id))) if hidden else []
    for each in kept:
        each.title = without(each.title, hidden)
        each.text = without(each.text, hidden)
        each.why = without(each.why, hidden)
    return kept


def mark(db: Session, target: Target, target_id: int) -> None:
    """Who has begun to translate an earlier wording than the newest saw a name."""
    newest = _wordings(target, target_id).order_by(Revision.number.desc()).limit(1)
    for each in db.scalars(newest):
        each.unnamed = True


def hold(db: Session, translation: Translation) -> None:
    """Keep a translation from readers; its translator and staff are asked to look."""
    shown = translation.visibility == Visibility.PUBLIC
    if shown or translation.visibility == Visibility.HIDDEN:
        translation.held_at = now()
    if not shown:
        return
    translation.visibility = Visibility.AUTHOR_ONLY
    if translation.translator_id is not None:
        outbox.letter(
            db,
            "translation_held",
            f"member:{translation.translator_id}",
            story_id=translation.story_id,
            translation_id=translation.id,
        )
    db.add(
        Flag(
            target=Target.TRANSLATION,
            target_id=translation.id,
            story_id=translation.story_id,
            reason=FlagReason.DATA_PROTECTION_AND_PRIVACY_VIOLATIONS,
            snapshot=translation.text,
        )
    )


def let_go(db: Session, translation: Translation) -> None:
    """Somebody has looked: it is shown as it stands, and its earlier wordings, through
    which nobody has looked, are forgotten."""
    translation.visibility, translation.held_at = Visibility.PUBLIC, None
    about = (Flag.target == Target.TRANSLATION) & (Flag.target_id == translation.id)
    ours = about & Flag.member_id.is_(None) & (Flag.words == "")
    db.execute(delete(Flag).where(ours, Flag.state == FlagState.OPEN))
    db.flush()
    _, *earlier = db.scalars(
        _wordings(Target.TRANSLATION, translation.id).order_by(Revision.number.desc())
    )
    for each in earlier:
        db.delete(each)


def _out_of_words(db: Session, update: Update, hidden: Masks) -> None:
    before, text = update.text, without(update.text, hidden)
    found = _out_of(db, Target.UPDATE, update.id, before, hidden)
    if text != before:
        for name, value in worded(text, update.language).columns().items():
            setattr(update, name, value)
        history.keep_revision(db, Target.UPDATE, update)
    if found:
        db.flush()
        mark(db, Target.UPDATE, update.id)


def _out_of(
    db: Session, target: Target, target_id: int, before: str, hidden: Masks
) -> bool:
    kept = db.scalars(_wordings(target, target_id))
    wordings = [before, *(f"{each.title}\n{each.text}" for each in kept)]
    often = {name: max(named(each, name) for each in wordings) for name, _ in hidden}
    out_of_revisions(db, target, target_id, hidden)
    made = select(Translation).where(
        Translation.target == target, Translation.target_id == target_id
    )
    for each in db.scalars(made).all():
        _out_of_translation(db, each, hidden, often)
    return any(often.values())


def _out_of_translation(
    db: Session, translation: Translation, hidden: Masks, often: Often
) -> None:
    if translation.maker == Maker.MACHINE:  # it is asked anew
        db.delete(translation)
        return
    title, text = translation.title, translation.text
    words = f"{title}\n{text}"
    unfound = any(named(words, name) < number for name, number in often.items())
    translation.title, fresh = without(title, hidden), without(text, hidden)
    if fresh != text:
        for name, value in worded(fresh, translation.language).columns().items():
            setattr(translation, name, value)
    out_of_revisions(db, Target.TRANSLATION, translation.id, hidden)
    if unfound:
        hold(db, translation)


def _wordings(target: Target, target_id: int) -> Select[Revision]:
    return select(Revision).where(
        Revision.target == target, Revision.target_id == target_id
    )
