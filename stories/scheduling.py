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

Read = Callable[[dict[str, Any]], StoryEntry]


def publish_due(db: Session, read: Read = StoryEntry.model_validate) -> list[Story]:
    """Publish the drafts whose moment has come. `read` makes an entry of raw fields.

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
    try:
        with db.begin_nested():
            return publishing.publish(db, author, read(draft.fields), draft)
    except (Refused, ValidationError):
        draft.publish_at = None
        to = f"member:{author.id}"
        outbox.letter(db, "not_published", to, draft_id=draft.id)
        db.flush()
        return None
