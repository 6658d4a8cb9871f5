"""Private conversations between the author of a story and a company that it names."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import ELSEWHERE, Base, Numbered, Worded, now
from stories.models.codes import Party
from stories.models.companies import Company
from stories.models.stories import Story


class TalkState(StrEnum):
    """How far a private conversation has come; only the author opens one."""

    ASKED = "asked"
    OPEN = "open"
    REFUSED = "refused"
    ENDED = "ended"


class MessageState(StrEnum):
    """Whether the two sides can read a message. Nobody else ever can."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    TOMBSTONE = "tombstone"


class Talk(Numbered, Base):
    """A private conversation: who began it, and until when messages can be written.

    A company that asks for it says why in its first message. `author_wrote` and
    `company_wrote` are the last messages of each side, `author_read` and
    `company_read` those that each side has read of the other's.
    """

    __tablename__ = "talk"
    __table_args__ = (
        Index("ix_talk_story", "story_id", "company_id"),
        Index("ix_talk_company", "company_id", "state"),
        Index("ix_talk_ends", "state", "ends_at"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    by: Mapped[Party]
    state: Mapped[TalkState] = mapped_column(default=TalkState.ASKED)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    opened_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    author_wrote: Mapped[int] = mapped_column(default=0)
    company_wrote: Mapped[int] = mapped_column(default=0)
    author_read: Mapped[int] = mapped_column(default=0)
    company_read: Mapped[int] = mapped_column(default=0)

    story: Mapped[Story] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise")

    @property
    def last_day(self) -> date | None:
        """The day with which it ends by itself, when that is over everywhere."""
        if self.ends_at is None:
            return None
        return (self.ends_at - ELSEWHERE - timedelta(days=1)).date()

    @property
    def is_open(self) -> bool:
        """Whether messages can be written now."""
        begun = self.state == TalkState.OPEN
        return begun and self.ends_at is not None and self.ends_at > now()

    def is_new_to(self, side: Party) -> bool:
        """Whether something waits for this side to read, or to decide on."""
        if side == Party.COMPANY:
            return self.author_wrote > self.company_read
        asked = self.state == TalkState.ASKED
        return asked or self.company_wrote > self.author_read


class Message(Numbered, Worded, Base):
    """What one side wrote to the other; of a company's, who spoke is frozen into it."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_talk", "talk_id", "id"),)

    talk_id: Mapped[int] = mapped_column(ForeignKey("talk.id"))
    by: Mapped[Party]
    representative_id: Mapped[int | None] = mapped_column(
        ForeignKey("representative.id")
    )
    speaker: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    posted_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[MessageState] = mapped_column(default=MessageState.SHOWN)

    talk: Mapped[Talk] = relationship(lazy="raise")
