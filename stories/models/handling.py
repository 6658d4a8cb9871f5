"""How a company's team works at its desk. Nothing of this is ever public."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.codes import ResponseKind
from stories.models.conversation import Representative


class Handling(Numbered, Base):
    """Who of a company's team deals with a story, and since when it has been seen. The
    mention says so, too (`stories.desks`)."""

    __tablename__ = "handling"
    __table_args__ = (
        UniqueConstraint("story_id", "company_id"),
        Index("ix_handling_assigned", "company_id", "assigned_id", "story_id"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    assigned_id: Mapped[int | None] = mapped_column(
        ForeignKey("representative.id"), index=True
    )
    seen_at: Mapped[datetime | None]

    assigned: Mapped[Representative | None] = relationship(lazy="raise")


class DeskNote(Numbered, Base):
    """What somebody of the team noted of a story, for the team alone.

    The name is kept as it was, so that it is known when its writer has left.
    """

    __tablename__ = "desk_note"
    __table_args__ = (Index("ix_desk_note_story", "company_id", "story_id", "at"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    representative_id: Mapped[int | None] = mapped_column(
        ForeignKey("representative.id"), index=True
    )
    name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)


class DeskView(Numbered, Base):
    """A choice of stories that a representative looks at again: the words of an
    address."""

    __tablename__ = "desk_view"
    __table_args__ = (UniqueConstraint("representative_id", "name"),)

    representative_id: Mapped[int] = mapped_column(ForeignKey("representative.id"))
    name: Mapped[str]
    words: Mapped[str]


class ReplyTemplate(Numbered, Base):
    """Words that a company's team often answers with, in one language.

    The text may hold places such as `{author}`, filled in when it is taken.
    """

    __tablename__ = "reply_template"
    __table_args__ = (Index("ix_reply_template_company", "company_id", "name"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    name: Mapped[str]
    language: Mapped[str]
    kind: Mapped[ResponseKind | None]
    text: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(default=now)


class Scope(StrEnum):
    """What a token of the API may do."""

    DESK_READ = "desk:read"
    RESPONSES_WRITE = "responses:write"


class ApiToken(Numbered, Base):
    """What lets a program do for somebody what they may do for a company, and no more.

    Of the token itself only a digest is kept, and its beginning to tell it by. It ends
    with the role, whatever its own last day.
    """

    __tablename__ = "api_token"

    representative_id: Mapped[int] = mapped_column(
        ForeignKey("representative.id"), index=True
    )
    name: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    beginning: Mapped[str]
    scopes: Mapped[list[str]]
    made_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    representative: Mapped[Representative] = relationship(lazy="raise")
