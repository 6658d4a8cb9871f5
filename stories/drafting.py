"""Drafts: the raw fields of a story as typed, kept until they are published."""

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from stories.models import Draft, Member, Story, now
from stories.permissions import owns
from stories.problems import Forbidden, Invalid, Missing, Overtaken, Problem

MOST_DRAFTS = 100
MOST_BYTES = 400_000
FORGOTTEN = timedelta(days=90)

Fields = dict[str, Any]


def save(
    db: Session, key: str | None, owner: Member | None, fields: Fields, version: int = 0
) -> Draft:
    """Save what was typed: as a new draft, or as the next version of a known one.

    `version` is the one that the fields were typed upon. Raises Overtaken, and
    overwrites nothing, where another tab has saved since.
    """
    _check_size(fields)
    if key is None:
        return begin(db, owner, fields)
    draft = find(db, key, owner)
    if draft.fields == fields and draft.version >= version:
        return draft  # the same again, from a tab that never heard the answer
    changes = {"fields": fields, "version": version + 1, "saved_at": now()}
    saved = db.scalar(
        update(Draft)
        .where(Draft.id == draft.id, Draft.version == version)
        .values(**changes)
        .returning(Draft.id)
        .execution_options(synchronize_session=False)
    )
    if saved is None:
        raise Overtaken(Problem("This draft was changed meanwhile in another place."))
    db.refresh(draft)
    return draft


def begin(db: Session, owner: Member | None, fields: Fields) -> Draft:
    """A new draft of a story, of a member or of a visitor who holds its key."""
    _check_size(fields)
    return _add(db, Draft(key=_key(), member_id=_id(db, owner), fields=fields))


def begin_amending(db: Session, owner: Member, story: Story, fields: Fields) -> Draft:
    """The draft in which a published story is amended: the one there is, or a new."""
    if not owns(owner, story):
        raise Forbidden
    there = db.scalar(
        select(Draft).where(Draft.member_id == owner.id, Draft.story_id == story.id)
    )
    if there is not None:
        return there
    _check_size(fields)
    draft = Draft(
        key=_key(), member_id=_id(db, owner), story_id=story.id, fields=fields
    )
    return _add(db, draft)


def rescue(db: Session, key: str, owner: Member | None, fields: Fields) -> Draft:
    """Another draft of the same story, where the one that is meant cannot be written
    to: the sign-in has expired, or the draft is gone."""
    rescued = begin(db, owner, fields)
    lost = db.execute(select(Draft.story_id, Draft.begun_at).where(Draft.key == key))
    rescued.story_id, rescued.begun_at = lost.first() or (None, rescued.begun_at)
    db.flush()
    return rescued


def find(db: Session, key: str, member: Member | None) -> Draft:
    """The draft with this secret key; a member's is there for that member only."""
    draft = db.scalar(select(Draft).where(Draft.key == key))
    if draft is None or draft.member_id not in (None, member.id if member else None):
        raise Missing
    return draft


def adopt(db: Session, member: Member, key: str) -> Draft:
    """A visitor's draft becomes the member's, who has just signed in."""
    draft = find(db, key, member)
    if draft.member_id is None:
        draft.member_id = member.id
        db.flush()
    return draft


def own(db: Session, member: Member) -> list[Draft]:
    """A member's drafts, the last one saved first."""
    mine = select(Draft).where(Draft.member_id == member.id)
    return list(db.scalars(mine.order_by(Draft.saved_at.desc(), Draft.id.desc())))


def remove(db: Session, key: str, member: Member | None) -> None:
    """Throw a draft away."""
    db.delete(find(db, key, member))
    db.flush()


def schedule(db: Session, member: Member, key: str, at: datetime) -> Draft:
    """Publish the draft of a new story by itself at a later moment."""
    draft = find(db, key, member)
    if draft.member_id is None or draft.story_id is not None:
        raise Forbidden
    if at <= now():
        raise Invalid(Problem("Choose a moment in the future."), "publish_at")
    draft.publish_at = at
    db.flush()
    return draft


def unschedule(db: Session, member: Member, key: str) -> Draft:
    """Do not publish the draft by itself after all."""
    draft = find(db, key, member)
    draft.publish_at = None
    db.flush()
    return draft


def forget_abandoned(db: Session) -> int:
    """Remove visitors' drafts that nobody has touched for 90 days; how many."""
    old = Draft.member_id.is_(None) & (Draft.saved_at < now() - FORGOTTEN)
    gone = db.scalars(delete(Draft).where(old).returning(Draft.id)).all()
    return len(gone)


def _add(db: Session, draft: Draft) -> Draft:
    db.add(draft)
    db.flush()
    return draft


def _key() -> str:
    return secrets.token_urlsafe(16)


def _id(db: Session, owner: Member | None) -> int | None:
    """The owner's id, if they may have one draft more."""
    if owner is None:
        return None
    mine = select(func.count()).where(Draft.member_id == owner.id)
    if (db.scalar(mine) or 0) >= MOST_DRAFTS:
        problem = Problem(
            "You have %(most)d drafts. Publish or delete one first.", most=MOST_DRAFTS
        )
        raise Invalid(problem)
    return owner.id


def _check_size(fields: Fields) -> None:
    size = len(json.dumps(fields, ensure_ascii=False).encode(errors="surrogatepass"))
    if size > MOST_BYTES:
        raise Invalid(Problem("This is too long for a draft."))
