"""How often something was asked for lately, counted by all processes of a machine.

The counts stand in a file of the data folder, under names that tell nothing without
the site's key. A file that is lost or broken costs some counts, and nothing else.
"""

import os
import sqlite3
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from threading import Lock

PATIENCE = 1.0
"""Seconds to wait for another process that counts."""
TABLE = """
CREATE TABLE IF NOT EXISTS counted (
    name BLOB, span INTEGER, number INTEGER NOT NULL, until REAL NOT NULL,
    PRIMARY KEY (name, span)
) WITHOUT ROWID
"""
FIND = "SELECT span, number FROM counted WHERE name = ? AND span >= ?"
COUNT = """
INSERT INTO counted VALUES (?, ?, 1, ?)
ON CONFLICT DO UPDATE SET number = number + 1
"""


class Away(Exception):
    """The counts cannot be reached at the moment."""


class Tally:
    """Counts by name and span of time; the span before this one counts by the share
    of it that lies within the last such time."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = blake2b(key.encode()).digest()
        self._lock = Lock()
        self._file: sqlite3.Connection | None = None
        self._of = 0

    def hit(self, name: str, most: int, within: int) -> float:
        """Count one more where there is room for it within so many seconds: 0, or in
        how many there will be. Raises Away."""
        hidden = blake2b(name.encode(), key=self._key, digest_size=16).digest()
        with self._reached() as file:
            file.execute("BEGIN IMMEDIATE")
            return _hit(file, hidden, most, within)

    def forget(self) -> None:
        """Remove what counts no longer. Raises Away."""
        with self._reached() as file:
            file.execute("DELETE FROM counted WHERE until < ?", (time.time(),))

    @contextmanager
    def _reached(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._lock, self._open() as file:
                yield file
        except sqlite3.DatabaseError as trouble:
            if not isinstance(trouble, sqlite3.OperationalError):
                self._begin_anew()  # the file is broken
            raise Away(str(trouble)) from trouble

    def _begin_anew(self) -> None:
        self._of = 0
        for part in ("", "-wal", "-shm"):
            Path(f"{self._path}{part}").unlink(missing_ok=True)

    def _open(self) -> sqlite3.Connection:
        """The process's own connection: one from before a fork belongs to others."""
        if self._file is None or self._of != os.getpid():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            self._file = sqlite3.connect(
                self._path, PATIENCE, check_same_thread=False, isolation_level=None
            )
            self._of = os.getpid()
            weakref.finalize(self, self._file.close)
            self._file.execute("PRAGMA journal_mode = WAL")
            self._file.execute("PRAGMA synchronous = OFF")
            self._file.execute(TABLE)
        return self._file


def _hit(file: sqlite3.Connection, name: bytes, most: int, within: int) -> float:
    at = time.time()
    span = int(at // within)
    found = dict(file.execute(FIND, (name, span - 1)).fetchall())
    wait = pause(found.get(span - 1, 0), found.get(span, 0), most, within, at)
    if not wait:
        file.execute(COUNT, (name, span, (span + 2) * within))
    return wait


def pause(before: int, now: int, most: int, within: int, at: float) -> float:
    """Seconds until there is room for one more; 0 where there is.

    >>> pause(0, 2, 3, 60, at=30.0)
    0.0
    >>> pause(0, 3, 3, 60, at=30.0)
    30.0
    >>> pause(4, 1, 3, 60, at=15.0)
    15.0
    """
    gone = at % within
    if before * (1 - gone / within) + now < most:
        return 0.0
    if now >= most:
        return within * (2 - most / now) - gone
    return within * (1 - (most - now) / before) - gone
