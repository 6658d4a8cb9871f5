"""The detector's model, folded: 26 MB instead of 80, with the same answers.

py3langid walks a text's bytes through a table of transitions (39 MB), most of which go
where that byte usually goes, and adds up weights (28 MB), most of which are the least
of their language. Both are kept here as what differs from the usual. To unpack and fold
them takes longer than all else of a start, so the folded model is kept in a file.
"""

import ctypes
import os
import shutil
from array import array
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

Parts = dict[str, Any]
"""The arrays that a folded model is made of."""
FILES = [
    f"{name}.npy"
    for name in (
        *("priors", "labels", "row", "output"),
        *("usual", "letters", "states", "moves"),
        *("least", "columns", "values", "weights"),
    )
]


def identifier(languages: frozenset[str], folder: Path | None = None) -> Any:
    """A detector that chooses from these languages. Its model is kept in files where a
    folder is named, and read there as far as it is asked."""
    if folder is None:
        return _identifier(_folded(languages))
    room = folder / f"languages-{version('py3langid')}-{len(languages)}"
    parts = _read(room)
    if parts is None or not languages.issuperset(parts["labels"].tolist()):
        parts = _folded(languages)
        _write(room, parts)
    return _identifier(parts)


def _identifier(parts: Parts) -> Any:
    langid = import_module("py3langid.langid")  # brings numpy: loaded when first asked
    row = array("I", parts["row"].tobytes())
    made = langid.LanguageIdentifier(
        Weights(parts),
        parts["priors"],
        parts["labels"].tolist(),
        Moves(parts),
        array("i", parts["output"].tobytes()),
        norm_probs=True,
        tk_row=row,
    )
    made._rowbase = array("I", (each << 8 for each in row))  # 4 MB as a list
    return made


def _read(room: Path) -> Parts | None:
    """What is kept, mapped: processes have it in memory once, and only what they use
    of it."""
    np = import_module("numpy")
    try:
        return {
            file.stem: np.load(file, mmap_mode="r", allow_pickle=False)
            for file in map(room.joinpath, FILES)
        }
    except (OSError, ValueError):  # not there yet, or cut short
        return None


def _write(room: Path, parts: Parts) -> None:
    """A reader finds all files or none; without room for them, none are kept."""
    made = room.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):
        made.mkdir()
        for name, part in parts.items():
            import_module("numpy").save(made / f"{name}.npy", part)
        shutil.rmtree(room, ignore_errors=True)
        made.replace(room)
    shutil.rmtree(made, ignore_errors=True)


def _folded(languages: frozenset[str]) -> Parts:
    np = import_module("numpy")
    langid = import_module("py3langid.langid")
    modelio = import_module("py3langid.modelio")
    model = modelio.load_model(langid.MODEL_DIR / langid.MODEL_FILE)
    weights, priors, labels, moves, row, output = model
    kept = [at for at, label in enumerate(labels) if label in languages]
    parts = {
        "priors": priors[kept],
        "labels": np.array([labels[at] for at in kept]),
        "row": np.array(row, "u4"),
        "output": np.array(output, "i4"),
        **_folded_moves(np, moves, root=row[0]),
        **_folded_weights(np, weights[:, kept].copy()),
    }
    del model, weights, moves, output, row
    with suppress(AttributeError):  # only GNU's C library has it
        ctypes.CDLL(None).malloc_trim(0)
    return parts


def _folded_moves(np: Any, flat: "array[int]", root: int) -> Parts:
    rows = np.frombuffer(flat, dtype=f"u{flat.itemsize}").reshape(-1, 256)
    usual = rows[root]
    row, letter = np.nonzero(rows != usual)
    return {
        "usual": usual,
        "letters": letter.astype("u1"),
        "states": rows[row, letter].astype("u4"),
        "moves": np.searchsorted(row, np.arange(len(rows) + 1)).astype("u4"),
    }


def _folded_weights(np: Any, table: Any) -> Parts:
    least = table.min(axis=0)
    row, column = np.nonzero(table.view("u2") != least.view("u2"))  # quicker to compare
    return {
        "least": least,
        "columns": column.astype("u1"),
        "values": table[row, column],
        "weights": np.searchsorted(row, np.arange(len(table) + 1)).astype("i4"),
    }


class Moves:
    """Transitions: `moves[row * 256 + byte]` is the next state."""

    def __init__(self, parts: Parts) -> None:
        self.usual: list[int] = parts["usual"].tolist()
        self.letters = parts["letters"].tobytes()
        self.states = memoryview(parts["states"])
        self.starts = array("I", parts["moves"].tobytes())

    def __getitem__(self, place: int) -> int:
        row, letter = place >> 8, place & 255
        at = self.letters.find(letter, self.starts[row], self.starts[row + 1])
        return self.usual[letter] if at < 0 else self.states[at]


class Weights:
    """Weights: `weights[features]` is their table, a column for each language."""

    def __init__(self, parts: Parts) -> None:
        self.np = import_module("numpy")
        self.least, self.columns = parts["least"], parts["columns"]
        self.values, self.starts = parts["values"], parts["weights"]

    def __getitem__(self, features: Any) -> Any:
        sizes = self.starts[features + 1] - self.starts[features]
        rows = self.np.repeat(self.np.arange(len(features)), sizes)
        within = self.np.arange(len(rows)) - (sizes.cumsum() - sizes)[rows]
        places = self.starts[features][rows] + within
        table = self.np.tile(self.least, (len(features), 1))
        table[rows, self.columns[places]] = self.values[places]
        return table
