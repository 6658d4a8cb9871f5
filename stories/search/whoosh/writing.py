"""Writing a segment: words gathered in memory, whole segments taken over as arrays."""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from stories.search.documents import Document
from stories.search.whoosh import indexing
from stories.search.whoosh.merging import merged
from stories.search.whoosh.postings import GONE, Block, Keys, Postings, ends, joined

WAIT = 10
"""Seconds to wait for another writer's lock."""


class Codec(W3Codec):
    """Whoosh's segments and columns, with our postings."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> "Words":
        """Where a new segment's words go."""
        return Words(segment.create_file(storage, self.TERMS_EXT))

    def terms_reader(self, storage: Any, segment: Any) -> Block:
        """The words of a segment."""
        return Block.read(segment.open_file(storage, self.TERMS_EXT).view)


class Words:
    """The file of a segment's words."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[Block]) -> None:
        """Write all that the pool holds."""
        for block in items:
            block.write(self._file)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
        self.is_closed = True


class _Word:
    """The postings of a word while they come in."""

    __slots__ = ("counts", "docs", "places", "weights")

    def __init__(self) -> None:
        self.docs = array("I")
        self.weights = array("f")
        self.counts = array("H")
        self.places = bytearray()


class Pool:
    """All words of the segment being written."""

    def __init__(self) -> None:
        self._words: dict[bytes, _Word] = defaultdict(_Word)
        self._taken: list[Block] = []

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Note that a document has a word."""
        _, key, doc, weight, places = item
        word = self._words[key]
        word.docs.append(doc)
        if places:
            word.weights.append(weight)
            word.counts.append(len(places) // 4)
            word.places += places

    def take(self, block: Block) -> None:
        """Add all words of another segment, its documents numbered after ours."""
        self._taken.append(block)

    def iter_postings(self) -> Iterable[Block]:
        """Everything, as one block."""
        blocks = [self._gathered(), *self._taken]
        return [joined(blocks) if self._taken else blocks[0]]

    def _gathered(self) -> Block:
        keys = sorted(self._words)
        words = [self._words[key] for key in keys]
        return Block(
            Keys.of(keys),
            ends(np.array([len(word.docs) for word in words], np.int64)),
            ends(np.array([len(word.places) // 4 for word in words], np.int64)),
            Postings(
                np.frombuffer(b"".join(word.docs for word in words), np.uint32),
                np.frombuffer(b"".join(word.weights for word in words), "f4").astype(
                    np.float16
                ),
                np.frombuffer(b"".join(word.counts for word in words), np.uint16),
                np.frombuffer(b"".join(word.places for word in words), np.uint32),
            ),
        )

    def cleanup(self) -> None:
        """Let go of the memory."""
        self._words.clear()
        self._taken.clear()


class Writer(SegmentWriter):
    """Whoosh's writer, with our pool, codec and merge policy."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=WAIT, codec=Codec())
        index.storage.sweep()
        self.pool = Pool()
        self._added: bool = False

    def add(self, document: Document) -> None:
        """Add one more document."""
        self.add_document(**indexing.fields(document))

    def finish(self) -> None:
        """Commit, and take over the segments that are to be merged."""
        self.commit(mergetype=lambda _, segments: self._merge(segments))

    def _merge(self, old: list[Any]) -> list[Any]:
        chosen = {segment.segment_id() for segment in merged(old)}
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
        self.pool.take(self.codec.terms_reader(files, segment).renumbered(numbers))
        self._added |= self.docnum > first
