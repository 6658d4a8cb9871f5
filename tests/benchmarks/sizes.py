"""Pages of a small site and of a large one, beside each other."""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, event

from stories.settings import Settings

ROUNDS = 15
Costs = dict[str, str]
Measured = Callable[[Path, int], Costs]


def beside(
    name: str,
    words: list[str],
    sizes: list[int],
    measured: Callable[[Path, int], Costs],
) -> None:
    """Print what was measured on a site of each size, in a folder of its own."""
    parser = argparse.ArgumentParser(prog=name)
    parser.add_argument("--sizes", type=int, nargs="+", default=sizes)
    sizes = parser.parse_args(words).sizes
    table = Table("ms CPU (statements)", *(f"{size:,} stories" for size in sizes))
    with tempfile.TemporaryDirectory() as room:
        folders = {size: Path(room) / str(size) for size in sizes}
        for folder in folders.values():
            folder.mkdir()
        found = [measured(folder, size) for size, folder in folders.items()]
    for each in found[0]:
        table.add_row(each, *(column[each] for column in found))
    Console(width=100).print(table)


def settings_of(folder: Path) -> Settings:
    """Of a site in the folder, without limits."""
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'earshot.sqlite'}",
        development=True,
        unlimited=True,
        base_url="http://localhost",
    )


def cost(engine: Engine, call: Callable[[], None]) -> str:
    """The least CPU time of some calls in ms, and the statements of one."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    call()
    event.listen(engine, "before_cursor_execute", note)
    call()
    event.remove(engine, "before_cursor_execute", note)
    least = min(_timed(call) for _ in range(ROUNDS))
    statements = [each for each in asked if not each.startswith("BEGIN")]
    return f"{1000 * least:.1f} ({len(statements)})"


def _timed(call: Callable[[], None]) -> float:
    begun = time.process_time()
    call()
    return time.process_time() - begun
