"""Files that come with a request: looked at, written, and given to a deed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from zipfile import ZipFile

from flask import current_app, request

from stories.attaching import File
from stories.entries.evidence import MOST_BYTES, BoxesEntry
from stories.problems import Invalid, Problem
from stories.settings import Settings
from stories.storage import Store, open_store
from web.redrawing import taking
from web.redrawing.taking import Redrawn

Rows = list[dict[str, Any]]

LARGEST = 3 * MOST_BYTES
"""Bytes of a request: what is a little too much is told at its field."""


def store() -> Store:
    """Where the site keeps files; opened by each process for itself."""
    if "files" not in current_app.extensions:
        current_app.extensions["files"] = open_store(current_app.config["SETTINGS"])
    return cast(Store, current_app.extensions["files"])


def sent(field: str = "file") -> tuple[str, Redrawn]:
    """The name of a file as it was sent, and what of it is kept; Invalid at its field
    where there is none, or none that can be kept."""
    came = request.files.get(field)
    if came is None or not came.filename:
        raise Invalid(Problem("Choose a file."), field)
    body = came.stream.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Invalid(Problem("A file has at most %(most)d MB.", most=most), field)
    return came.filename, taking.taken_in(body, _room())


@contextmanager
def written(file: Redrawn) -> Iterator[File]:
    """The file on the disk for the length of a deed, which gives it its place."""
    kept = store()
    full = kept.write(file.body)
    small = kept.write(file.small) if file.small else None
    try:
        yield File(file.kind, file.suffix, full, small, file.width, file.height)
    finally:
        kept.drop(full, small)


def covered(original: bytes, entry: BoxesEntry) -> Redrawn:
    """The picture with boxes burnt in."""
    boxes = [
        (float(box.left), float(box.top), float(box.width), float(box.height))
        for box in entry.boxes
    ]
    return taking.redrawn(original, _room(), boxes)


def _room() -> Path:
    """Where pictures wait for their turn, on this machine."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.data


def packed(record: str, evidence: Rows) -> IO[bytes]:
    """A member's own record, with the files of their evidence beside it."""
    archive = SpooledTemporaryFile(max_size=MOST_BYTES)  # noqa: SIM115  # it is sent
    with ZipFile(archive, "w") as room:
        room.writestr("record.json", record)
        for row in evidence:
            for which in ("original", "covered"):
                body = store().read(row["story_id"], row[which] or "")
                if body is not None:
                    name = f"evidence/{row['id']}-{which}.{row['suffix']}"
                    room.writestr(name, body)
    archive.seek(0)
    return archive
