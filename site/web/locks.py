"""Who works on the data folder: one server, one worker."""

import fcntl
import os
import time
from pathlib import Path

from stories.settings import BadSetting

PATIENCE = 2.0
"""Seconds to wait for a holder that may just be dying."""


def hold(folder: Path, name: str) -> None:
    """Hold a lock until this process and all its children have ended.

    Raises BadSetting where another process holds it.
    """
    until = time.monotonic() + PATIENCE
    while not try_to_hold(folder, name):
        if time.monotonic() > until:
            where = folder.resolve()
            raise BadSetting(
                f"EARSHOT_DATA: another `earshot {name}` works on {where}."
            )
        time.sleep(0.05)


def try_to_hold(folder: Path, name: str) -> bool:
    """The same without waiting: whether the lock is ours now."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return False
    return True
