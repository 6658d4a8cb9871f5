"""HTML made anew, where an older renderer made it than the one there is now."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from stories import history, outbox
from stories.models import (
    Comment,
    Corroboration,
    Letter,
    Message,
    Quotation,
    Rejoinder,
    Response,
    Story,
    Translation,
    Update,
)
from stories.text import RENDERER, render

TABLES: Sequence[Any] = (
    Story,
    Update,
    Response,
    Rejoinder,
    Comment,
    Corroboration,
    Translation,
    Message,
)
QUOTED = (Letter, Quotation)
"""What keeps no renderer: it is made anew with the story that it belongs to."""
MOST = 100
BULK = 1


class Anew(NamedTuple):
    """A row, and what its columns are to be if its text is still this one."""

    table: Any
    id: int
    story_id: int | None
    text: str
    columns: dict[str, Any]
    differs: bool


def stale(db: Session, table: Any, after: int) -> list[Row[Any]]:
    """The next texts of a table that an older renderer has made, by their ids."""
    found = select(table.id, *_read(table)).order_by(table.id).limit(MOST)
    old = (table.id > after) & (table.renderer < RENDERER) & (table.text != "")
    return list(db.execute(found.where(old)))


def anew(db: Session, table: Any, rows: list[Row[Any]]) -> list[Anew]:
    """The same by the renderer there is now: the costly part, before the writing."""
    made = [_anew(table, row, {"renderer": RENDERER}) for row in rows]
    if table is Story:
        made += _quoted(db, [row.id for row in rows])
    return made


def keep(db: Session, made: Iterable[Anew]) -> None:
    """Keep what was made; pages and the index follow where it is not what it was. A
    text that has gone or changed meanwhile is left alone."""
    changed: dict[int, None] = {}
    for each in made:
        table = each.table
        same = (table.id == each.id) & (table.text == each.text)
        statement = update(table).where(same).values(each.columns)
        kept = db.scalar(
            statement.returning(table.id).execution_options(synchronize_session=False)
        )
        if kept is not None and each.differs and each.story_id is not None:
            changed[each.story_id] = None
    for story_id in changed:
        history.touch_lists(db, db.get_one(Story, story_id))
        outbox.index(db, story_id, BULK)


def _read(table: Any) -> Iterator[Any]:
    yield from (table.text, table.language, table.html)
    if table is not Story and table is not Message:
        yield table.story_id
    if table is Response:
        yield from (table.also_text, table.also_language, table.also_html)


def _anew(table: Any, row: Row[Any], columns: dict[str, Any]) -> Anew:
    made = {"html": render(row.text, language=row.language)}
    if table is Response:
        made["also_html"] = render(row.also_text, language=row.also_language)
    differs = any(getattr(row, name) != html for name, html in made.items())
    story_id = row.id if table is Story else getattr(row, "story_id", None)
    return Anew(table, row.id, story_id, row.text, {**made, **columns}, differs)


def _quoted(db: Session, stories: list[int]) -> Iterator[Anew]:
    for table in QUOTED:
        columns = (table.id, table.story_id, table.text, table.language, table.html)
        rows: Any = db.execute(select(*columns).where(table.story_id.in_(stories)))
        yield from (_anew(table, row, {}) for row in rows)
