"""Files in a folder of this machine, or in one that several machines share."""

import os
from collections.abc import Collection, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from stories.settings import Settings
from stories.storage import COMING, Written


def open_store(settings: Settings) -> "Folder":
    """The folder that the settings name; `media` in the data folder by default."""
    return Folder(settings.media)


class Folder:
    """A folder for each story."""

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
        return Written(path.name, sha256(body).hexdigest(), len(body))

    def place(self, written: Written, story_id: int) -> str:
        """Give it its place within the deed, before the commit; gives its name."""
        folder = self._folder / str(story_id)
        folder.mkdir(exist_ok=True, mode=0o700)
        (self._folder / COMING / written.name).replace(folder / written.digest)
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
                (self._folder / COMING / each.name).unlink(missing_ok=True)

    def stories(self) -> list[int]:
        """The stories that have files."""
        return sorted(
            int(each.name) for each in _listed(self._folder) if each.name.isdecimal()
        )

    def forget_abandoned(self, before: datetime) -> None:
        """Remove what was written before then for a deed that never was done."""
        for each in _listed(self._folder / COMING):
            if each.stat().st_mtime < before.timestamp():
                each.unlink(missing_ok=True)


def _listed(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.is_dir() else iter(())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
