"""The folders of an index: one in use, perhaps others that are being filled."""

import fcntl
import shutil
from io import BufferedWriter
from pathlib import Path

from whoosh.index import FileIndex

from stories.search.whoosh import indexing
from stories.search.whoosh.storage import Storage, sync

CURRENT = "current"
LOCK = "filling"
COMPLETE = "complete"


class Generations:
    """Numbered folders; the link `current` names the one in use."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name

    def current(self) -> Path | None:
        """The folder in use."""
        try:
            return self.folder / (self.folder / CURRENT).readlink()
        except FileNotFoundError:
            return None

    def new(self) -> Path:
        """A new folder with an empty index."""
        self.folder.mkdir(parents=True, exist_ok=True)
        taken = [int(path.name) for path in self._all()]
        path = self.folder / str(max(taken, default=0) + 1)
        path.mkdir()
        FileIndex.create(Storage(path), indexing.schema(), self.name)
        return path

    def locked(self, path: Path) -> BufferedWriter:
        """A lock that keeps the folder from being removed, until it is closed."""
        file = (path / LOCK).open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise
        return file

    def finish(self, path: Path) -> None:
        """Note that a rebuild has filled the folder."""
        (path / COMPLETE).touch()
        sync(path)

    def complete(self, path: Path) -> bool:
        """Whether a rebuild has filled the folder."""
        return (path / COMPLETE).exists()

    def use(self, path: Path) -> None:
        """Make this the folder in use; remove the others but those being filled."""
        link = self.folder / f".{CURRENT}"
        link.unlink(missing_ok=True)
        link.symlink_to(path.name)
        link.replace(self.folder / CURRENT)
        sync(self.folder)
        for other in self._all():
            if other != path and not self._filling(other):
                shutil.rmtree(other, ignore_errors=True)

    def _all(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.name.isdigit()]

    def _filling(self, path: Path) -> bool:
        try:
            self.locked(path).close()
        except BlockingIOError:
            return True
        return False
