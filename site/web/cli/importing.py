"""`earshot import companies|stories FILE`: old records, batch by batch."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import with_appcontext
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from stories import importing
from stories.importing import BadRow, CompanyRow, StoryRow, Tally
from web.db import db, writing

BATCH = 200
COURTESY = 0.005
"""Seconds between two batches, in which people's deeds take their turn to write."""

File = click.Path(exists=True, dir_okay=False, path_type=Path)
Row = TypeVar("Row", CompanyRow, StoryRow)


@click.group("import")
def records() -> None:
    """Read old records. Twice changes nothing; a killed import is started again."""


@records.command()
@click.argument("file", type=File)
@with_appcontext
def companies(file: Path) -> None:
    """Read companies (JSON lines: name, aliases, domain, country, industry)."""
    directory = importing.Directory(db)

    def take(rows: list[CompanyRow]) -> Tally:
        with writing():
            return importing.import_companies(db, directory, rows)

    _run(file, _batches(file, CompanyRow), take)


@records.command()
@click.argument("file", type=File)
@with_appcontext
def stories(file: Path) -> None:
    """Read stories (JSON lines as their sources have them), told to nobody."""
    names = importing.Names()

    def take(rows: list[StoryRow]) -> Tally:
        fresh = importing.unknown(db, rows)
        ready = [importing.ready(row) for row in fresh]
        with writing():
            importing.import_stories(db, names, ready)
        return Tally(added=len(fresh), known=len(rows) - len(fresh))

    _run(file, _batches(file, StoryRow), take)


COMMANDS = (records,)


def _batches(file: Path, row: type[Row]) -> Iterator[list[Row | BadRow]]:
    with file.open(encoding="utf-8", errors="replace") as lines:
        rows = importing.read_rows(lines, row)
        while batch := list(islice(rows, BATCH)):
            yield batch


def _run(
    file: Path,
    batches: Iterable[list[Row | BadRow]],
    take: Callable[[list[Row]], Tally],
) -> None:
    """Take every batch, with progress; bad rows are named and passed over."""
    tally, bad, begun = Tally(), 0, time.monotonic()
    with _progress() as progress:
        task = progress.add_task(file.name, total=_count(file))
        for batch in batches:
            wrong = [row for row in batch if isinstance(row, BadRow)]
            for row in wrong:
                progress.console.print(f"line {row.line}: {row.why}", markup=False)
            tally += take([row for row in batch if not isinstance(row, BadRow)])
            bad += len(wrong)
            db.expunge_all()
            progress.advance(task, len(batch))
            time.sleep(COURTESY)
    _say(tally, bad, time.monotonic() - begun)


def _say(tally: Tally, bad: int, seconds: float) -> None:
    rate = round((tally.added + tally.known) / max(seconds, 0.001))
    click.echo(
        f"{tally.added} added, {tally.known} known before, {bad} bad;"
        f" {rate} rows a second."
    )


def _count(file: Path) -> int:
    with file.open("rb") as lines:
        return sum(1 for line in lines if line.strip())


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
