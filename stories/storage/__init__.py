"""Files that people entrust to the site, named by what they hold.

A file of a story is `<story>/<SHA-256>`. It is whole and lasting before its row is
committed; a file without a row is swept away, so that nothing outlives its story.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from stories.settings import Settings

COMING = "coming"
"""Where files lie that were written for a deed which is still to be done."""


@dataclass(frozen=True)
class Written:
    """A file that is kept and waits for its place: the name under which it waits, the
    SHA-256 of what it holds, and its size in bytes."""

    name: str
    digest: str
    size: int


class Store(Protocol):
    """Files by the story that they belong to."""

    def write(self, body: bytes) -> Written:
        """Write a file, whole, before the deed that it is for."""

    def place(self, written: Written, story_id: int) -> str:
        """Give it its place within the deed, before the commit; gives its name."""

    def read(self, story_id: int, digest: str) -> bytes | None:
        """A file's content; None where it is not there."""

    def sweep(self, story_id: int, kept: Collection[str]) -> int:
        """Remove a story's files but these; how many went. The story is held."""

    def drop(self, *written: Written | None) -> None:
        """Forget what no deed took."""

    def stories(self) -> list[int]:
        """The stories that have files."""

    def forget_abandoned(self, before: datetime) -> None:
        """Remove what was written before then for a deed that never was done."""


class _Kind(Protocol):
    """What a module of a kind of store has."""

    def open_store(self, settings: Settings) -> Store:
        """The store that these settings name."""


def open_store(settings: Settings) -> Store:
    """Where `EARSHOT_MEDIA_URL` says that files are kept: a folder, or a bucket of an
    object store. What is not used is not imported."""
    kind = "bucket" if settings.media_in_bucket else "folder"
    module = cast(_Kind, import_module(f"stories.storage.{kind}"))
    return module.open_store(settings)
