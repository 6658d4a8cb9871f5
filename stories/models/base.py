"""What every table shares: naming, times, and how a row is numbered."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    Numeric,
    String,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


ELSEWHERE = timedelta(hours=12)
"""So much longer than by UTC a day lasts where it ends last."""

_played: ContextVar[datetime | None] = ContextVar("played", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC, to the microsecond."""
    return _played.get() or datetime.now(UTC)


@contextmanager
def played(moment: datetime) -> Iterator[None]:
    """Let it be another moment meanwhile: sample lives lie in the past."""
    before = _played.set(moment)
    try:
        yield
    finally:
        _played.reset(before)


def is_over(day: date, at: datetime) -> bool:
    """Whether a day has ended everywhere."""
    return day < (at - ELSEWHERE).date()


class Moment(TypeDecorator[datetime]):
    """A moment, aware and in UTC on both sides, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment without a time zone.")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:  # SQLite keeps no zone
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """An amount of money, exact to four places, also where SQLite knows no decimals."""

    impl = Numeric(18, 4, asdecimal=True)
    cache_ok = True
    PLACES = 10_000

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(18, 4))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None or dialect.name != "sqlite":
            return value
        return int(value * self.PLACES)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        if dialect.name != "sqlite":
            return Decimal(value).normalize()
        return (Decimal(value) / self.PLACES).normalize()


Letters = Annotated[str, "by code point"]
"""Text in the order of its code points on every database, to be looked up by its
beginning."""


class Base(DeclarativeBase):
    """All tables of Earshot."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012
        datetime: Moment,
        Decimal: Money,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=60,
            values_callable=lambda codes: [code.value for code in codes],
        ),
        Letters: String().with_variant(String(collation="C"), "postgresql"),
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[int]: JSON,
        list[list[float]]: JSON,
    }


class Numbered:
    """A row with a number of its own, which its address carries."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """A row that pages are made of: its version tells when they are stale."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Worded:
    """A text that a person wrote: its source, its clean HTML and its language.

    `renderer` is the version of `stories.text.RENDERER` that made the HTML. The long
    columns stand last in a row, so that lists need not read past them.
    """

    text: Mapped[str] = mapped_column(default="", server_default="", sort_order=90)
    html: Mapped[str] = mapped_column(default="", server_default="", sort_order=91)
    renderer: Mapped[int] = mapped_column(default=0, server_default="0")
    language: Mapped[str] = mapped_column(default="und", server_default="und")
