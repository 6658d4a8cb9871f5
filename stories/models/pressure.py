"""Pressure to have stories taken down: what authors disclose, and what floods staff."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.codes import FlagState, Precision
from stories.models.companies import Company
from stories.models.stories import Story


class PressureKind(StrEnum):
    """How an author is pressed to take a story down, or to change it."""

    THREAT = "threat"
    GAG_CLAUSE = "gag_clause"
    MONEY = "money"


class Pressure(Numbered, Base):
    """An author's word that a company pressed them; private until staff agree.

    `at` is when it happened; `decided_at` is the date of the public notice.
    """

    __tablename__ = "pressure"
    __table_args__ = (
        Index("ix_pressure_waiting", "state", "id"),
        Index("ix_pressure_company", "company_id", "state"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    kind: Mapped[PressureKind]
    at: Mapped[datetime | None]
    precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    words: Mapped[str] = mapped_column(default="", server_default="")
    told_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[FlagState] = mapped_column(default=FlagState.OPEN)
    decided_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise")


class Alarm(Numbered, Base):
    """A company reports so many texts within an hour that staff have to know.

    `number` is the most that came within one hour; `seen_at` ends it.
    """

    __tablename__ = "alarm"
    __table_args__ = (Index("ix_alarm_ringing", "seen_at", "id"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    number: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]

    company: Mapped[Company] = relationship(lazy="raise")
