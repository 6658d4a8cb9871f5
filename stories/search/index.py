"""What any search engine must do."""

from collections.abc import Iterable
from typing import Protocol

from stories.search.documents import Document
from stories.search.questions import Found, Question


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
    """A search engine's index of the stories. Only one process may write."""

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
        """Whether it was once rebuilt, is whole and of this format; else rebuild it."""

    def rebuild(self) -> Rebuild:
        """Begin a new index; the present one serves until the swap."""

    def close(self) -> None:
        """Let go of files and memory."""
