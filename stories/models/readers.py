"""What readers add to a story beside comments, and what they are warned of."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, Worded, now
from stories.models.codes import Outcome, Visibility
from stories.models.companies import Company, Product
from stories.models.stories import Story


class Question(StrEnum):
    """What an author asks readers to judge."""

    PAID = "paid"
    FAIR = "fair"
    ENOUGH = "enough"
    ACCEPT = "accept"
    OWN = "own"


class Answer(StrEnum):
    """What a reader thinks."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Concern(StrEnum):
    """What readers of a story, or about a company, are warned of."""

    UNDER_CHECK = "under_check"
    AUTHOR_CONTACTED = "author_contacted"
    PRESSURE = "pressure"


class Corroboration(Numbered, Worded, Base):
    """A reader's "it happened to me too", with their own facts, one for each story.

    It is counted apart from stories and shown without a name.
    """

    __tablename__ = "corroboration"
    __table_args__ = (
        UniqueConstraint("story_id", "member_id"),
        Index("ix_corroboration_company", "company_id", "visibility"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    year: Mapped[int | None]
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.OPEN)
    posted_at: Mapped[datetime] = mapped_column(default=now)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)

    story: Mapped[Story] = relationship(lazy="raise")
    company: Mapped[Company] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")


class Poll(Numbered, Base):
    """What an author asks readers to judge about their story, and the counts.

    `words` are the author's own question, where it is none of the list.
    """

    __tablename__ = "poll"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), unique=True)
    question: Mapped[Question]
    words: Mapped[str] = mapped_column(default="", server_default="")
    opened_at: Mapped[datetime] = mapped_column(default=now)
    closed_at: Mapped[datetime | None]
    yes: Mapped[int] = mapped_column(default=0, server_default="0")
    no: Mapped[int] = mapped_column(default=0, server_default="0")
    unsure: Mapped[int] = mapped_column(default=0, server_default="0")


class Vote(Base):
    """How a member judged; only the counts are public."""

    __tablename__ = "vote"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(
        ForeignKey("member.id"), primary_key=True, index=True
    )
    answer: Mapped[Answer]
    at: Mapped[datetime] = mapped_column(default=now)


class Caution(Numbered, Base):
    """A warning above a story or about a company: what there is to know, and since
    when. It stays in the record when it has ended."""

    __tablename__ = "caution"
    __table_args__ = (
        Index("ix_caution_story", "story_id", "ended_at"),
        Index("ix_caution_company", "company_id", "ended_at"),
    )

    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    concern: Mapped[Concern]
    by: Mapped[str]
    words: Mapped[str] = mapped_column(default="", server_default="")
    since: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
