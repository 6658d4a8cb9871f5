"""The detector's model, folded: 26 MB instead of 80, with the same answers.

py3langid walks a text's bytes through a table of transitions (39 MB), most of which go
where that byte usually goes, and adds up weights (28 MB), most of which are the least
of their language. Both are kept here as what differs from the usual.
"""

import ctypes
from array import array
from contextlib import suppress
from importlib import import_module
from typing import Any


def identifier(languages: frozenset[str]) -> Any:
    """A detector that chooses from these languages."""
    langid = import_module("py3langid.langid")  # brings numpy: loaded when first asked
    modelio = import_module("py3langid.modelio")
    model = modelio.load_model(langid.MODEL_DIR / langid.MODEL_FILE)
    weights, priors, labels, moves, row, output = model
    kept = [at for at, label in enumerate(labels) if label in languages]
    made = langid.LanguageIdentifier(
        Weights(weights[:, kept].copy()),
        priors[kept],
        [labels[at] for at in kept],
        Moves(moves, root=row[0]),
        array("i", output),
        norm_probs=True,
        tk_row=row,
    )
    del model, weights, moves, output
    with suppress(AttributeError):  # only GNU's C library has it
        ctypes.CDLL(None).malloc_trim(0)
    return made


class Moves:
    """Transitions: `moves[row * 256 + byte]` is the next state."""

    def __init__(self, flat: "array[int]", root: int) -> None:
        np = import_module("numpy")
        rows = np.frombuffer(flat, dtype=f"u{flat.itemsize}").reshape(-1, 256)
        usual = rows[root]
        row, letter = np.nonzero(rows != usual)
        self.usual: list[int] = usual.tolist()
        self.letters = letter.astype("u1").tobytes()
        self.states = array("I", rows[row, letter].astype("u4").tobytes())
        starts = np.searchsorted(row, np.arange(len(rows) + 1))
        self.starts = array("I", starts.astype("u4").tobytes())

    def __getitem__(self, place: int) -> int:
        row, letter = place >> 8, place & 255
        at = self.letters.find(letter, self.starts[row], self.starts[row + 1])
        return self.usual[letter] if at < 0 else self.states[at]


class Weights:
    """Weights: `weights[features]` is their table, a column for each language."""

    def __init__(self, table: Any) -> None:
        self.np = import_module("numpy")
        self.least = table.min(axis=0)
        bits, least = table.view("u2"), self.least.view("u2")  # quicker to compare
        row, column = self.np.nonzero(bits != least)
        self.columns = column.astype("u1")
        self.values = table[row, column]
        starts = self.np.searchsorted(row, self.np.arange(len(table) + 1))
        self.starts = starts.astype("i4")

    def __getitem__(self, features: Any) -> Any:
        sizes = self.starts[features + 1] - self.starts[features]
        rows = self.np.repeat(self.np.arange(len(features)), sizes)
        within = self.np.arange(len(rows)) - (sizes.cumsum() - sizes)[rows]
        places = self.starts[features][rows] + within
        table = self.np.tile(self.least, (len(features), 1))
        table[rows, self.columns[places]] = self.values[places]
        return table
