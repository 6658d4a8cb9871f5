"""The engine, its sessions, and how SQLite is asked to keep its word."""

import fcntl
import os
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Table,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.orm import Session, make_transient_to_detached, sessionmaker

BUSY_SECONDS = 5
QUEUE = "queue"
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # NORMAL loses acknowledged commits in a power cut
    f"busy_timeout={BUSY_SECONDS * 1000}",
    "foreign_keys=ON",
    "cache_size=-2000",  # KiB for each connection, and a process has several
    "temp_store=MEMORY",
)


def open_engine(url: str) -> Engine:
    """An engine for `url`; on SQLite with our pragmas and our own transactions.

    There a connection with the option `writes` takes the write lock at once (BEGIN
    IMMEDIATE): a transaction that has read cannot begin to write when another has
    written meanwhile.
    """
    engine = create_engine(
        url,
        pool_pre_ping=not url.startswith("sqlite"),
        hide_parameters=True,  # an error that is logged tells no address
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "checkin", _leave_queue)
        event.listen(engine, "close", _forget_queue)
    return engine


def sessions(engine: Engine) -> sessionmaker[Session]:
    """What makes sessions on `engine`; rows stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


def hold(db: Session, row: Any) -> None:
    """Hold a row for the length of a deed, as it stands now; others wait.

    Only the row itself: what was loaded beside it cannot be held on PostgreSQL.
    """
    db.refresh(row, with_for_update={"of": type(row)})


def hold_still(db: Session) -> None:
    """What the transaction that begins here reads is all of one moment: on SQLite it
    always is, on PostgreSQL each statement looks anew."""
    if db.get_bind().dialect.name == "postgresql":
        db.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def insert(db: Session, row: Any) -> None:
    """Add one new row at once, with its number: what is in the session is not looked
    through for more. What the database filled in is read when it is asked for."""
    table = inspect(row).mapper.local_table
    given = {name: value for name, value in vars(row).items() if name in table.c}
    row.id = db.connection().execute(_into(table), given).inserted_primary_key[0]  # type: ignore[index]  # an INSERT has one
    make_transient_to_detached(row)
    db.add(row)


@cache
def _into(table: Table) -> Insert:
    return table.insert()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's own BEGIN, not the driver's
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        _queue(connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    bare: Any = connection.connection.dbapi_connection
    bare.execute("BEGIN")  # by SQLAlchemy it takes longer than what is read thereafter


def _queue(connection: Connection) -> None:
    """Wait for one's turn to write. SQLite only looks now and then whether the lock is
    free, so that one of many writers can look in vain until it gives up."""
    database = connection.engine.url.database
    if not database or database == ":memory:":
        return
    if QUEUE not in connection.info:
        path = f"{database}-queue"
        connection.info[QUEUE] = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(connection.info[QUEUE], fcntl.LOCK_EX)


def _leave_queue(_connection: object, record: Any) -> None:
    """The connection was given back: its transaction is over."""
    if QUEUE in record.info:
        fcntl.flock(record.info[QUEUE], fcntl.LOCK_UN)


def _forget_queue(_connection: object, record: Any) -> None:
    if QUEUE in record.info:
        os.close(record.info.pop(QUEUE))
