"""Postings as arrays: which documents a word is in, how much it weighs, and where.

Whoosh keeps them as pickled tuples, a few at a time. Here a segment has one array of
each kind for all its words, which is read where it lies in the mapped file.
"""

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

TEXT, LEXICON = b"t", b"w"
"""What a key begins with: stems with places, or words as they were written."""

LAST = b"\xff"
"""Comes after every letter."""

PLACE_BITS = 28
"""A place is the number of the field, then so many bits for the position in it."""

GONE = np.uint32(0xFFFFFFFF)
"""The new number of a document that is no more."""

SAMPLED = 256
"""One key in so many is kept at hand, to find the others by."""

ASCII = 0x80
"""Letters from here on are several bytes."""

_HEAD = struct.Struct("<5Q")

Docs = NDArray[np.uint32]
Weights = NDArray[np.float16]
Counts = NDArray[np.uint16]
Places = NDArray[np.uint32]
Ends = NDArray[np.int64]


class Postings(NamedTuple):
    """One word in one segment; documents ascend, and places within each.

    A word of the lexicon has documents only. As those words come last, the arrays of
    a whole segment are cut where they begin.
    """

    docs: Docs
    weights: Weights
    counts: Counts
    places: Places


class Block:
    """All words of a segment, in order, with their postings.

    Word `i` has the postings from `doc_ends[i]` to `doc_ends[i + 1]`, and likewise
    places. Nothing here changes: all threads may read at the same time.
    """

    def __init__(
        self, keys: "Keys", doc_ends: Ends, place_ends: Ends, postings: Postings
    ) -> None:
        self.keys = keys
        self.doc_ends = doc_ends
        self.place_ends = place_ends
        self.postings = postings

    def get(self, key: bytes) -> Postings | None:
        """The postings of a word, if the segment has it."""
        at = self.keys.place(key)
        return None if at is None else self._between(at, at + 1)

    def count(self, key: bytes) -> int:
        """How many documents have a word."""
        at = self.keys.place(key)
        return 0 if at is None else int(self.doc_ends[at + 1] - self.doc_ends[at])

    def starting(self, start: bytes) -> Postings:
        """The postings of all words that begin so, word after word."""
        return self._between(self.keys.find(start), self.keys.find(start + LAST))

    def _between(self, first: int, last: int) -> Postings:
        docs, weights, counts, places = self.postings
        here = slice(self.doc_ends[first], self.doc_ends[last])
        there = slice(self.place_ends[first], self.place_ends[last])
        return Postings(docs[here], weights[here], counts[here], places[there])

    def write(self, file: Any) -> None:
        """The block as `read` takes it."""
        docs, weights, counts, places = self.postings
        words, length = len(self.keys), self.keys.ends[-1]
        file.write(_HEAD.pack(words, length, len(docs), len(counts), len(places)))
        for array, kind in (
            (self.keys.ends, "<i8"),
            (self.doc_ends, "<i8"),
            (self.place_ends, "<i8"),
            (docs, "<u4"),
            (places, "<u4"),
            (weights, "<f2"),
            (counts, "<u2"),
        ):
            file.write(array.astype(kind, copy=False).tobytes())
        file.write(self.keys.data)

    @classmethod
    def read(cls, data: memoryview) -> "Block":
        """The block in this memory, not copied."""
        words, length, docs, counts, places = _HEAD.unpack_from(data)
        sizes = (words + 1, words + 1, words + 1, docs, places, counts, counts)
        kinds = ("<i8", "<i8", "<i8", "<u4", "<u4", "<f2", "<u2")
        at = _HEAD.size
        arrays: list[NDArray[Any]] = []
        for kind, size in zip(kinds, sizes, strict=True):
            arrays.append(np.frombuffer(data, kind, size, at))
            at += arrays[-1].nbytes
        keys = Keys(data[at : at + length], arrays[0])
        postings = Postings(arrays[3], arrays[5], arrays[6], arrays[4])
        return cls(keys, arrays[1], arrays[2], postings)

    def renumbered(self, numbers: Docs) -> "Block":
        """The same with new numbers for the documents, and without those GONE."""
        docs, weights, counts, places = self.postings
        docs = numbers[docs]
        kept = docs != GONE
        if kept.all():
            changed = self.postings._replace(docs=docs)
            return Block(self.keys, self.doc_ends, self.place_ends, changed)
        placed = kept[: len(counts)]
        still = np.repeat(placed, counts)
        return Block(
            self.keys,
            ends(kept)[self.doc_ends],
            ends(still)[self.place_ends],
            Postings(docs[kept], weights[placed], counts[placed], places[still]),
        )


