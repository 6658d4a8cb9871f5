"""What Alembic cannot see on SQLite by itself: whether an index on an expression,
such as `lower(email)`, is there."""

from typing import Any

from alembic.ddl.sqlite import SQLiteImpl
from alembic.util.sqla_compat import is_expression_index
from sqlalchemy import Index, text


class Impl(SQLiteImpl):
    """Takes the place of Alembic's own by naming the same dialect."""

    __dialect__ = "sqlite"

    def correct_for_autogen_constraints(
        self,
        _found_uniques: Any,
        _found_indexes: Any,
        _wanted_uniques: Any,
        wanted_indexes: set[Index],
    ) -> None:
        """Forget wanted indexes that are there, by their names."""
        there = set(self._names())
        for index in list(wanted_indexes):
            if index.name in there and is_expression_index(index):
                wanted_indexes.discard(index)

    def _names(self) -> list[str]:
        asked = text("SELECT name FROM sqlite_master WHERE type = 'index'")
        return list(self.connection.scalars(asked)) if self.connection else []
