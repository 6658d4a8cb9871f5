"""Files that people entrust to the site, named by what they hold.

A file of a story is `<story>/<SHA-256>`. It is whole and on the disk before its row is
committed; a file without a row is swept away, so that nothing outlives its story.
"""

import os
import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

COMING = "coming"
ABANDONED = 60 * 60
"""Seconds after which a file that was written for no deed is let go."""


@dataclass(frozen=True)
class Written:
    """A file that is on the disk and waits for its place."""

    path: Path
    digest: str
    size: int


class Store:
    """Files in one folder, by the story that they belong to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, body: bytes) -> Written:
        """Write a file, whole, before the deed that it is for."""
        path = self._folder / COMING / uuid4().hex
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        return Written(path, sha256(body).hexdigest(), len(body))

    def place(self, written: Written, story_id: int) -> str:
        """Give it its place within the deed, before the commit; gives its name."""
        folder = self._folder / str(story_id)
        folder.mkdir(exist_ok=True, mode=0o700)
        written.path.replace(folder / written.digest)
        for each in (folder, self._folder):
            _sync(each)
        return written.digest

    def read(self, story_id: int, digest: str) -> bytes | None:
        """A file's content; None where it is not there."""
        try:
            return (self._folder / str(story_id) / digest).read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            return None

    def sweep(self, story_id: int, kept: Collection[str]) -> int:
        """Remove a story's files but these; how many went. The story is held."""
        folder = self._folder / str(story_id)
        gone = [each for each in _listed(folder) if each.name not in kept]
        for each in gone:
            each.unlink(missing_ok=True)
        if gone and not kept:
            folder.rmdir()
        return len(gone)

    def drop(self, *written: Written | None) -> None:
        """Forget what no deed took."""
        for each in written:
            if each is not None:
                each.path.unlink(missing_ok=True)

    def stories(self) -> list[int]:
        """The stories that have files."""
        return sorted(
            int(each.name) for each in _listed(self._folder) if each.name.isdecimal()
        )

    def forget_abandoned(self) -> None:
        """Remove what was written long ago for a deed that never was done."""
        before = time.time() - ABANDONED
        for each in _listed(self._folder / COMING):
            if each.stat().st_mtime < before:
                each.unlink(missing_ok=True)


def _listed(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
