"""The index in a folder: one generation in use, perhaps another being filled."""

import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from threading import RLock
from time import sleep
from typing import NamedTuple

from whoosh.index import TOC, EmptyIndexError, FileIndex

from stories.search.documents import Document
from stories.search.index import Damaged
from stories.search.questions import Found, Question
from stories.search.whoosh import answering, correcting, indexing
from stories.search.whoosh.generations import Generations
from stories.search.whoosh.reading import Labels, Moment, Opened, Part
from stories.search.whoosh.storage import Storage
from stories.search.whoosh.writing import Writer

NAME = "EARSHOT10"
"""Of the format: counts on when something else is written, and asks for a rebuild."""
BATCH = 5000
"""So many documents are one commit at most; they are held in memory."""
TRIES = 40
PAUSE = 0.025
"""So often, after so many seconds, a folder is tried that changes as it is read."""


class View(NamedTuple):
    """What a search sees: a folder at a moment."""

    folder: Path | None
    storage: Storage | None
    moment: Moment


class WhooshIndex:
    """An index of stories kept by Whoosh; any number of threads may use it."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder, NAME)
        self._opening = RLock()
        self._committing = RLock()
        self._view = _view(None)

    # Reading ---------------------------------------------------------------------

    def search(self, question: Question) -> Found:
        """Answer a question by what is committed now."""
        return answering.answer(question, self._now().moment)

    def suggest(self, words: str, languages: tuple[str, ...] = ()) -> str | None:
        """The same words, unknown ones corrected by one slip of the hand."""
        return correcting.suggest(words, languages, self._now().moment)

    def count(self) -> int:
        """How many stories are indexed."""
        return self._now().moment.count

    def usable(self) -> bool:
        """Whether a rebuild has filled it, and every byte is as it was written."""
        try:
            view = self._now()
        except Damaged:
            return False
        return view.folder is not None and self._generations.complete(view.folder)

    def close(self) -> None:
        """Let go of everything; the next search opens it again."""
        with self._opening:
            self._view = _view(None)

    def _now(self) -> View:
        """The newest state; segments that were open stay open."""
        for _ in range(TRIES):
            view = self._view
            folder = self._generations.current()
            if folder == view.folder and (
                view.storage is None
                or TOC._latest_generation(view.storage, NAME) == view.moment.generation
            ):
                return view
            try:
                return self._opened(folder)
            except FileNotFoundError:  # merged or swapped away this very moment
                sleep(PAUSE)
        raise Damaged(str(self._generations.folder))

    def _opened(self, folder: Path | None) -> View:
        with self._opening:
            view = self._view if folder == self._view.folder else _view(folder)
            if view.storage is not None:
                view = view._replace(moment=_newest(view.storage, view.moment))
            self._view = view
            return view

    # Writing ---------------------------------------------------------------------

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, a commit per batch."""
        for batch in _batches(documents):
            latest = {document.id: document for document in batch}
            self._commit(latest, latest.values())

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these stories."""
        gone = set(ids)
        if gone:
            self._commit(gone, ())

    def _commit(self, gone: Iterable[int], new: Iterable[Document]) -> None:
        """Once more if a rebuild took the folder's place meanwhile."""
        with self._committing:
            while True:
                folder = self._generations.current()
                if folder is None:
                    self._generations.use(self._generations.new())
                    continue
                try:
                    self._write(gone, new)
                except FileNotFoundError:
                    if folder == self._generations.current():
                        raise
                if folder == self._generations.current():
                    return

    def _write(self, gone: Iterable[int], new: Iterable[Document]) -> None:
        storage = self._now().storage
        writer = Writer(FileIndex(storage, indexing.schema(), NAME))
        try:
            for doc in self._now().moment.documents(gone):  # now that it is locked
                writer.delete_document(doc)
            for document in new:
                writer.add(document)
            writer.finish()
        except BaseException:
            if not writer.is_closed:
                writer.cancel()
            raise

    def rebuild(self) -> "Filling":
        """Begin a new index in a folder beside."""
        return Filling(self._generations)


class Filling:
    """A new index while it is filled, in a folder that is locked meanwhile."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._path = generations.new()
        self._lock = generations.locked(self._path)
        self._index = FileIndex(Storage(self._path), indexing.schema(), NAME)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, none of them twice."""
        for batch in _batches(documents):
            writer = Writer(self._index)
            for document in batch:
                writer.add(document)
            writer.finish()

    def swap(self) -> None:
        """Take the place of the index in use."""
        self._generations.finish(self._path)
        self._generations.use(self._path)
        self._lock.close()

    def abandon(self) -> None:
        """Remove the folder."""
        self._lock.close()
        shutil.rmtree(self._path)


def _view(folder: Path | None) -> View:
    """Nothing read yet."""
    storage = None if folder is None else Storage(folder)
    return View(folder, storage, Moment(-1, (), Labels()))


def _newest(storage: Storage, known: Moment) -> Moment:
    """The newest generation, with the segments that are known already."""
    try:
        toc = TOC.read(storage, NAME, schema=indexing.schema())
    except EmptyIndexError as other:
        raise Damaged(str(storage.path)) from other
    if toc.generation == known.generation:
        return known
    opened = {part.opened.name: part.opened for part in known.parts}
    parts: list[Part] = []
    first = 0
    for segment in toc.segments:
        one = opened.get(segment.segment_id())
        one = one or Opened(segment, storage, known.labels)
        parts.append(Part(one, first, tuple(segment.deleted_docs())))
        first += one.size
    return Moment(toc.generation, parts, known.labels)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch
