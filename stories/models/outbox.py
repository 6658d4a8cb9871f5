"""What must happen after a commit, and the site's own version."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base, Numbered, Versioned, now


class Errand(Numbered, Base):
    """One effect that a deed left for the worker: index a story, send a letter.

    `bulk` errands wait until the deeds of people are done. `key` says what the
    errand is about, so that many about the same can be done as one. An errand that
    failed too often has `dead_at` and is kept, and shown. Its number is never
    another's: a worker that was slow would end the wrong one.
    """

    __tablename__ = "errand"
    __table_args__ = (
        Index("ix_errand_due", "dead_at", "bulk", "due_at", "id"),
        {"sqlite_autoincrement": True},
    )

    task: Mapped[str]
    key: Mapped[str] = mapped_column(default="", index=True)
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bulk: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=now)
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")
    dead_at: Mapped[datetime | None]


class Site(Numbered, Versioned, Base):
    """The one row whose version every list of the whole site shows."""

    __tablename__ = "site"