class Keys(Sequence[bytes]):
    """Many byte strings in order, in one piece of memory."""

    def __init__(self, data: bytes | memoryview, ends: Ends) -> None:
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, keys: Sequence[bytes]) -> "Keys":
        """These keys."""
        lengths = np.fromiter(map(len, keys), np.int64, len(keys))
        return cls(b"".join(keys), ends(lengths))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, at: Any) -> Any:
        return bytes(self.data[self.ends[at] : self.ends[at + 1]])

    def __iter__(self) -> Iterator[bytes]:
        data = bytes(self.data)
        bounds = self.ends.tolist()
        return (data[a:b] for a, b in pairwise(bounds))

    @cached_property
    def _sample(self) -> list[bytes]:
        return [self[at] for at in range(0, len(self), SAMPLED)]

    @cached_property
    def _bounds(self) -> list[int]:
        """Where each sampled key begins, then where all end, as often as is asked."""
        found: list[int] = self.ends[:-1:SAMPLED].tolist()
        return [*found, *(int(self.ends[-1]),) * 3]

    def find(self, key: bytes) -> int:
        """Where the key is, or would be."""
        return bisect_left(self, key, *self._near(key))

    def place(self, key: bytes) -> int | None:
        """Where the key is; None where it is not, which is known sooner."""
        near = max(bisect_left(self._sample, key) - 1, 0)
        begin, end = self._bounds[near], self._bounds[near + 2]
        nearby = bytes(self.data[begin:end])
        found = nearby.find(key)
        first, last = near * SAMPLED, min((near + 2) * SAMPLED, len(self))
        while found >= 0:  # perhaps within a longer key, or across two
            start = begin + found
            at = bisect_left(self.ends, start, first, last)
            if self.ends[at] == start and self.ends[at + 1] == start + len(key):
                return at
            found = nearby.find(key, found + 1)
        return None

    def may_have(self, marks: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which of the keys with these marks (`mark`) may be here; most that are not
        are told apart, many at once."""
        at = np.searchsorted(self._marks, marks)
        at[at == len(self._marks)] = 0
        found: NDArray[np.bool_] = self._marks[at] == marks
        return found

    @cached_property
    def _marks(self) -> NDArray[np.uint32]:
        found = np.fromiter(map(mark, self), np.uint32, len(self))
        found.sort()
        return found

    def letters_after(self, start: bytes) -> set[str]:
        """The letters that follow a beginning in some key."""
        first = self.find(start)
        if first == len(self) or not self[first].startswith(start):
            return set()
        last = self.find(start + LAST)
        places = self.ends[first:last] + len(start)
        places = places[places < self.ends[first + 1 : last + 1]]
        heads = np.frombuffer(self.data, np.uint8)[places]
        plain = {chr(code) for code in set(heads.tobytes()) if code < ASCII}
        wide = (bytes(self.data[at : at + 4]) for at in places[heads >= ASCII])
        return plain | {four.decode(errors="ignore")[0] for four in set(wide)}

    def _near(self, key: bytes) -> tuple[int, int]:
        """Between which places the key is, or would be."""
        near = max(bisect_left(self._sample, key) - 1, 0) * SAMPLED
        return near, min(near + SAMPLED + 1, len(self))


mark = crc32
"""A number by which keys mostly differ."""


def ends(sizes: NDArray[Any]) -> Ends:
    """Where each of the neighbours ends, from 0 on."""
    found = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=found[1:])
    return found


def joined(blocks: Sequence[Block]) -> Block:
    """All words of all blocks; of documents that ascend from block to block."""
    words = sorted(set().union(*(block.keys for block in blocks)))
    rank = {key: at for at, key in enumerate(words)}
    ranks = [
        np.fromiter((rank[key] for key in block.keys), np.int64, len(block.keys))
        for block in blocks
    ]
    docs = _Joint(ranks, [block.doc_ends for block in blocks], len(words))
    places = _Joint(ranks, [block.place_ends for block in blocks], len(words))
    parts = [block.postings for block in blocks]
    postings = Postings(
        docs.join([part.docs for part in parts]),
        docs.join([part.weights for part in parts]),
        docs.join([part.counts for part in parts]),
        places.join([part.places for part in parts]),
    )
    return Block(Keys.of(words), docs.ends, places.ends, postings)


class _Joint:
    """Where the runs of several arrays go in one."""

    def __init__(self, ranks: list[Ends], bounds: list[Ends], count: int) -> None:
        sizes = np.zeros(count, np.int64)
        for rank, bound in zip(ranks, bounds, strict=True):
            sizes[rank] += np.diff(bound)
        self.ends = ends(sizes)
        self._ranks = ranks
        self._bounds = bounds

    def join(self, arrays: list[NDArray[Any]]) -> NDArray[Any]:
        """One array: for each word the runs of all arrays, one after the other."""
        found = np.empty(sum(map(len, arrays)), arrays[0].dtype)
        free = self.ends[:-1].copy()
        for array, rank, bound in zip(arrays, self._ranks, self._bounds, strict=True):
            sizes = np.diff(bound)
            shifts = np.repeat(free[rank] - bound[:-1], sizes)
            found[np.arange(len(array)) + shifts[: len(array)]] = array
            free[rank] += sizes
        return found
