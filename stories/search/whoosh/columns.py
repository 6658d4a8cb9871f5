"""Columns that are read as arrays: numbers, and labels to filter and count by."""

import struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.columns import Column, ColumnReader, ColumnWriter

Labels = tuple[str, ...]
Measures = tuple[tuple[str, int], ...]
Numbers = NDArray[np.int64]

_TAIL = struct.Struct("<II")
LARGEST = 2**63 - 1


class NumbersColumn(Column):
    """One whole number per document."""

    _default = 0

    class Writer(ColumnWriter):
        """Collects the numbers, writes them in the end."""

        def __init__(self, dbfile: Any) -> None:
            self._file = dbfile
            self._numbers: list[int] = []

        def add(self, docnum: int, value: int) -> None:
            """Note the number of a document; called for every one, in order."""
            self._numbers.append(value)

        def finish(self, doccount: int) -> None:
            """Write the numbers."""
            self._file.write(np.array(self._numbers, "<i8").tobytes())

    class Reader(ColumnReader):
        """The numbers of a segment, by document or `all` at once."""

        def __init__(self, dbfile: Any, start: int, length: int, doccount: int) -> None:
            self._doccount = doccount
            self.all: Numbers = np.frombuffer(dbfile.view, "<i8", doccount, start)

        def __getitem__(self, docnum: int) -> int:
            return int(self.all[docnum])


class Labelled(NamedTuple):
    """Which label each entry is, and of which document, documents ascending."""

    names: list[str]
    codes: NDArray[np.uint32]
    docs: NDArray[np.uint32]


class LabelsColumn(Column):
    """Any number of labels per document, each label stored once per segment."""

    _default: Labels = ()

    class Writer(ColumnWriter):
        """Collects the labels, writes them in the end."""

        def __init__(self, dbfile: Any) -> None:
            self._file = dbfile
            self._names: dict[str, int] = {}
            self._codes: list[int] = []
            self._docs: list[int] = []

        def add(self, docnum: int, value: Labels) -> None:
            """Note the labels of a document; called in the order of documents."""
            for name in value:
                self._codes.append(self._names.setdefault(name, len(self._names)))
                self._docs.append(docnum)

        def finish(self, doccount: int) -> None:
            """Write codes, documents, names, and how many of them."""
            names = "\0".join(self._names).encode()
            self._file.write(np.array(self._codes, "<u4").tobytes())
            self._file.write(np.array(self._docs, "<u4").tobytes())
            self._file.write(names)
            self._file.write(_TAIL.pack(len(self._codes), len(names)))

    class Reader(ColumnReader):
        """The labels of a segment, by document or `all` at once."""

        def __init__(self, dbfile: Any, start: int, length: int, doccount: int) -> None:
            tail = dbfile.get(start + length - _TAIL.size, _TAIL.size)
            entries, size = _TAIL.unpack(tail)
            numbers = np.frombuffer(dbfile.view, "<u4", entries * 2, start)
            names = dbfile.get(start + entries * 8, size).decode()
            self._doccount = doccount
            self.all = Labelled(
                names.split("\0") if names else [], numbers[:entries], numbers[entries:]
            )

        def __getitem__(self, docnum: int) -> Labels:
            names, codes, docs = self.all
            first, last = np.searchsorted(docs, [docnum, docnum + 1])
            return tuple(names[code] for code in codes[first:last])


class Measured(NamedTuple):
    """Which measure each entry is, of which document, and how much it is."""

    names: list[str]
    codes: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    numbers: Numbers


class MeasuresColumn(Column):
    """Any number of named numbers per document."""

    _default: Measures = ()

    class Writer(ColumnWriter):
        """Collects the numbers, writes them in the end: numbers, then labels."""

        def __init__(self, dbfile: Any) -> None:
            self._file = dbfile
            self._labels = LabelsColumn.Writer(dbfile)
            self._numbers: list[int] = []

        def add(self, docnum: int, value: Measures) -> None:
            """Note the numbers of a document; called in the order of documents."""
            self._labels.add(docnum, tuple(name for name, _ in value))
            self._numbers += (min(number, LARGEST) for _, number in value)

        def finish(self, doccount: int) -> None:
            """Write everything."""
            self._file.write(np.array(self._numbers, "<i8").tobytes())
            self._labels.finish(doccount)

    class Reader(ColumnReader):
        """The numbers of a segment, by document or `all` at once."""

        def __init__(self, dbfile: Any, start: int, length: int, doccount: int) -> None:
            tail = dbfile.get(start + length - _TAIL.size, _TAIL.size)
            entries, _ = _TAIL.unpack(tail)
            numbers = np.frombuffer(dbfile.view, "<i8", entries, start)
            begin = start + numbers.nbytes
            rest = length - numbers.nbytes
            labels = LabelsColumn.Reader(dbfile, begin, rest, doccount).all
            self._doccount = doccount
            self.all = Measured(*labels, numbers)

        def __getitem__(self, docnum: int) -> Measures:
            names, codes, docs, numbers = self.all
            first, last = np.searchsorted(docs, [docnum, docnum + 1])
            return tuple(
                (names[code], int(number))
                for code, number in zip(
                    codes[first:last], numbers[first:last], strict=True
                )
            )
