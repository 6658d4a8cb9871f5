"""Flags, decisions of the staff, and claims to imported stories."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.codes import ClaimState, FlagReason, FlagState, StaffDeed, Target
from stories.models.members import Member
from stories.models.stories import Story


class Decision(Numbered, Base):
    """One act of the staff: a line of the public log, which leaves out who.

    `subject` names the table of what was decided upon, `subject_id` its row;
    `snapshot` is the text as it stood.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_subject", "subject", "subject_id"),)

    deed: Mapped[StaffDeed]
    subject: Mapped[str]
    subject_id: Mapped[int]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    reason: Mapped[FlagReason | None]
    words: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now, index=True)


class Flag(Numbered, Base):
    """A person's report that a text breaks a rule; `company_id` where they reported it
    as somebody verified for a company that the story names."""

    __tablename__ = "flag"
    __table_args__ = (
        Index("ix_flag_open", "state", "at"),
        Index("ix_flag_target", "target", "target_id"),
        Index("ix_flag_company", "company_id", "at"),
    )

    target: Mapped[Target]
    target_id: Mapped[int]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    reason: Mapped[FlagReason]
    words: Mapped[str] = mapped_column(default="")
    snapshot: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[FlagState] = mapped_column(default=FlagState.OPEN)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    story: Mapped[Story] = relationship(lazy="raise")


class StoryClaim(Numbered, Base):
    """A member says that an imported story is theirs.

    `token` is to be placed on the page of the source, or `words` convince staff.
    """

    __tablename__ = "story_claim"
    __table_args__ = (Index("ix_story_claim_waiting", "state", "id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    token: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.ASKED)
    reason: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship(lazy="raise")
    member: Mapped[Member] = relationship(lazy="raise")
