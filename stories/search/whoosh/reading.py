"""An index at one moment: its segments, open and unchanging, shared by all threads.

Whoosh's own searchers give wrong hits when threads share them, and its `refresh` brings
deleted documents back. Here a segment is opened once and only read by position; what
was deleted belongs to the moment, not to the segment.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stories.search.questions import Span
from stories.search.whoosh.columns import (
    Labelled,
    LabelsColumn,
    Measured,
    MeasuresColumn,
    NumbersColumn,
)

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Codes = NDArray[np.int64]


class Labels:
    """Every label of the index and its code; only ever grows."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes: dict[str, int] = {}
        self._facets: dict[str, Codes] = {}

    def add(self, names: Iterable[str]) -> Codes:
        """The codes of these labels, new ones for new labels."""
        new = [name for name in names if name not in self.codes]
        for name in new:
            self.codes[name] = len(self.names)
            self.names.append(name)
        for facet in {_facet(name) for name in new}:
            more = [self.codes[name] for name in new if _facet(name) == facet]
            known = self.coded(facet)
            self._facets[facet] = np.append(known, np.array(more, np.int64))
        return np.array([self.codes[name] for name in names], np.int64)

    def coded(self, facet: str) -> Codes:
        """The codes of all values of a facet."""
        return self._facets.get(facet, np.empty(0, np.int64))

    def value(self, code: int) -> str:
        """The value that a code stands for."""
        return self.names[code].partition(":")[2]


def _facet(name: str) -> str:
    return name.partition(":")[0]


class Coded:
    """Labels or measures of a segment as it numbers them itself, read where they lie
    in its file, and what each of its numbers is among all labels."""

    def __init__(
        self, names: Sequence[str], codes: NDArray[np.uint32], labels: Labels
    ) -> None:
        self.codes = codes
        self._known = labels.add(names)

    def bearing(self, wanted: Mask) -> Mask:
        """Which entries are one of the labels that are wanted among all."""
        found: Mask = wanted[self._known][self.codes]
        return found

    def count(self, chosen: Mask, counts: NDArray[np.intp]) -> None:
        """Add how often the chosen entries are each label."""
        own = np.bincount(self.codes[chosen], minlength=len(self._known))
        counts[self._known] += own


class Opened:
    """One segment's words, numbers and labels. Nothing is copied: what many processes
    read is in memory once."""

    def __init__(self, segment: Any, storage: Any, labels: Labels) -> None:
        files = segment.open_compound_file(storage)
        columns = segment.codec().per_document_reader(files, segment)
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self.words = segment.codec().terms_reader(files, segment)
        self.ids = _numbers(columns, "number")
        self.published_at = _numbers(columns, "published_at")
        self.last_activity_at = _numbers(columns, "last_activity_at")
        own: Labelled = columns.column_reader("labels", LabelsColumn()).all
        self.labels = Coded(own.names, own.codes, labels)
        self.docs = own.docs
        self.measures: Measured = columns.column_reader(
            "measures", MeasuresColumn()
        ).all
        self.measured = Coded(self.measures.names, self.measures.codes, labels)


def _numbers(columns: Any, name: str) -> Numbers:
    found: Numbers = columns.column_reader(name, NumbersColumn()).all
    return found


class Part(NamedTuple):
    """A segment's place in the whole."""

    opened: Opened
    first: int
    deleted: tuple[int, ...]

    @property
    def span(self) -> slice:
        """Its documents among all."""
        return slice(self.first, self.first + self.opened.size)


class Moment:
    """All segments of one generation."""

    def __init__(self, generation: int, parts: Iterable[Part], labels: Labels) -> None:
        self.generation = generation
        self.parts = tuple(parts)
        self.labels = labels
        self.size = sum(part.opened.size for part in self.parts)

    @cached_property
    def alive(self) -> Mask:
        """Which documents are not deleted."""
        found = np.ones(self.size, np.bool_)
        for part in self.parts:
            found[part.span][list(part.deleted)] = False
        return found

    @cached_property
    def count(self) -> int:
        """How many documents are not deleted."""
        return int(np.count_nonzero(self.alive))

    @cached_property
    def ids(self) -> Numbers:
        """The story of each document."""
        return self._column(lambda opened: opened.ids)

    @cached_property
    def published_at(self) -> Numbers:
        """When each was published."""
        return self._column(lambda opened: opened.published_at)

    @cached_property
    def last_activity_at(self) -> Numbers:
        """When anything last happened to each."""
        return self._column(lambda opened: opened.last_activity_at)

    def documents(self, ids: Iterable[int]) -> list[int]:
        """The documents of these stories that are not deleted."""
        found = np.isin(self.ids, np.fromiter(ids, np.int64)) & self.alive
        return [int(doc) for doc in np.flatnonzero(found)]

    def labelled(self, codes: Iterable[int]) -> Mask:
        """Which documents bear one of these labels."""
        wanted = self._wanted(codes)
        found = np.zeros(self.size, np.bool_)
        for part in self.parts:
            opened = part.opened
            found[part.span][opened.docs[opened.labels.bearing(wanted)]] = True
        return found

    def measured(self, codes: Iterable[int], span: Span) -> Mask:
        """Which documents have one of these measures within the span."""
        wanted = self._wanted(codes)
        found = np.zeros(self.size, np.bool_)
        for part in self.parts:
            *_, docs, numbers = part.opened.measures
            fits = part.opened.measured.bearing(wanted)
            if span.least is not None:
                fits &= numbers >= span.least
            if span.most is not None:
                fits &= numbers <= span.most
            found[part.span][docs[fits]] = True
        return found

    def counted(self, mask: Mask) -> NDArray[np.intp]:
        """How many of these documents bear each label."""
        counts = np.zeros(len(self.labels.names), np.intp)
        for part in self.parts:
            chosen = mask[part.span][part.opened.docs]
            part.opened.labels.count(chosen, counts)
        return counts

    def _wanted(self, codes: Iterable[int]) -> Mask:
        wanted = np.zeros(len(self.labels.names), np.bool_)
        wanted[list(codes)] = True
        return wanted

    def _column(self, of: Callable[[Opened], Numbers]) -> Numbers:
        columns = [of(part.opened) for part in self.parts]
        if len(columns) == 1:
            return columns[0]
        return np.concatenate(columns) if columns else np.empty(0, np.int64)


def read_languages(chosen: Iterable[str], moment: Moment) -> list[str]:
    """The chosen languages, else all that there are in the index."""
    labels = moment.labels
    return list(chosen) or [labels.value(code) for code in labels.coded("language")]
