"""Whose turn it is to have a picture drawn: a few at once on a machine, for each takes
much memory, whichever process asks."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stories.problems import Invalid, Problem

AT_ONCE = 2
PATIENCE = 3.0
"""Seconds to wait for one's turn; who waits keeps others from being served."""
A_MOMENT = 0.05


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold one of the places in the folder. Raises Invalid where none becomes free."""
    handle = _place(folder)
    try:
        yield
    finally:
        os.close(handle)


def _place(folder: Path) -> int:
    until = time.monotonic() + PATIENCE
    while (handle := _free(folder)) is None:
        if time.monotonic() > until:
            busy = Problem(
                "Other pictures are being read just now. Send it again in a minute."
            )
            raise Invalid(busy, "file")
        time.sleep(A_MOMENT)
    return handle


def _free(folder: Path) -> int | None:
    for number in range(AT_ONCE):
        path = folder / f"drawing-{number}.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
        else:
            return handle
    return None
