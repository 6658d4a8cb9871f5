"""Members: the public persons who write, read and represent, and what they keep."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base, Numbered, Versioned, now
from stories.models.codes import Standing
from stories.text import shape


def _shape_of_handle(context: DefaultExecutionContext) -> str:
    given = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return shape(str(given["handle"]))


class Member(Numbered, Versioned, Base):
    """A person with a handle. Their address and password are not known here.

    Handles differ to the eye: no two have one `handle_shape`.
    """

    __tablename__ = "member"

    handle: Mapped[str]
    handle_folded: Mapped[str] = mapped_column(unique=True)
    handle_shape: Mapped[str] = mapped_column(unique=True, default=_shape_of_handle)
    display_name: Mapped[str]
    about: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="en")
    reads: Mapped[list[str]] = mapped_column(default=list)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    standing: Mapped[Standing] = mapped_column(default=Standing.ACTIVE)
    staff: Mapped[bool] = mapped_column(default=False, server_default=false())
    joined_at: Mapped[datetime] = mapped_column(default=now)


class SavedSearch(Numbered, Base):
    """A search that a member keeps under a name; only they see it.

    `words` are those of its address, in their usual order, so that the same search is
    kept once.
    """

    __tablename__ = "saved_search"
    __table_args__ = (UniqueConstraint("member_id", "words"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    name: Mapped[str]
    words: Mapped[str]
    saved_at: Mapped[datetime] = mapped_column(default=now)
