"""Pictures that are drawn when they are first asked for, and kept in the data folder.

Drawing is done by a process of its own, one at a time on a machine and behind
everything else that works there; no more than so many pictures are kept.
"""

import fcntl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from flask import current_app
from werkzeug.exceptions import ServiceUnavailable

from stories.settings import Settings
from web.drawing import Sheet
from web.rendering.static import folder

MOST_WAITING = 2
"""Requests of one process that may wait for a picture at a time."""
PATIENCE = 5.0
LONGEST = 15.0
"""Seconds to wait for one's turn, and for a picture."""
AGAIN = 2
MOST_KEPT = 64
"""In each of 256 folders: some 16,000 pictures, or 350 MB."""

_waiting = BoundedSemaphore(MOST_WAITING)


def kept(version: str) -> bytes | None:
    """A picture that was drawn before."""
    path = _path(version)
    return path.read_bytes() if path.exists() else None


def drawn(version: str, sheet: Sheet) -> bytes:
    """A picture, drawn now, and kept; raises 503 where others are drawn already."""
    if not _waiting.acquire(blocking=False):
        raise ServiceUnavailable(retry_after=AGAIN)
    try:
        with _alone():
            return kept(version) or _keep(version, _draw(sheet))
    finally:
        _waiting.release()


def _draw(sheet: Sheet) -> bytes:
    ours = folder() / "fonts"
    words = [sys.executable, "-m", "web.drawing", str(ours), str(_settings().fonts)]
    done = subprocess.run(
        words,
        input=sheet.written().encode(),
        capture_output=True,
        check=True,
        timeout=LONGEST,
    )
    return done.stdout


def _keep(version: str, body: bytes) -> bytes:
    path = _path(version)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(body)
    new.replace(path)
    files = sorted(path.parent.iterdir(), key=lambda each: each.stat().st_mtime)
    for old in files[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
    return body


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else on this machine draws meanwhile."""
    until = time.monotonic() + PATIENCE
    with (_settings().data / "drawing.lock").open("w") as handle:
        while not _locked(handle.fileno()):
            if time.monotonic() > until:
                raise ServiceUnavailable(retry_after=AGAIN)
            time.sleep(0.05)
        yield


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path(version: str) -> Path:
    return _settings().data / "pictures" / version[:2] / f"{version}.png"


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
