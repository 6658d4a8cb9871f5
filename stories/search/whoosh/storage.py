"""Files of an index: mapped into memory without a copy, sealed with a checksum.

Whoosh copies every segment into memory for each reader, never calls fsync and takes
flipped bytes for good ones; this storage does none of these.
"""

import io
import mmap
import os
import zlib
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from stories.search.index import Damaged

SEALED = (".seg", ".toc")
_SEAL = 8


class Storage(FileStorage):
    """A folder of index files. Segments and tables of contents are sealed."""

    # So that Whoosh asks for a part of the file, which is a part of our map.
    supports_mmap = False

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self.path = folder

    def create_file(self, name: str, **options: Any) -> StructFile:
        """A new file; one that lasts is sealed and on the disk when it is closed."""
        if _is_sealed(name):
            options["onclose"] = lambda file: _seal(file, self.path / name)
        return super().create_file(name, **options)

    def open_file(self, name: str, **options: Any) -> StructFile:
        """The file, or `Damaged` if it is not what was written."""
        if not _is_sealed(name):
            return super().open_file(name, **options)
        return Mapped(_map(self.path / name), name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002
        """As Whoosh's, and on the disk afterwards."""
        super().rename_file(oldname, newname, safe=safe)
        sync(self.path)

    def sweep(self) -> None:
        """Remove what a writer left that died before its table was whole."""
        for path in self.path.glob("*.toc.*"):
            path.unlink(missing_ok=True)


class Mapped(StructFile):
    """A part of a file in memory. Reading by position moves nothing: threads may."""

    def __init__(self, view: memoryview, name: str | None = None) -> None:
        self.view = view
        self._name = name
        self.file = _Reader(view)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def get(self, position: int, length: int) -> bytes:
        """So many bytes from there."""
        return self.view[position : position + length].tobytes()

    def subset(self, offset: int, length: int, name: str | None = None) -> "Mapped":
        """A part of this part."""
        return Mapped(self.view[offset : offset + length], name or self._name)

    def close(self) -> None:
        """Nothing to do: the map goes when nobody holds a part of it."""
        self.is_closed = True


class _Reader(io.RawIOBase):
    """A place in a part of memory, for reading on from there."""

    def __init__(self, view: memoryview) -> None:
        self.view = view
        self.place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer)
        piece = self.view[self.place : self.place + len(target)]
        target[: len(piece)] = piece
        self.place += len(piece)
        return len(piece)

    def seek(self, offset: int, whence: int = 0) -> int:
        self.place = offset + (0, self.place, len(self.view))[whence]
        return self.place

    def tell(self) -> int:
        return self.place


def _is_sealed(name: str) -> bool:
    """Segments and tables of contents, the latter under their first name too."""
    return any(end in name for end in SEALED)


def _seal(file: StructFile, path: Path) -> None:
    """Append the checksum and bring the file to the disk."""
    file.flush()
    with path.open("rb", buffering=0) as written:
        total = _checksum(written, path.stat().st_size)
    file.seek(0, os.SEEK_END)
    file.write(b"seal" + total.to_bytes(4, "big"))
    file.flush()
    os.fsync(file.fileno())


def _map(path: Path) -> memoryview:
    """The content of a sealed file, which must bear its checksum.

    It is read once for that, beside the map, of which so only those pages count for
    the process that are used.
    """
    with path.open("rb", buffering=0) as file:
        try:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as empty:
            raise Damaged(path.name) from empty
        total = _checksum(file, len(whole) - _SEAL)
    if whole[-_SEAL:] != b"seal" + total.to_bytes(4, "big"):
        raise Damaged(path.name)
    return whole[:-_SEAL]


def _checksum(file: io.FileIO, length: int) -> int:
    """Of so many bytes from where the file is."""
    piece, total = bytearray(1 << 16), 0
    while length > 0:
        rest = memoryview(piece)[: min(length, len(piece))]
        size = file.readinto(rest)
        if not size:
            break
        total = zlib.crc32(rest[:size], total)
        length -= size
    return total


def sync(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
