"""Companies that are one: what readers report, what staff merged and can undo."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.codes import FlagState
from stories.models.companies import Company


class Duplicate(Numbered, Base):
    """A member's report that two companies are one."""

    __tablename__ = "duplicate"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[FlagState] = mapped_column(default=FlagState.OPEN, index=True)
    at: Mapped[datetime] = mapped_column(default=now)

    company: Mapped[Company] = relationship(lazy="raise", foreign_keys=[company_id])
    other: Mapped[Company] = relationship(lazy="raise", foreign_keys=[other_id])


class Merger(Numbered, Base):
    """One company that became part of another, and the rows that moved with it.

    `moved` holds row numbers by table; `sold` what became of products that both had:
    the number of the one that went, of the one that stayed, and the mentions moved;
    `followed` the same of follows: what they are of, both numbers, the follows moved,
    and member, how often and since when of those that were joined with another.
    """

    __tablename__ = "merger"

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    into_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    words: Mapped[str] = mapped_column(default="")
    moved: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sold: Mapped[list[Any]] = mapped_column(JSON, default=list)
    followed: Mapped[list[Any]] = mapped_column(
        JSON, default=list, server_default=text("'[]'")
    )
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    undone_at: Mapped[datetime | None]

    company: Mapped[Company] = relationship(lazy="raise", foreign_keys=[company_id])
    into: Mapped[Company] = relationship(lazy="raise", foreign_keys=[into_id])
