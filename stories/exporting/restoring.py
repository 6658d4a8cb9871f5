"""A public record, read back into an empty site."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Enum, String, Table, func, insert, select, update
from sqlalchemy.orm import Session

from stories import counting, outbox
from stories.exporting import tables
from stories.exporting.public import FORMAT
from stories.exporting.values import from_json
from stories.models import Company, Member, Site, Story
from stories.problems import Invalid, Problem
from stories.text import RENDERER, render

AT_ONCE = 200
LATER = {"company": ("merged_into_id", "parent_id"), "product": ("merged_into_id",)}
"""Columns that may name a row further below in the same table."""


class Unrestorable(Invalid):
    """The file is no record of ours, or the site is not empty."""


def restore(db: Session, lines: Iterable[str]) -> Iterator[int]:
    """Write a record into an empty site; yields how many rows each batch had.

    The caller commits at the end, so that a broken record leaves nothing behind.
    Raises Unrestorable.
    """
    _require_empty(db)
    rows = iter(_read(lines))
    _check(next(rows, {}))
    known = {table.name: table for table in tables.tables()}
    for name, group in groupby(rows, key=lambda row: row.get("table")):
        if name not in known:
            raise Unrestorable(Problem("The record has an unknown table."))
        later: list[dict[str, Any]] = []
        while batch := list(islice(group, AT_ONCE)):
            later.extend(_write(db, known[name], batch))
            yield len(batch)
        _point(db, known[name], later)
        _go_on_counting(db, known[name])
    _index_and_count(db)


def _read(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
        except json.JSONDecodeError as trouble:
            raise Unrestorable(
                Problem("Line %(line)d is not JSON.", line=number)
            ) from trouble
        yield row


def _check(heading: dict[str, Any]) -> None:
    if heading.get("record") != "earshot" or heading.get("format") != FORMAT:
        raise Unrestorable(Problem("This file is not a record of Earshot."))


def _require_empty(db: Session) -> None:
    for table in (Member, Company, Story):
        if db.scalar(select(table.id).limit(1)) is not None:
            raise Unrestorable(Problem("A record is restored into an empty site only."))


def _write(
    db: Session, table: Table, batch: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Insert the rows; gives back those whose pointers have to wait."""
    pointers = LATER.get(table.name, ())
    rows, later = [], []
    for told in batch:
        row = _row(table, told)
        waiting = {name: row.pop(name) for name in pointers if name in row}
        if any(waiting.values()):
            later.append({"id": row["id"], **waiting})
        rows.append(row)
    for _, alike in groupby(sorted(rows, key=_shape), key=_shape):
        db.execute(insert(table), list(alike))
    return later


def _shape(row: dict[str, Any]) -> list[str]:
    return sorted(row)


def _row(table: Table, told: dict[str, Any]) -> dict[str, Any]:
    try:
        row = {
            name: from_json(table.columns[name], value)
            for name, value in told.items()
            if name != "table"
        }
    except (KeyError, ValueError, TypeError, ArithmeticError) as trouble:
        raise Unrestorable(
            Problem("A row of “%(table)s” cannot be read.", table=table.name)
        ) from trouble
    row = {**_blank(table), **row}
    if "html" in table.columns and row.get("text"):
        row["html"] = render(row["text"], language=row.get("language"))
    if row.get("also_text"):
        row["also_html"] = render(row["also_text"], language=row.get("also_language"))
    if "renderer" in table.columns:
        row["renderer"] = RENDERER
    return row


def _blank(table: Table) -> dict[str, Any]:
    """A record leaves out what is empty: an erased story has no title."""
    return {
        column.name: ""
        for column in table.columns
        if isinstance(column.type, String)
        and not isinstance(column.type, Enum)
        and not column.nullable
        and column.default is None
    }


def _point(db: Session, table: Table, later: list[dict[str, Any]]) -> None:
    for row in later:
        number = row.pop("id")
        db.execute(update(table).where(table.c.id == number).values(**row))


def _go_on_counting(db: Session, table: Table) -> None:
    """PostgreSQL's sequences do not see rows that bring their own number."""
    if db.get_bind().dialect.name == "postgresql" and "id" in table.columns:
        highest = select(func.coalesce(func.max(table.c.id), 1)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
        db.execute(select(func.setval(sequence, highest)))


def _index_and_count(db: Session) -> None:
    if db.get(Site, 1) is None:
        db.add(Site(id=1))
    for number in db.scalars(select(Story.id)):
        outbox.index(db, number, bulk=1)
    for number in counting.companies(db):
        counting.rebuild(db, number)
    db.flush()
