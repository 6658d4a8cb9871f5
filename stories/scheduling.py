"""Drafts that publish themselves when their moment comes."""

from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import outbox, publishing
from stories.entries.story import StoryEntry
from stories.models import Draft, Member, Story, now
from stories.problems import Refused

Fields = dict[str, Any]
Read = Callable[[Member, Fields], StoryEntry | None]


def any_due(db: Session) -> bool:
    """Whether a draft's moment has come."""
    due = select(Draft.id).where(Draft.publish_at <= now())
    return db.scalar(due.limit(1)) is not None


def as_data(_author: Member, fields: Fields) -> StoryEntry | None:
    """The entry of fields that nobody typed into a form; None where they make none."""
    try:
        return StoryEntry.model_validate(fields)
    except ValidationError:
        return None


def publish_due(db: Session, read: Read = as_data) -> list[Story]:
    """Publish the drafts whose moment has come.

    `read` makes an entry of what an author typed, in the author's own language.

    What cannot be published stays a draft, and its author is told.
    """
    due = (
        select(Draft)
        .where(Draft.publish_at <= now(), Draft.member_id.is_not(None))
        .order_by(Draft.publish_at, Draft.id)
        .with_for_update(skip_locked=True)
    )
    published = [_publish(db, draft, read) for draft in db.scalars(due).all()]
    return [story for story in published if story is not None]


def _publish(db: Session, draft: Draft, read: Read) -> Story | None:
    author = db.get_one(Member, draft.member_id)
    entry = read(author, draft.fields)
    if entry is not None:
        try:
            with db.begin_nested():
                return publishing.publish(db, author, entry, draft)
        except Refused:
            pass  # the draft stays, as one that makes no entry
    draft.publish_at = None
    outbox.letter(db, "not_published", f"member:{author.id}", draft_id=draft.id)
    db.flush()
    return None
