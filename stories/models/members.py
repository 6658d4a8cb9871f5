"""Members: the public persons who write, read and represent."""

from datetime import datetime

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base, Numbered, Versioned, now
from stories.models.codes import Standing


class Member(Numbered, Versioned, Base):
    """A person with a handle. Their address and password are not known here."""

    __tablename__ = "member"

    handle: Mapped[str]
    handle_folded: Mapped[str] = mapped_column(unique=True)
    display_name: Mapped[str]
    about: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="en")
    reads: Mapped[list[str]] = mapped_column(default=list)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    standing: Mapped[Standing] = mapped_column(default=Standing.ACTIVE)
    staff: Mapped[bool] = mapped_column(default=False, server_default=false())
    joined_at: Mapped[datetime] = mapped_column(default=now)
