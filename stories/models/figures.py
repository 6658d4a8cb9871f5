"""What the figures of companies and products are read from: counts that are kept."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from stories.models.base import Base
from stories.models.codes import Measure

PATTERNS = text("span = 0 AND measure = 'issue'")
ENDED = text("span = 0 AND product_id = 0 AND measure = 'ended'")
"""What two small indexes hold; as plain words, for a database looks whether a question
asks for no more than that before it knows any values."""


class Figure(Base):
    """How much of one measure there is, for a company or a product of its.

    `product_id` is 0 for the company as a whole. `span` is 0 for all times, 1 for the
    year and 2 for the month that `start` numbers (months since the year 0). `weight`
    is the number with each case weighted by its day; `stories.counting` knows how.
    """

    __tablename__ = "figure"
    __table_args__ = (
        Index(
            "ix_figure_patterns",
            "company_id",
            "number",
            sqlite_where=PATTERNS,
            postgresql_where=PATTERNS,
        ),
        Index(
            "ix_figure_decided",
            "number",
            sqlite_where=ENDED,
            postgresql_where=ENDED,
        ),
        {"sqlite_with_rowid": False},
    )

    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id"), primary_key=True, autoincrement=False
    )
    product_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    span: Mapped[int] = mapped_column(
        SmallInteger, primary_key=True, autoincrement=False
    )
    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    measure: Mapped[Measure] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    weight: Mapped[int] = mapped_column(BigInteger)


class Counted(Base):
    """What a mention counts for at present: pieces of measure, code, day and number.

    So a change takes exactly as much off the figures as was once put there, also
    where the mention itself is gone.
    """

    __tablename__ = "counted"

    mention_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    products: Mapped[list[Any]] = mapped_column(JSON)
    pieces: Mapped[list[Any]] = mapped_column(JSON)
