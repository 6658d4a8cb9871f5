"""The public record, table by table, a line of JSON for each row."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from stories import licence
from stories.exporting import tables
from stories.exporting.values import line

FORMAT = 1
AT_ONCE = 500
HIDDEN = frozenset(("hidden", "author_only", "tombstone"))


def public_record(db: Session) -> Iterator[str]:
    """Every public row as a line of JSON, parents before children; the first line
    says what it is and how many lines follow."""
    yield _json(_heading(db))
    for table in tables.tables():
        for row in _rows(db, table):
            yield _json(row)


def _heading(db: Session) -> dict[str, Any]:
    counted = {table.name: _count(db, table) for table in tables.tables()}
    return {
        "record": "earshot",
        "format": FORMAT,
        "licence": licence.NAME,
        "rows": {name: count for name, count in counted.items() if count},
    }


def _count(db: Session, table: Table) -> int:
    counted = select(func.count()).select_from(table)
    shown = tables.rows(table)
    return db.scalar(counted if shown is None else counted.where(shown)) or 0


def _rows(db: Session, table: Table) -> Iterator[dict[str, Any]]:
    names = tables.columns(table)
    wanted = select(*(table.columns[name] for name in names))
    shown = tables.rows(table)
    if shown is not None:
        wanted = wanted.where(shown)
    wanted = wanted.order_by(*table.primary_key.columns)
    found = db.execute(wanted.execution_options(yield_per=AT_ONCE))
    for row in found.mappings():
        yield _without_hidden_words(line(table.name, row, names))


def _without_hidden_words(row: dict[str, Any]) -> dict[str, Any]:
    """What was hidden keeps its place, not its words."""
    if row.get("visibility") in HIDDEN or row.get("state") in HIDDEN:
        for name in ("text", "also_text", "guest_name"):
            row.pop(name, None)
    return row


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
