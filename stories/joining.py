"""Joining: a new member, confirmed or forgotten, and what members say of themselves."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from stories import history
from stories.entries.member import JoinEntry, ProfileEntry
from stories.models import Member
from stories.models.codes import Standing
from stories.problems import Invalid, Problem
from stories.text import fold, shape


def is_taken(db: Session, handle: str) -> bool:
    """Whether somebody has this handle, or one that looks the same."""
    alike = or_(
        Member.handle_folded == fold(handle), Member.handle_shape == shape(handle)
    )
    return db.scalar(select(Member.id).where(alike).limit(1)) is not None


def join(db: Session, entry: JoinEntry) -> Member:
    """A new member, seen by nobody until `confirm`.

    Raises Invalid where the handle is taken.
    """
    member = Member(
        handle=entry.handle,
        handle_folded=fold(entry.handle),
        handle_shape=shape(entry.handle),
        display_name=entry.display_name,
        language=entry.language,
        time_zone=entry.time_zone,
        standing=Standing.UNCONFIRMED,
    )
    try:
        with db.begin_nested():
            db.add(member)
    except IntegrityError as error:
        raise Invalid(handle_taken(), "handle") from error
    return member


def handle_taken() -> Problem:
    """What to tell somebody who wants a handle that is taken."""
    return Problem("Somebody has this handle, or one that looks like it.")


def confirm(db: Session, member: Member) -> None:
    """The member's address is theirs: they may write, and are seen."""
    if member.standing == Standing.UNCONFIRMED:
        member.standing = Standing.ACTIVE
        history.touch_member(db, member)


def unconfirmed(db: Session, before: datetime, most: int = 500) -> list[Member]:
    """Members who joined before then and never confirmed their address."""
    waiting = select(Member).where(
        Member.standing == Standing.UNCONFIRMED, Member.joined_at < before
    )
    return list(db.scalars(waiting.order_by(Member.id).limit(most)))


def amend(db: Session, member: Member, entry: ProfileEntry) -> None:
    """The member presents themselves anew."""
    member.display_name = entry.display_name
    member.about = entry.about
    member.language = entry.language
    member.reads = entry.reads
    member.time_zone = entry.time_zone
    db.flush()
    history.touch_member(db, member)
