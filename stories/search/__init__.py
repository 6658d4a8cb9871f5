"""Finding stories: what any search engine must do, and which one is used."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from stories.problems import Invalid, Problem
from stories.search.documents import Document
from stories.search.highlighting import Highlighter, highlight
from stories.search.index import Damaged, Index, Rebuild
from stories.search.questions import Found, Hit, Question, Span, Without

__all__ = [
    "Damaged",
    "Document",
    "Found",
    "Highlighter",
    "Hit",
    "Index",
    "Question",
    "Rebuild",
    "Span",
    "Without",
    "highlight",
    "open_index",
]

ENGINES = {
    "whoosh": "stories.search.whoosh",
    "opensearch": "stories.search.opensearch",
}


class Engine(Protocol):
    """A module that holds a search engine."""

    def open_index(self, url: str, folder: Path) -> Index:
        """The index at this address, or in this folder."""


def open_index(url: str, folder: Path) -> Index:
    """The index of the engine that `url` names; engines not used are not imported."""
    scheme = url.partition(":")[0]
    module = ENGINES.get(scheme)
    if module is None or find_spec(module) is None:
        raise Invalid(Problem("There is no search engine “%(name)s”.", name=scheme))
    return cast(Engine, import_module(module)).open_index(url, folder)
