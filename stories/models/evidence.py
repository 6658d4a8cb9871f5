"""Evidence: an author's files, private until their author says who sees them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base, Numbered, now
from stories.models.codes import Visibility


class FileKind(StrEnum):
    """What a file is, by its content."""

    PICTURE = "picture"
    PDF = "pdf"
    MAIL = "mail"
    TEXT = "text"


class Evidence(Numbered, Base):
    """One file of an author's, for a story and perhaps for one disputed fact.

    Files are named by their SHA-256: `original` as it was taken in, `covered` with the
    author's `boxes` (left, top, width, height in percent) burnt in, and a small copy of
    each. Where there is a covered one, nobody but the author sees the original, which
    they may erase. `companies` are those whose verified people may see it, `staff` says
    whether staff may, `withheld_at` when staff took it from readers.
    """

    __tablename__ = "evidence"
    __table_args__ = ({"sqlite_autoincrement": True},)
    """Reports name a picture by its number, which no other gets when it is gone."""

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    name: Mapped[str] = mapped_column(default="", server_default="")
    words: Mapped[str] = mapped_column(default="", server_default="")
    kind: Mapped[FileKind]
    suffix: Mapped[str]
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    boxes: Mapped[list[list[float]]] = mapped_column(default=list)
    original: Mapped[str | None]
    original_small: Mapped[str | None]
    covered: Mapped[str | None]
    covered_small: Mapped[str | None]
    staff: Mapped[bool] = mapped_column(default=False)
    companies: Mapped[list[int]] = mapped_column(default=list)
    added_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    withheld_at: Mapped[datetime | None]

    @property
    def shown(self) -> str:
        """The file that others than the author see, where they may."""
        return self.covered or self.original or ""

    @property
    def small(self) -> str:
        """The small copy of what others see; nothing where it is no picture."""
        return (self.covered_small if self.covered else self.original_small) or ""

    @property
    def text(self) -> str:
        """What its author says it shows."""
        return self.words

    @property
    def visibility(self) -> Visibility:
        """Who sees it, as for a text: what is not published is its author's, and of
        those whom they let see it."""
        if self.withheld_at is not None:
            return Visibility.HIDDEN
        return Visibility.PUBLIC if self.published_at else Visibility.AUTHOR_ONLY

    @property
    def is_public(self) -> bool:
        """Whether the author publishes it, and staff let it stand."""
        return self.published_at is not None and self.withheld_at is None

    @property
    def files(self) -> frozenset[str]:
        """The names of all its files."""
        named = (self.original, self.original_small, self.covered, self.covered_small)
        return frozenset(each for each in named if each)
