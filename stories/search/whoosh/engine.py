"""The index in a folder: one generation in use, perhaps another being filled."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import RLock

from whoosh.index import TOC, EmptyIndexError, FileIndex

from stories.search.documents import Document
from stories.search.index import Damaged
from stories.search.questions import Found, Question
from stories.search.whoosh import answering, correcting, indexing, merging
from stories.search.whoosh.reading import Labels, Moment, Opened, Part
from stories.search.whoosh.storage import Storage, sync
from stories.search.whoosh.writing import Writer

NAME = "EARSHOT1"
"""Of the format; another is not read but rebuilt."""
CURRENT = "current"
BATCH = 5000
"""So many documents are one commit at most; they are held in memory."""
TRIES = 20


class Generations:
    """The folders of an index; the link `current` names the one in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The folder in use."""
        try:
            return self.folder / (self.folder / CURRENT).readlink()
        except FileNotFoundError:
            return None

    def new(self) -> Path:
        """An empty folder with a name of its own."""
        self.folder.mkdir(parents=True, exist_ok=True)
        taken = [
            int(path.name) for path in self.folder.iterdir() if path.name.isdigit()
        ]
        path = self.folder / str(max(taken, default=0) + 1)
        path.mkdir()
        FileIndex.create(Storage(path), indexing.schema(), NAME)
        return path

    def use(self, path: Path) -> None:
        """Make this the folder in use, and remove the others."""
        link = self.folder / f".{CURRENT}"
        link.unlink(missing_ok=True)
        link.symlink_to(path.name)
        link.replace(self.folder / CURRENT)
        sync(self.folder)
        for other in self.folder.iterdir():
            if other.name.isdigit() and other != path:
                shutil.rmtree(other, ignore_errors=True)


class WhooshIndex:
    """An index of stories kept by Whoosh."""

    def __init__(self, folder: Path) -> None:
        self._generations = Generations(folder)
        self._lock = RLock()
        self._folder: Path | None = None
        self._storage: Storage | None = None
        self._opened: dict[str, Opened] = {}
        self._labels = Labels()
        self._moment = Moment(-1, (), self._labels)

    # Reading ---------------------------------------------------------------------

    def search(self, question: Question) -> Found:
        """Answer a question by what is committed now."""
        return answering.answer(question, self._now())

    def suggest(self, words: str, languages: tuple[str, ...] = ()) -> str | None:
        """The same words, unknown ones corrected by one slip of the hand."""
        return correcting.suggest(words, self._now())

    def count(self) -> int:
        """How many stories are indexed."""
        return self._now().count

    def usable(self) -> bool:
        """Whether there is an index, and every byte in it as it was written."""
        if self._generations.current() is None:
            return False
        try:
            self._now()
        except Damaged:
            return False
        return True

    def close(self) -> None:
        """Let go of everything; the next search opens it again."""
        with self._lock:
            self._open(None)

    def _now(self) -> Moment:
        """The newest moment; segments that were open stay open."""
        for _ in range(TRIES):
            folder = self._generations.current()
            storage = self._storage
            if folder == self._folder and storage is not None:
                newest = TOC._latest_generation(storage, NAME)
                if newest == self._moment.generation and newest >= 0:
                    return self._moment
            try:
                return self._reopened(folder)
            except FileNotFoundError:  # merged or swapped away this very moment
                continue
        raise Damaged(str(folder))

    def _reopened(self, folder: Path | None) -> Moment:
        with self._lock:
            if folder != self._folder:
                self._open(folder)
            if self._storage is None:
                return self._moment
            try:
                toc = TOC.read(self._storage, NAME, schema=indexing.schema())
            except EmptyIndexError as other:
                raise Damaged(str(folder)) from other
            if toc.generation != self._moment.generation:
                self._moment = self._at(toc)
            return self._moment

    def _open(self, folder: Path | None) -> None:
        self._folder = folder
        self._storage = None if folder is None else Storage(folder)
        self._opened = {}
        self._labels = Labels()
        self._moment = Moment(-1, (), self._labels)

    def _at(self, toc: TOC) -> Moment:
        opened: dict[str, Opened] = {}
        parts: list[Part] = []
        first = 0
        for segment in toc.segments:
            name = segment.segment_id()
            one = self._opened.get(name) or Opened(segment, self._storage, self._labels)
            opened[name] = one
            parts.append(Part(one, first, tuple(segment.deleted_docs())))
            first += one.size
        self._opened = opened
        return Moment(toc.generation, parts, self._labels)

    # Writing ---------------------------------------------------------------------

    def put(self, documents: Iterable[Document]) -> None:
        """Add or replace, a commit per batch."""
        for batch in _batches(documents):
            latest = {document.id: document for document in batch}
            with self._writing(latest) as writer:
                for document in latest.values():
                    writer.add(document)
                writer.finish()

    def remove(self, ids: Iterable[int]) -> None:
        """Forget these stories."""
        gone = set(ids)
        if gone:
            with self._writing(gone) as writer:
                writer.finish()

    @contextmanager
    def _writing(self, ids: Iterable[int]) -> Iterator[Writer]:
        """A writer from which these stories are already deleted."""
        with self._lock:
            if self._generations.current() is None:
                self._generations.use(self._generations.new())
            moment = self._now()
            writer = Writer(FileIndex(self._storage, indexing.schema(), NAME))
            try:
                for doc in moment.documents(ids):
                    writer.delete_document(doc)
                yield writer
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise

    def rebuild(self) -> "Filling":
        """Begin a new index in a folder beside."""
        return Filling(self._generations)


class Filling:
    """A new index while it is filled; merged once, in the end."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._path = generations.new()
        self._index = FileIndex(Storage(self._path), indexing.schema(), NAME)

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, none of them twice."""
        for batch in _batches(documents):
            writer = Writer(self._index)
            for document in batch:
                writer.add(document)
            writer.finish(merging.nothing)

    def swap(self) -> None:
        """Merge, then take the place of the index in use."""
        Writer(self._index).finish(merging.everything)
        self._generations.use(self._path)

    def abandon(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self._path)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch
