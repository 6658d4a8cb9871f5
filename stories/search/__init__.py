"""Finding stories: what any search engine must do, and which one is used."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from stories.problems import Invalid, Problem
from stories.search.documents import Document
from stories.search.highlighting import highlight
from stories.search.questions import Found, Hit, Question

__all__ = [
    "Damaged",
    "Document",
    "Found",
    "Hit",
    "Index",
    "Question",
    "Rebuild",
    "highlight",
    "open_index",
]


class Damaged(Exception):
    """What is stored is not what was written, or of another format: rebuild it."""


class Rebuild(Protocol):
    """A new index that is filled beside the one in use."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add many documents, each only once in the whole rebuild."""

    def swap(self) -> None:
        """Take the place of the index in use, for every process, at once."""

    def abandon(self) -> None:
        """Throw the new index away."""


class Index(Protocol):
    """What any search engine must do. Only one process may write."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents or replace those of the same id; seen by the next search."""

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these stories; gone from the next search."""

    def search(self, question: Question) -> Found:
        """Answer a question. Never fails on any words; `Damaged` if the index is."""

    def suggest(self, words: str, languages: tuple[str, ...] = ()) -> str | None:
        """The same words spelled as some story spells them, where they differ."""

    def count(self) -> int:
        """How many stories are indexed."""

    def usable(self) -> bool:
        """Is there an index, whole and of the present format? Else rebuild it."""

    def rebuild(self) -> Rebuild:
        """Begin a new index; the present one serves until the swap."""

    def close(self) -> None:
        """Let go of files and memory."""


class Engine(Protocol):
    """A module that holds a search engine."""

    def open_index(self, url: str, folder: Path) -> Index:
        """The index at this address, or in this folder."""


ENGINES = {
    "whoosh": "stories.search.whoosh",
    "opensearch": "stories.search.opensearch",
}


def open_index(url: str, folder: Path) -> Index:
    """The index of the engine that `url` names; engines not used are not imported."""
    scheme = url.partition(":")[0]
    module = ENGINES.get(scheme)
    if module is None or find_spec(module) is None:
        raise Invalid(Problem("There is no search engine “%(name)s”.", name=scheme))
    return cast(Engine, import_module(module)).open_index(url, folder)
