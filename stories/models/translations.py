"""Texts said in other languages, by members and by machines."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, Worded, now
from stories.models.codes import Target, Visibility
from stories.models.members import Member
from stories.models.stories import Story


class Maker(StrEnum):
    """Who translated a text."""

    HUMAN = "human"
    MACHINE = "machine"


SHOWN = text("visibility = 'public'")


class Translation(Numbered, Worded, Base):
    """A story, an update or a company's answer, said in another language.

    `source_revision` is the wording that was translated; since `outdated_at` the
    original says something else. The original's author may have accepted it, somebody
    who reads both languages reviewed it, both of them as it stands. Of a machine's,
    `engine` is the name. Since `held_at` it may say, in a form of this language, a name
    that its original says no longer: nobody is shown it before somebody has looked.
    """

    __tablename__ = "translation"
    __table_args__ = (
        Index(
            "uq_translation_shown",
            *("target", "target_id", "language", "maker"),
            unique=True,
            sqlite_where=SHOWN,
            postgresql_where=SHOWN,
        ),
        Index("ix_translation_story", "story_id", "maker", "visibility"),
        Index("ix_translation_translator_id", "translator_id"),
        {"sqlite_autoincrement": True},
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    target: Mapped[Target]
    target_id: Mapped[int]
    maker: Mapped[Maker] = mapped_column(default=Maker.HUMAN)
    engine: Mapped[str] = mapped_column(default="", server_default="")
    title: Mapped[str] = mapped_column(default="", server_default="")
    translator_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    source_revision: Mapped[int]
    posted_at: Mapped[datetime] = mapped_column(default=now)
    amended_at: Mapped[datetime | None]
    outdated_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    reviewed_at: Mapped[datetime | None]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    held_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship(lazy="raise")
    translator: Mapped[Member | None] = relationship(
        lazy="raise", foreign_keys=[translator_id]
    )
    reviewer: Mapped[Member | None] = relationship(
        lazy="raise", foreign_keys=[reviewer_id]
    )

    @property
    def is_held(self) -> bool:
        """Whether its translator, or staff, have to look for a name first."""
        kept_back = self.visibility == Visibility.AUTHOR_ONLY
        return kept_back and self.held_at is not None


class TranslationDraft(Numbered, Base):
    """A translation as its translator has typed it, valid or not: one member's of one
    text, or (`target` translation) what they change in a translation of theirs.

    `version` grows with each save, so that two tabs are told of each other.
    """

    __tablename__ = "translation_draft"
    __table_args__ = (UniqueConstraint("member_id", "target", "target_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    target: Mapped[Target]
    target_id: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    saved_at: Mapped[datetime] = mapped_column(default=now)

    story: Mapped[Story] = relationship(lazy="raise")
