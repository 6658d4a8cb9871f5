"""Writing a segment: words gathered in memory, whole segments taken over as arrays."""

import heapq
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from stories.search.documents import Document
from stories.search.whoosh import indexing
from stories.search.whoosh.merging import merged
from stories.search.whoosh.postings import Codec, Postings, Terms

WAIT = 10
"""Seconds to wait for another writer's lock."""

GONE = np.uint32(0xFFFFFFFF)


class _Word:
    """The postings of a word while they come in."""

    __slots__ = ("counts", "docs", "places", "weights")

    def __init__(self) -> None:
        self.docs = array("I")
        self.weights = array("f")
        self.counts = array("H")
        self.places = bytearray()

    def postings(self, key: bytes) -> Postings:
        found = Postings(
            np.array(self.docs, "<u4"),
            np.array(self.weights, "<f2"),
            np.array(self.counts, "<u2"),
            np.frombuffer(self.places, "<u4"),
        )
        return found if self.places else found.only_docs()


class _Taken(NamedTuple):
    """A segment that is taken over: its words, and its documents' new numbers."""

    terms: Terms
    numbers: NDArray[np.uint32]
    whole: bool

    def words(self) -> Iterator[tuple[bytes, Postings]]:
        """Its words with the new numbers, without what was deleted."""
        for key, postings in self.terms.all():
            found = self._renumbered(postings)
            if len(found.docs):
                yield key, found

    def _renumbered(self, old: Postings) -> Postings:
        docs = self.numbers[old.docs]
        if self.whole:
            return old._replace(docs=docs)
        kept = docs != GONE
        if len(old.weights) == 0:
            return old._replace(docs=docs[kept])
        places = old.places[np.repeat(kept, old.counts)]
        return Postings(docs[kept], old.weights[kept], old.counts[kept], places)


class Pool:
    """All words of the segment being written, in order in the end."""

    def __init__(self) -> None:
        self._words: dict[bytes, _Word] = defaultdict(_Word)
        self._taken: list[_Taken] = []

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Note that a document has a word."""
        _, key, doc, weight, places = item
        word = self._words[key]
        word.docs.append(doc)
        word.weights.append(weight)
        word.counts.append(len(places) // 4)
        word.places += places

    def take(self, taken: _Taken) -> None:
        """Add all words of another segment."""
        self._taken.append(taken)

    def iter_postings(self) -> Iterator[tuple[bytes, Postings]]:
        """Each word once, in order, its documents ascending."""
        own = ((key, self._words[key].postings(key)) for key in sorted(self._words))
        sources = heapq.merge(
            own, *(taken.words() for taken in self._taken), key=itemgetter(0)
        )
        for key, same in groupby(sources, itemgetter(0)):
            yield key, _joined([postings for _, postings in same])

    def cleanup(self) -> None:
        """Let go of the memory."""
        self._words.clear()
        self._taken.clear()


def _joined(parts: list[Postings]) -> Postings:
    if len(parts) == 1:
        return parts[0]
    return Postings(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


class Writer(SegmentWriter):
    """Whoosh's writer, with our pool, codec and merge policy."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=WAIT, codec=Codec())
        self.pool = Pool()
        self._added: bool = False

    def add(self, document: Document) -> None:
        """Add one more document."""
        self.add_document(**indexing.fields(document))

    def finish(self, policy: Callable[[list[Any]], list[Any]] = merged) -> None:
        """Commit, and take over the segments that the policy chooses."""
        self.commit(mergetype=lambda _, segments: self._merge(policy, segments))

    def _merge(self, policy: Callable[[list[Any]], list[Any]], old: list[Any]) -> Any:
        chosen = {segment.segment_id() for segment in policy(old)}
        for segment in old:
            if segment.segment_id() in chosen:
                self._take(segment)
        return [
            segment
            for segment in old
            if segment.segment_id() not in chosen and segment.doc_count()
        ]

    def _take(self, segment: Any) -> None:
        files = segment.open_compound_file(self.storage)
        columns = self.codec.per_document_reader(files, segment)
        first = self.docnum
        moved = self.write_per_doc(set(self.schema.names()), columns)
        numbers = np.arange(first, first + segment.doc_count_all(), dtype=np.uint32)
        if moved is not None:
            numbers[:] = GONE
            numbers[list(moved)] = list(moved.values())
        terms = self.codec.terms_reader(files, segment)
        self.pool.take(_Taken(terms, numbers, moved is None))
        self._added |= self.docnum > first
