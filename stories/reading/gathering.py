"""The rows of many small tables in one statement.

A story has a dozen lists of a few rows each, and a statement for each would cost more
than what they hold. So they are asked for together: each row comes as a JSON array
and becomes an object of its table again, detached from the session.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from json import JSONDecoder
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    JSON,
    BindParameter,
    ColumnElement,
    Date,
    Dialect,
    Enum,
    SQLColumnExpression,
    String,
    TextClause,
    inspect,
    literal_column,
    select,
    text,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from stories.models import Base
from stories.models.base import Moment, Money

Row = TypeVar("Row", bound=Base)
Reader = Callable[[Any], Any]
Places = tuple[BindParameter[Any], ...]

_decode = JSONDecoder(parse_float=Decimal).decode


def place(name: str) -> ColumnElement[Any]:
    """Where a value stands in a gathering, given when it is asked.

    What is not a plain number is declared by the gathering's `places`.
    """
    return literal_column(f":{name}")


def among(column: SQLColumnExpression[Any], name: str) -> ColumnElement[bool]:
    """Whether a column is one of the list that is given for a place."""
    return column.op("IN", is_comparison=True)(place(name))


class JsonRow(FunctionElement[str]):
    """A JSON array of some columns, as text."""

    type = String()
    inherit_cache = True


@compiles(JsonRow)
def _json_row(element: JsonRow, compiler: SQLCompiler, **more: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **more)})"


@compiles(JsonRow, "postgresql")
def _json_row_of_postgres(element: JsonRow, compiler: SQLCompiler, **more: Any) -> str:
    columns = compiler.process(element.clauses, **more)
    return f"CAST(json_build_array({columns}) AS text)"


class Wish(NamedTuple):
    """Rows of a table: some of its columns, if they are named, and what is `beside`."""

    table: type[Base]
    where: ColumnElement[bool]
    columns: tuple[str, ...] = ()
    beside: tuple[SQLColumnExpression[Any], ...] = ()


class Gathered:
    """What was found, by table."""

    def __init__(self) -> None:
        self._rows: dict[type[Base], list[tuple[Any, list[Any]]]] = {}

    def add(self, row: Base, beside: list[Any]) -> None:
        """Put a row to those of its table."""
        self._rows.setdefault(type(row), []).append((row, beside))

    def of(self, table: type[Row]) -> list[Row]:
        """The rows of one table, in no order."""
        return [row for row, _ in self._rows.get(table, ())]

    def with_beside(self, table: type[Row]) -> Iterator[tuple[Row, list[Any]]]:
        """The same, each with what was asked for beside it."""
        yield from self._rows.get(table, ())

    def by_id(self, table: type[Row]) -> dict[int, Row]:
        """The rows of one table by their number."""
        return {row.__dict__["id"]: row for row in self.of(table)}


class Gathering:
    """A statement for many tables, made once for each database and asked often."""

    def __init__(self, *wishes: Wish, places: Places = ()) -> None:
        self._wishes = wishes
        self._places = places
        self._made: dict[str, tuple[TextClause, list[_Maker]]] = {}

    def ask(self, db: Session, **places: Any) -> Gathered:
        """Everything that is there, with these values in the places."""
        dialect = db.get_bind().dialect
        if dialect.name not in self._made:
            self._made[dialect.name] = self._make(dialect)
        statement, makers = self._made[dialect.name]
        found = Gathered()
        for number, row in db.execute(statement, places).all():
            found.add(*makers[number].make(row))
        return found

    def _make(self, dialect: Dialect) -> tuple[TextClause, list["_Maker"]]:
        """The statement as plain text: its many clauses are not looked at again."""
        makers = [_Maker(wish, dialect) for wish in self._wishes]
        whole = union_all(*(maker.asks(n) for n, maker in enumerate(makers)))
        compiled = whole.compile(
            dialect=dialect, compile_kwargs={"literal_binds": True}
        )
        return text(str(compiled)).bindparams(*self._places), makers


class _Maker:
    """Turns the rows of one wish into objects."""

    def __init__(self, wish: Wish, dialect: Dialect) -> None:
        self._wish = wish
        self._mapper: Mapper[Any] = inspect(wish.table)
        every = tuple(each.key for each in self._mapper.column_attrs)
        self._names = wish.columns or every
        columns = self._mapper.columns
        self._keys = [str(column.key) for column in self._mapper.primary_key]
        self._readers = [
            (at, name, read)
            for at, name in enumerate(self._names)
            if (read := _reader(columns[name].type, dialect.name))
        ]

    def asks(self, number: int) -> Any:
        columns = [getattr(self._wish.table, name) for name in self._names]
        row = JsonRow(*columns, *self._wish.beside)
        return select(literal_column(str(number)), row).where(self._wish.where)

    def make(self, row: str) -> tuple[Base, list[Any]]:
        """The object, and what came beside it."""
        values: list[Any] = _decode(row)
        for at, _, read in self._readers:
            if values[at] is not None:
                values[at] = read(values[at])
        made = self._mapper.class_manager.new_instance()
        named = dict(zip(self._names, values, strict=False))
        made.__dict__.update(named)
        key = tuple(named[name] for name in self._keys)
        # as detached, what is not loaded raises when it is asked for
        inspect(made).key = self._mapper.identity_key_from_primary_key(key)
        return made, values[len(self._names) :]


def _reader(kind: TypeEngine[Any], dialect: str) -> Reader | None:
    """What turns a value in JSON into one of the column's type; None: it is one."""
    if isinstance(kind, Moment):
        return _moment
    if isinstance(kind, Money):
        return _from_units if dialect == "sqlite" else _exact
    if isinstance(kind, Enum):
        return {code.value: code for code in kind.enum_class or ()}.__getitem__
    if isinstance(kind, Date):
        return date.fromisoformat
    return _unpacked if isinstance(kind, JSON) else None


def _moment(stamp: str) -> datetime:
    value = datetime.fromisoformat(stamp)
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _from_units(units: int) -> Decimal:
    return (Decimal(units) / Money.PLACES).normalize()


def _exact(value: Decimal | int) -> Decimal:
    return Decimal(value).normalize()


def _unpacked(value: Any) -> Any:
    return _decode(value) if isinstance(value, str) else value
