"""What befell many customers at once: a recall, an outage."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, Versioned, now
from stories.models.companies import Company

incident_story = Table(
    "incident_story",
    Base.metadata,
    Column("incident_id", ForeignKey("incident.id"), primary_key=True),
    Column("story_id", ForeignKey("story.id"), primary_key=True, index=True),
)


class IncidentKind(StrEnum):
    """What befell many customers at once."""

    RECALL = "recall"
    OUTAGE = "outage"
    DATA_BREACH = "data_breach"
    INSOLVENCY = "insolvency"
    OTHER = "other"


class Incident(Numbered, Versioned, Base):
    """One event at a company that ties many stories together, opened by staff."""

    __tablename__ = "incident"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    kind: Mapped[IncidentKind]
    title: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    source_address: Mapped[str | None]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(default=now)

    company: Mapped[Company] = relationship(lazy="raise")
