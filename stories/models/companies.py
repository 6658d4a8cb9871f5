"""Companies, the names they go by, and what they sell."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Letters, Numbered, Versioned, now
from stories.models.speaking import Kinship


def _squeezed(context: DefaultExecutionContext) -> str:
    given = context.get_current_parameters()  # type: ignore[no-untyped-call]
    return str(given["folded"]).replace(" ", "")


def _backwards(context: DefaultExecutionContext) -> str:
    return _squeezed(context)[::-1]


class Company(Numbered, Versioned, Base):
    """An organisation written about. Names are not unique; domains are.

    `kinship` is how it belongs to its parent. `listed` is its name without spaces while
    there is a story about it: by this it stands in the list of companies.
    """

    __tablename__ = "company"
    __table_args__ = (Index("ix_company_listed", "listed", "id"),)

    name: Mapped[str]
    domain: Mapped[str | None] = mapped_column(unique=True)
    wikidata: Mapped[str | None] = mapped_column(unique=True)
    country: Mapped[str | None]
    industry: Mapped[str | None]
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"), index=True)
    kinship: Mapped[Kinship | None]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)
    listed: Mapped[Letters | None]

    aliases: Mapped[list["Alias"]] = relationship(lazy="raise")


class Alias(Numbered, Base):
    """A name of a company, the main one included, folded for looking up.

    For names that are typed in part or with a slip it is there without spaces, from
    either end.
    """

    __tablename__ = "alias"
    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        Index("ix_alias_folded", "folded", "company_id"),
        Index("ix_alias_squeezed", "squeezed", "company_id", "main"),
        Index("ix_alias_backwards", "backwards", "squeezed", "company_id", "main"),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    name: Mapped[str]
    folded: Mapped[str]
    squeezed: Mapped[Letters] = mapped_column(default=_squeezed)
    backwards: Mapped[Letters] = mapped_column(default=_backwards)
    language: Mapped[str | None]
    main: Mapped[bool] = mapped_column(default=False, server_default=false())


class Product(Numbered, Versioned, Base):
    """A thing or service bought; it belongs to a company."""

    __tablename__ = "product"
    __table_args__ = (
        UniqueConstraint("company_id", "folded"),
        Index("ix_product_folded", "folded", "company_id"),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    name: Mapped[str]
    folded: Mapped[str]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"))
    added_at: Mapped[datetime] = mapped_column(default=now)

    company: Mapped[Company] = relationship(lazy="raise")
