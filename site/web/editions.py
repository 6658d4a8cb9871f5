"""Which row a page stands on, and at which version of it the page was made.

Deeds bump the version in SQL; a page is as good as new while the version, the release
and the day (UTC) are still the same.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app
from sqlalchemy import Engine, PoolProxiedConnection, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from stories.history import SITE
from stories.models import Base, now
from stories.text import fold
from web.db import engine
from web.release import release


@dataclass(frozen=True, slots=True)
class Stand:
    """The row whose version decides about a page: `value` in `column` of `table`."""

    table: str
    column: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Edition:
    """A page at one version of what it stands on, one release, one day."""

    stand: Stand
    version: int

    @property
    def tag(self) -> str:
        """The ETag: weak, for the bytes may be packed or not."""
        return f'W/"{self.version}-{release()}-{now():%y%m%d}"'


def of_site(**_arguments: object) -> Stand:
    """A list of the whole site."""
    return Stand("site", "id", SITE)


def of_story(story: int, **_arguments: object) -> Stand:
    """A page about one story."""
    return Stand("story", "id", int(story))


def of_company(company: int, **_arguments: object) -> Stand:
    """A page about one company."""
    return Stand("company", "id", int(company))


def of_product(product: int, **_arguments: object) -> Stand:
    """A page about one product."""
    return Stand("product", "id", int(product))


def of_member(handle: str, **_arguments: object) -> Stand:
    """A member's public page."""
    return Stand("member", "handle_folded", fold(handle))


def is_known(asked: str | None, tag: str) -> bool:
    """Whether a reader's `If-None-Match` names this edition."""
    return asked is not None and tag.removeprefix("W/") in asked


def versions() -> "Versions":
    """What asks this application's database for versions."""
    if "versions" not in current_app.extensions:
        current_app.extensions["versions"] = Versions(engine())
    return cast("Versions", current_app.extensions["versions"])


class Versions:
    """Asks the database for a row's version, by the shortest way there is.

    Goes around SQLAlchemy's execution, which takes longer than all the rest of
    answering from the cache; the statements are still its own.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._statements: dict[tuple[str, str], SQLCompiler] = {}

    def of(self, stand: Stand) -> int | None:
        """The present version; None where there is no such row."""
        connection = self._engine.raw_connection()
        try:
            return self._asked(connection, stand)
        finally:
            connection.close()

    def seen_in(self, session: Session, stand: Stand) -> int | None:
        """The version that a page would have that is made of what the session sees."""
        return self._asked(session.connection().connection, stand)

    def _asked(self, connection: PoolProxiedConnection, stand: Stand) -> int | None:
        statement = self._statement(stand.table, stand.column)
        value: Any = (stand.value,) if statement.positional else {"value": stand.value}
        cursor = connection.cursor()
        cursor.execute(statement.string, value)
        found = cursor.fetchone()
        cursor.close()
        return int(found[0]) if found else None

    def _statement(self, table: str, column: str) -> SQLCompiler:
        if (table, column) not in self._statements:
            columns = Base.metadata.tables[table].c
            chosen = select(columns.version).where(
                columns[column] == bindparam("value")
            )
            compiled = chosen.compile(dialect=self._engine.dialect)
            self._statements[table, column] = compiled
        return self._statements[table, column]
