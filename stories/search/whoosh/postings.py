"""Postings as arrays: which documents a word is in, how much it weighs, and where.

Whoosh keeps blocks of pickled tuples; these arrays are read where they lie in memory.
"""

import struct
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filetables import OrderedHashReader, OrderedHashWriter

TEXT, LEXICON = b"t", b"w"
"""What a key begins with: stems with weights and places, or words as written."""

PLACE_BITS = 28
"""A place is the number of the field, then so many bits for the position in it."""

_WHERE = struct.Struct("<IQI")


class Postings(NamedTuple):
    """One word in one segment; documents ascend, places ascend within each.

    A word of the lexicon has documents only.
    """

    docs: NDArray[np.uint32]
    weights: NDArray[np.float16]
    counts: NDArray[np.uint16]
    places: NDArray[np.uint32]

    def pack(self) -> bytes:
        """The arrays as they stand in the file."""
        arrays = (
            self.docs.astype("<u4", copy=False),
            self.weights.astype("<f2", copy=False),
            self.counts.astype("<u2", copy=False),
            self.places.astype("<u4", copy=False),
        )
        return b"".join(array.tobytes() for array in arrays)

    def only_docs(self) -> "Postings":
        """The documents alone."""
        return Postings(self.docs, *_NOTHING)

    @classmethod
    def unpack(cls, data: memoryview, n: int) -> "Postings":
        """The arrays of a word that is in `n` documents."""
        if len(data) == 4 * n:
            return cls(np.frombuffer(data, "<u4", n), *_NOTHING)
        return cls(
            np.frombuffer(data, "<u4", n),
            np.frombuffer(data, "<f2", n, 4 * n),
            np.frombuffer(data, "<u2", n, 6 * n),
            np.frombuffer(data, "<u4", -1, 8 * n),
        )


_NOWHERE: NDArray[np.uint32] = np.empty(0, "<u4")
_NOTHING = (np.empty(0, "<f2"), np.empty(0, "<u2"), _NOWHERE)


class Codec(W3Codec):
    """Whoosh's segments and columns, with our postings."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> "Words":
        """Where a new segment's words go."""
        return Words(
            segment.create_file(storage, self.TERMS_EXT),
            segment.create_file(storage, self.POSTS_EXT),
        )

    def terms_reader(self, storage: Any, segment: Any) -> "Terms":
        """The words of a segment."""
        name = segment.make_filename(self.TERMS_EXT)
        return Terms(
            OrderedHashReader(storage.open_file(name), storage.file_length(name)),
            segment.open_file(storage, self.POSTS_EXT).view,
        )


class Words:
    """Writes the words of a segment, in order, each with all its postings."""

    def __init__(self, terms: Any, postings: Any) -> None:
        self._terms = OrderedHashWriter(terms)
        self._postings = postings
        self.is_closed = False

    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[bytes, Postings]]
    ) -> None:
        """Take what the pool holds."""
        for key, postings in items:
            data = postings.pack()
            where = _WHERE.pack(len(postings.docs), self._postings.tell(), len(data))
            self._postings.write(data)
            self._terms.add(key, where)

    def close(self) -> None:
        """Finish both files."""
        self._terms.close()
        self._postings.close()
        self.is_closed = True


class Terms:
    """Reads the words of a segment. Any thread may, at the same time."""

    def __init__(self, terms: OrderedHashReader, postings: memoryview) -> None:
        self._terms = terms
        self._postings = postings

    def get(self, key: bytes) -> Postings | None:
        """The postings of a word, if the segment has it."""
        where = self._terms.get(key)
        return where and self._read(where)

    def starting(self, start: bytes) -> Iterator[tuple[bytes, Postings]]:
        """The words that begin so, in order."""
        for key, where in self._terms.items_from(start):
            if not key.startswith(start):
                return
            yield key, self._read(where)

    def all(self) -> Iterator[tuple[bytes, Postings]]:
        """Every word, in order."""
        for key, where in self._terms.items():
            yield key, self._read(where)

    def _read(self, where: bytes) -> Postings:
        n, start, length = _WHERE.unpack(where)
        return Postings.unpack(self._postings[start : start + length], n)
