"""Column values as JSON has them, and back."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Date, Enum, RowMapping

from stories.models.base import Moment, Money


def to_json(value: Any) -> Any:
    """A moment in ISO 8601, an amount as exact text, a code as its word."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value


def from_json(column: Column[Any], value: Any) -> Any:
    """The value that a column takes. Raises ValueError for what it cannot hold."""
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Money):
        return Decimal(value)
    if isinstance(column.type, Enum) and column.type.enum_class:
        return column.type.enum_class(value)
    return value


def line(table: str, row: RowMapping, columns: list[str]) -> dict[str, Any]:
    """One row as a line of the record: its table, and its columns that have a value."""
    told = {name: to_json(row[name]) for name in columns}
    return {"table": table, **{k: v for k, v in told.items() if v not in (None, "")}}
