"""Stories, what they mention, and how their texts grow."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories import licence
from stories.models.base import Base, Moment, Numbered, Versioned, Worded, now
from stories.models.codes import (
    Again,
    AuthorRelation,
    CaseState,
    ClosedWhy,
    Happening,
    IssueType,
    Kind,
    MentionRole,
    OriginKind,
    Outcome,
    Precision,
    Target,
    Visibility,
)
from stories.models.companies import Company, Product
from stories.models.facts import (
    Amount,
    Contact,
    Dispute,
    Letter,
    Offer,
    Point,
    Promise,
    Quotation,
)
from stories.models.members import Member
from stories.models.pace import PACED, paced


class Series(Numbered, Base):
    """One story told in several posts, in order."""

    __tablename__ = "series"

    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)

    stories: Mapped[list["Story"]] = relationship(
        lazy="raise", order_by="Story.part", back_populates="series"
    )
    elsewhere: Mapped[list["PartElsewhere"]] = relationship(
        lazy="raise", order_by="PartElsewhere.part"
    )


class PartElsewhere(Numbered, Base):
    """A part of a series that is not here: its place is kept."""

    __tablename__ = "part_elsewhere"
    __table_args__ = (UniqueConstraint("series_id", "part"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    part: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    address: Mapped[str | None]


class Story(Numbered, Versioned, Worded, Base):
    """A customer's long account of how one or more companies treated them.

    The evaluation (grade 0–10, would buy again) is the author's verdict on the
    handling. `happened_at` is the date of the experience, `first_published_at`
    that of an earlier publication elsewhere, `published_at` that of this one.
    """

    __tablename__ = "story"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index("ix_story_newest", "visibility", "published_at", "id"),
        Index("ix_story_active", "visibility", "last_activity_at", "id"),
        Index("ix_story_author", "author_id", "published_at"),
        Index("ix_story_private_reference", "private_reference"),
    )

    title: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    author_name: Mapped[str | None]
    kind: Mapped[Kind]
    author_relation: Mapped[AuthorRelation] = mapped_column(default=AuthorRelation.OWN)
    disclosure: Mapped[str] = mapped_column(default="")
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    revision: Mapped[int] = mapped_column(default=1, server_default="1")

    origin: Mapped[OriginKind] = mapped_column(default=OriginKind.WRITTEN)
    source: Mapped[str | None]
    source_id: Mapped[str | None]
    source_address: Mapped[str | None]
    source_licence: Mapped[str | None]
    claimed_at: Mapped[datetime | None]

    happened_at: Mapped[datetime | None]
    happened_precision: Mapped[Precision] = mapped_column(default=Precision.UNKNOWN)
    first_published_at: Mapped[datetime | None]
    first_published_precision: Mapped[Precision] = mapped_column(
        default=Precision.UNKNOWN
    )
    published_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime] = mapped_column(default=now)

    outcome: Mapped[Outcome] = mapped_column(default=Outcome.OPEN)
    outcome_at: Mapped[datetime | None]
    grade: Mapped[int | None]
    would_buy_again: Mapped[Again | None]
    evaluated_at: Mapped[datetime | None]
    remedy_sought: Mapped[str] = mapped_column(default="")
    remedy_received: Mapped[str] = mapped_column(default="")
    private_reference: Mapped[str] = mapped_column(default="")
    effort_minutes: Mapped[int | None]

    series_id: Mapped[int | None] = mapped_column(ForeignKey("series.id"), index=True)
    part: Mapped[int | None]

    comments_closed_at: Mapped[datetime | None]
    comments_closed_why: Mapped[ClosedWhy | None]
    comment_count: Mapped[int] = mapped_column(default=0, server_default="0")
    response_count: Mapped[int] = mapped_column(default=0, server_default="0")

    author: Mapped[Member | None] = relationship(lazy="raise")
    series: Mapped[Series | None] = relationship(lazy="raise", back_populates="stories")
    mentions: Mapped[list["Mention"]] = relationship(
        lazy="raise", order_by="Mention.position", back_populates="story"
    )
    issues: Mapped[list["StoryIssue"]] = relationship(lazy="raise")
    contacts: Mapped[list[Contact]] = relationship(
        lazy="raise", order_by=Contact.position
    )
    promises: Mapped[list[Promise]] = relationship(
        lazy="raise", order_by=Promise.position
    )
    amounts: Mapped[list[Amount]] = relationship(lazy="raise", order_by=Amount.position)
    offers: Mapped[list[Offer]] = relationship(lazy="raise", order_by=Offer.position)
    points: Mapped[list[Point]] = relationship(lazy="raise", order_by=Point.position)
    letters: Mapped[list[Letter]] = relationship(lazy="raise", order_by=Letter.position)
    quotations: Mapped[list[Quotation]] = relationship(
        lazy="raise", order_by=Quotation.position
    )
    disputes: Mapped[list[Dispute]] = relationship(
        lazy="raise", order_by=Dispute.position
    )
    updates: Mapped[list["Update"]] = relationship(
        lazy="raise", order_by="Update.happened_at, Update.id"
    )

    @property
    def licence(self) -> str | None:
        """The one of its author, or of its source, if that names one (rule 18)."""
        if self.origin == OriginKind.IMPORTED and self.claimed_at is None:
            return self.source_licence
        return licence.NAME


class Invited(Numbered, Base):
    """A story that was written on the invitation of a company that it is about."""

    __tablename__ = "invited"

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), unique=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)


class StoryIssue(Base):
    """What went wrong in a story, from the list of issue types."""

    __tablename__ = "story_issue"
    __table_args__ = (Index("ix_story_issue_issue", "issue", "story_id"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), primary_key=True)
    issue: Mapped[IssueType] = mapped_column(primary_key=True)


def _of_its(whole: str, name: str) -> Callable[[Any], Any]:
    """What the row says that a new one belongs to, for the new one to say it too."""

    def found(context: Any) -> Any:
        table = Base.metadata.tables[whole]
        number = context.get_current_parameters()[f"{whole}_id"]
        return context.connection.scalar(
            select(table.c[name]).where(table.c.id == number)
        )

    return found


def _at_first(context: Any) -> str:
    """How a new mention stands to the clock."""
    row = context.get_current_parameters()
    return paced(*(row.get(name) for name in PACED))


mention_product = Table(
    "mention_product",
    Base.metadata,
    Column("mention_id", ForeignKey("mention.id"), primary_key=True),
    Column("product_id", ForeignKey("product.id"), primary_key=True),
    Column(
        "story_id",
        ForeignKey("story.id"),
        nullable=False,
        default=_of_its("mention", "story_id"),
    ),
    Column(
        "published_at",
        Moment(),
        nullable=False,
        default=_of_its("mention", "published_at"),
    ),
    Index("ix_mention_product_newest", "product_id", "published_at", "story_id"),
)
"""The products that a mention names, each with what the mention says of its story, so
that a product's newest stories are read from one index."""

