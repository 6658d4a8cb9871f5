"""The timeline and the public log: one dated line per deed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from stories.models import (
    Company,
    Decision,
    Member,
    Mention,
    Product,
    Revision,
    Site,
    Story,
    TimelineEntry,
    Update,
    mention_product,
    now,
)
from stories.models.codes import FlagReason, Happening, StaffDeed, Target

SITE = 1


def note(
    db: Session,
    story: Story,
    happening: Happening,
    by: str,
    *,
    at: datetime | None = None,
    company_id: int | None = None,
    **details: Any,
) -> TimelineEntry:
    """Add a line to the story's timeline. `by` is author, company, staff or site."""
    line = TimelineEntry(
        story_id=story.id,
        company_id=company_id,
        happening=happening,
        by=by,
        at=at or now(),
        details=details,
    )
    db.add(line)
    return line


def touch(db: Session, story: Story, at: datetime | None = None) -> None:
    """Something about the story changed: every page that shows it is stale.

    Bumps, in SQL, the story, its companies and products, its author and the site.
    With `at`, it is also the story's last activity.
    """
    db.flush()
    _bump(db, Story, Story.id == story.id)
    named = select(Mention.company_id).where(Mention.story_id == story.id)
    _bump(db, Company, Company.id.in_(named))
    bought = (
        select(mention_product.c.product_id)
        .join(Mention, Mention.id == mention_product.c.mention_id)
        .where(Mention.story_id == story.id)
    )
    _bump(db, Product, Product.id.in_(bought))
    if story.author_id is not None:
        _bump(db, Member, Member.id == story.author_id)
    touch_site(db)
    if at is not None and at > story.last_activity_at:
        story.last_activity_at = at


def touch_quietly(db: Session, story: Story) -> None:
    """Only the story's own page changed: a comment, a count."""
    _bump(db, Story, Story.id == story.id)


def touch_site(db: Session) -> None:
    """The lists of the whole site changed."""
    _bump(db, Site, Site.id == SITE)


def touch_company(db: Session, company_id: int) -> None:
    """A company's page changed, and the stories that show its name."""
    _bump(db, Company, Company.id == company_id)
    told = select(Mention.story_id).where(Mention.company_id == company_id)
    _bump(db, Story, Story.id.in_(told))
    touch_site(db)


def touch_member(db: Session, member: Member) -> None:
    """A member's name changed: their page, and the stories that show it."""
    _bump(db, Member, Member.id == member.id)
    _bump(db, Story, Story.author_id == member.id)
    touch_site(db)


def _bump(db: Session, table: Any, condition: Any) -> None:
    db.execute(
        update(table)
        .where(condition)
        .values(version=table.version + 1)
        .execution_options(synchronize_session=False)
    )


def decide(
    db: Session,
    staff: Member | None,
    deed: StaffDeed,
    subject: Any,
    *,
    words: str = "",
    reason: FlagReason | None = None,
    story_id: int | None = None,
    snapshot: str = "",
) -> Decision:
    """Write an act of the staff into the public log (None: by command)."""
    decision = Decision(
        deed=deed,
        subject=subject.__tablename__,
        subject_id=subject.id,
        story_id=story_id,
        staff_id=staff.id if staff else None,
        reason=reason,
        words=words,
        snapshot=snapshot,
    )
    db.add(decision)
    db.flush()
    touch_site(db)
    return decision


def keep_revision(db: Session, target: Target, text: Any, why: str = "") -> Revision:
    """Keep the present wording of a text as its next revision, numbered from 1."""
    last = db.scalar(
        select(Revision.number)
        .where(Revision.target == target, Revision.target_id == text.id)
        .order_by(Revision.number.desc())
        .limit(1)
    )
    revision = Revision(
        target=target,
        target_id=text.id,
        number=(last or 0) + 1,
        title=getattr(text, "title", ""),
        text=text.text,
        language=text.language,
        why=why,
    )
    db.add(revision)
    return revision


def forget_revisions(db: Session, target: Target, target_id: int) -> None:
    """The text is gone for good, and every earlier wording with it."""
    db.execute(
        delete(Revision).where(
            Revision.target == target, Revision.target_id == target_id
        )
    )


def revisions_of(story: Story, updates: Iterable[Update]) -> Select[Revision]:
    """All wordings that the author gave the story and its updates."""
    ids = [each.id for each in updates]
    return select(Revision).where(
        or_(
            (Revision.target == Target.STORY) & (Revision.target_id == story.id),
            (Revision.target == Target.UPDATE) & Revision.target_id.in_(ids),
        )
    )
