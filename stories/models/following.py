"""What members follow, and when they are told of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base, Numbered, now


class Followed(StrEnum):
    """What can be followed."""

    STORY = "story"
    COMPANY = "company"
    PRODUCT = "product"
    SEARCH = "search"


class Often(StrEnum):
    """How soon a follower is told of something new."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


class Follow(Numbered, Base):
    """A member wants to be told what is new about a story, a company, a product or a
    search; `number` is that of its row. Its own number is never another's: a merger
    that is undone takes back just what it moved."""

    __tablename__ = "follow"
    __table_args__ = (
        UniqueConstraint("member_id", "what", "number"),
        Index("ix_follow_tell", "what", "number", "often", "member_id"),
        {"sqlite_autoincrement": True},
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    what: Mapped[Followed]
    number: Mapped[int]
    often: Mapped[Often]
    since: Mapped[datetime] = mapped_column(default=now)


class Digest(Base):
    """How far a member has been told by the daily or the weekly letter, and when the
    next one is due."""

    __tablename__ = "digest"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    often: Mapped[Often] = mapped_column(primary_key=True)
    told_until: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(index=True)