IN_PASSING = text("role <> 'subject'")
"""What a small index holds; as plain words, for a database looks whether a question
asks for no more than that before it knows any values."""


class Mention(Numbered, Base):
    """A story's link to a company, with its role; a subject's case lives here.

    `told_at` is when the company was told, `answered_at` when it first answered, and
    `answer_days` the days (UTC) between. `published_at`, `kind` and `language` are the
    story's own, held here too, so that a company's newest stories and those that lie on
    its desk are read from one index. So are `seen` and `dealt_by`, the number of whom
    of the company's team deals with it (0 for nobody), which follow from its handling
    (`stories.desks`), and `pace`, which follows from the clock.
    """

    __tablename__ = "mention"
    __table_args__ = (
        UniqueConstraint("story_id", "company_id"),
        Index("ix_mention_company", "company_id", "role", "published_at", "story_id"),
        Index(
            "ix_mention_passing",
            *("company_id", "published_at", "story_id"),
            sqlite_where=IN_PASSING,
            postgresql_where=IN_PASSING,
        ),
        Index(
            "ix_mention_desk",
            *("company_id", "role", "case_state", "case_changed_at"),
            *("published_at", "story_id"),
        ),
        *(
            Index(
                f"ix_mention_desk_{name}",
                *("company_id", name, "role", "case_state", "case_changed_at"),
                *("published_at", "story_id"),
            )
            for name in ("kind", "language", "dealt_by", "seen")
        ),
        Index(
            "ix_mention_desk_pace",
            *("company_id", "pace", "role", "case_state", "case_changed_at"),
            *("published_at", "story_id", "told_at"),
        ),
        Index("ix_mention_told", "company_id", "pace", "told_at", "story_id"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[MentionRole]
    reason: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[Kind] = mapped_column(
        default=_of_its("story", "kind"), server_default="unknown"
    )
    language: Mapped[str] = mapped_column(
        default=_of_its("story", "language"), server_default="und"
    )
    told_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer_days: Mapped[int | None]
    case_state: Mapped[CaseState] = mapped_column(default=CaseState.NOT_TOLD)
    case_changed_at: Mapped[datetime | None]
    pace: Mapped[str] = mapped_column(default=_at_first, server_default="")
    seen: Mapped[bool] = mapped_column(default=False, server_default=false())
    dealt_by: Mapped[int] = mapped_column(default=0, server_default="0")

    story: Mapped[Story] = relationship(lazy="raise", back_populates="mentions")
    company: Mapped[Company] = relationship(lazy="raise")
    products: Mapped[list[Product]] = relationship(
        lazy="raise", secondary=mention_product
    )


class Update(Numbered, Worded, Base):
    """A dated addition by the author. It never overwrites the story."""

    __tablename__ = "update"
    __table_args__ = (
        Index("ix_update_story", "story_id", "happened_at"),
        Index("ix_update_newest", "published_at"),
    )

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    happened_at: Mapped[datetime] = mapped_column(default=now)
    happened_precision: Mapped[Precision] = mapped_column(default=Precision.MINUTE)
    published_at: Mapped[datetime] = mapped_column(default=now)
    amended_at: Mapped[datetime | None]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)


class Revision(Numbered, Base):
    """An earlier or current wording of one text; number 1 is the first.

    `unnamed`: with it names of people were taken out, of the wordings before it too.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("target", "target_id", "number"),)

    target: Mapped[Target]
    target_id: Mapped[int]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    language: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    unnamed: Mapped[bool] = mapped_column(default=False, server_default=false())


class TimelineEntry(Numbered, Base):
    """A dated line of a story's timeline that no other row tells.

    `by` is author, company, staff or site; `details` hold what changed, by code.
    """

    __tablename__ = "timeline_entry"
    __table_args__ = (Index("ix_timeline_entry_story", "story_id", "at"),)

    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    happening: Mapped[Happening]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=now)
    target: Mapped[Target | None]
    target_id: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    company: Mapped[Company | None] = relationship(lazy="raise")


class Draft(Numbered, Base):
    """The raw fields of a story as typed, valid or not; `key` is its secret.

    `version` grows with each save, so that two tabs are told of each other. What was
    said in a published story since `begun_at` is not in the draft that amends it.
    """

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(unique=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    begun_at: Mapped[datetime | None] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now, index=True)
    publish_at: Mapped[datetime | None] = mapped_column(index=True)
