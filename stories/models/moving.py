"""Stories that name the wrong company, and what staff did about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.codes import FlagState
from stories.models.companies import Company
from stories.models.stories import Story


class Misnaming(Numbered, Base):
    """A reader's report that a story means another company than it names.

    `other` is the right one, where it is known here; `meant` how the reader called it.
    Once staff have moved the story, `moved` holds what can be moved back.
    """

    __tablename__ = "misnaming"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    meant: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[FlagState] = mapped_column(default=FlagState.OPEN, index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    moved_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)

    story: Mapped[Story] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise", foreign_keys=[company_id])
    other: Mapped[Company | None] = relationship(lazy="raise", foreign_keys=[other_id])
