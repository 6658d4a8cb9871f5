"""What companies answer, what authors answer them, and what readers remark."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, Versioned, Worded, now
from stories.models.codes import (
    AuthorRelation,
    ClaimState,
    CommentState,
    Method,
    OriginKind,
    Precision,
    ResponseKind,
    Visibility,
)
from stories.models.companies import Company
from stories.models.members import Member
from stories.models.speaking import Doubt, Finding, TeamRole, Verifier
from stories.models.stories import Story


class Representative(Numbered, Versioned, Base):
    """A person's right to speak for a company: asked for, proven, granted, ended.

    `method` is the way in which they want to prove it. `contact` is the opaque id of
    the address at work; `domain` is its domain, or the one that has to say `proof` in
    an entry or a file. `finding` is what the last look there brought, at `looked_at`;
    since `look_asked_at` one is due. A role under check has a `doubt`.
    """

    __tablename__ = "representative"
    __table_args__ = (
        Index("ix_representative_company", "company_id", "state"),
        Index("ix_representative_waiting", "state", "id"),
    )

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    name: Mapped[str]
    job_title: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[ClaimState] = mapped_column(default=ClaimState.ASKED)
    contact: Mapped[str | None]
    domain: Mapped[str | None]
    method: Mapped[Method] = mapped_column(default=Method.EMAIL, server_default="email")
    proof: Mapped[str] = mapped_column(default="", server_default="")
    team_role: Mapped[TeamRole] = mapped_column(
        default=TeamRole.OWNER, server_default="owner"
    )
    asked_at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    look_asked_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
    finding: Mapped[Finding | None]
    doubt: Mapped[Doubt | None]
    doubted_at: Mapped[datetime | None]

    member: Mapped[Member] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise")
    verifications: Mapped[list["Verification"]] = relationship(
        lazy="raise", order_by="Verification.verified_at"
    )


class Verification(Numbered, Base):
    """How, when and by whom a representative was verified, and until when.

    `reminded` is how many days before the end the last reminder went out. What a
    machine looks at was there at `seen_at`; since `missed_at` it is not.
    """

    __tablename__ = "verification"
    __table_args__ = (
        Index("ix_verification_expires", "expires_at"),
        Index("ix_verification_seen", "method", "seen_at"),
    )

    representative_id: Mapped[int] = mapped_column(
        ForeignKey("representative.id"), index=True
    )
    method: Mapped[Method]
    detail: Mapped[str] = mapped_column(default="")
    verifier: Mapped[Verifier] = mapped_column(default=Verifier.STAFF)
    verified_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    reminded: Mapped[int | None]
    seen_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]


class Response(Numbered, Worded, Base):
    """A company's official answer. Who spoke is frozen into it.

    `also_text` says the same in the language of the story, by the company. `closing`:
    the company's last statement on a case that the author has closed.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_story", "story_id", "posted_at"),
        Index("ix_response_company", "company_id", "posted_at"),
        Index("ix_response_newest", "posted_at"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    representative_id: Mapped[int | None] = mapped_column(
        ForeignKey("representative.id"), index=True
    )
    kind: Mapped[ResponseKind]
    closing: Mapped[bool] = mapped_column(default=False, server_default=false())
    also_text: Mapped[str] = mapped_column(default="", server_default="")
    also_html: Mapped[str] = mapped_column(default="", server_default="")
    also_language: Mapped[str] = mapped_column(default="und", server_default="und")
    speaker: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    company_name: Mapped[str]
    method: Mapped[Method | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[Verifier | None]
    verified_until: Mapped[date | None]
    origin: Mapped[OriginKind] = mapped_column(default=OriginKind.WRITTEN)
    posted_at: Mapped[datetime] = mapped_column(default=now)
    posted_precision: Mapped[Precision] = mapped_column(default=Precision.MINUTE)
    amended_at: Mapped[datetime | None]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)

    story: Mapped[Story] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise")

    @property
    def whole_text(self) -> str:
        """What its revisions keep: the text, and the same in the story's language."""
        return f"{self.text}\n\n{self.also_text}".strip()


class Rejoinder(Numbered, Worded, Base):
    """The author's answer to a company's response."""

    __tablename__ = "rejoinder"
    __table_args__ = (Index("ix_rejoinder_story", "story_id", "posted_at"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    response_id: Mapped[int | None] = mapped_column(ForeignKey("response.id"))
    posted_at: Mapped[datetime] = mapped_column(default=now)
    amended_at: Mapped[datetime | None]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)


class Comment(Numbered, Worded, Base):
    """A reader's remark under a story, by a member or by a guest.

    A guest has a name and `contact`, the opaque id of a confirmed address. A reply
    names the comment of the first level that it stands under.
    """

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_story", "story_id", "posted_at"),
        Index("ix_comment_author", "author_id", "posted_at"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    guest_name: Mapped[str | None]
    contact: Mapped[str | None] = mapped_column(index=True)
    relation: Mapped[AuthorRelation | None]
    state: Mapped[CommentState] = mapped_column(default=CommentState.PUBLIC)
    posted_at: Mapped[datetime] = mapped_column(default=now)
    amended_at: Mapped[datetime | None]

    author: Mapped[Member | None] = relationship(lazy="raise")
    story: Mapped[Story] = relationship(lazy="raise")
