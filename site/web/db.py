"""The database session of the present request, and the short time of writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from flask import Flask, current_app, g
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.local import LocalProxy

from stories.database import sessions


def install(app: Flask, engine: Engine) -> None:
    """Give the application its database."""
    app.extensions["engine"] = engine
    app.extensions["sessions"] = make = sessions(engine)
    event.listen(make, "before_flush", _lock)
    app.teardown_appcontext(_close)


def engine() -> Engine:
    """The application's engine."""
    return cast(Engine, current_app.extensions["engine"])


def _session() -> Session:
    if "db" not in g:
        make = cast("sessionmaker[Session]", current_app.extensions["sessions"])
        g.db = make()
    return cast(Session, g.db)


def _close(_error: BaseException | None) -> None:
    session = g.pop("db", None)
    if session is not None:
        session.close()


db = cast(Session, LocalProxy(_session))
"""The session of this request or command."""


@contextmanager
def writing() -> Iterator[Session]:
    """The write transaction around a deed: committed at its end, or rolled back.

    Ends what was being read and takes the write lock at once (on SQLite), so it is
    to be short: read the person and check the entry before.
    """
    session = _session()  # found once, not at every step of the deed
    session.commit()
    session.connection(execution_options={"writes": True})
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def lock() -> None:
    """From here on this request writes; for views of others, which know no `writing()`.

    What was read so far may be older than what others have written meanwhile.
    """
    _lock(db)


def _lock(session: Session, *_: object) -> None:
    """Take SQLite's write lock, before the first write at the latest."""
    connection = session.connection()
    writes = connection.get_execution_options().get("writes")
    if writes or session.in_nested_transaction():
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execution_options(writes=True)
