"""Translations as they are typed, kept until they are published; only whoever types one
sees it."""

import json
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from stories.models import Member, Translation, TranslationDraft, now
from stories.models.codes import Target
from stories.problems import Invalid, Overtaken, Problem
from stories.sources import Source

MOST_DRAFTS = 100
MOST_BYTES = 400_000

Fields = dict[str, Any]


class Place(NamedTuple):
    """The text that is translated, or the translation that is changed."""

    story_id: int
    target: Target
    number: int


def of(source: Source) -> Place:
    """Where a new translation of a text is typed."""
    return Place(source.story.id, source.target, source.text.id)


def within(translation: Translation) -> Place:
    """Where the changes of a translation are typed."""
    return Place(translation.story_id, Target.TRANSLATION, translation.id)


def save(
    db: Session, member: Member, place: Place, fields: Fields, version: int
) -> TranslationDraft:
    """Save what was typed, upon the version that stood in the form; none is 0.

    Raises Overtaken, and overwrites nothing, where another tab has saved since.
    """
    _check_size(fields)
    there = find(db, member, place)
    if there is None:
        return _begun(db, member, place, fields)
    if there.fields == fields and there.version >= version:
        return there  # the same again, from a tab that never heard the answer
    saved = db.scalar(
        update(TranslationDraft)
        .where(TranslationDraft.id == there.id, TranslationDraft.version == version)
        .values(fields=fields, version=version + 1, saved_at=now())
        .returning(TranslationDraft.id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        raise Overtaken(Problem("This draft was changed meanwhile in another place."))
    db.refresh(there)
    return there


def find(db: Session, member: Member, place: Place) -> TranslationDraft | None:
    """What the member has typed there."""
    mine = TranslationDraft.member_id == member.id
    here = _of(place.target, place.number)
    return db.scalar(select(TranslationDraft).where(mine, here))


def own(db: Session, member: Member) -> list[TranslationDraft]:
    """All that a member has typed and not published, the last one saved first."""
    mine = select(TranslationDraft).where(TranslationDraft.member_id == member.id)
    newest = (TranslationDraft.saved_at.desc(), TranslationDraft.id.desc())
    loaded = joinedload(TranslationDraft.story)
    return list(db.scalars(mine.order_by(*newest).options(loaded)))


def discard(db: Session, member: Member, place: Place) -> None:
    """It is published, or nobody wants it any more."""
    mine = TranslationDraft.member_id == member.id
    here = _of(place.target, place.number)
    db.execute(delete(TranslationDraft).where(mine, here))


def forget(db: Session, target: Target, number: int) -> None:
    """What was translated is gone."""
    db.execute(delete(TranslationDraft).where(_of(target, number)))


def _of(target: Target, number: int) -> ColumnElement[bool]:
    of_it = TranslationDraft.target == target
    return of_it & (TranslationDraft.target_id == number)


def _begun(
    db: Session, member: Member, place: Place, fields: Fields
) -> TranslationDraft:
    mine = select(func.count()).where(TranslationDraft.member_id == member.id)
    if (db.scalar(mine) or 0) >= MOST_DRAFTS:
        problem = Problem(
            "You have %(most)d drafts. Publish or delete one first.", most=MOST_DRAFTS
        )
        raise Invalid(problem)
    made = TranslationDraft(
        member_id=member.id,
        story_id=place.story_id,
        target=place.target,
        target_id=place.number,
        fields=fields,
    )
    db.add(made)
    db.flush()
    return made


def _check_size(fields: Fields) -> None:
    size = len(json.dumps(fields, ensure_ascii=False).encode(errors="surrogatepass"))
    if size > MOST_BYTES:
        raise Invalid(Problem("This is too long for a draft."))
