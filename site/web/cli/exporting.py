"""`earshot export` and `restore`: the whole public record, out and back."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import track

from stories import exporting
from web.db import db, writing

File = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=File, required=False)
@with_appcontext
def export(file: Path | None) -> None:
    """Write the public record as JSON lines to FILE, or to standard output."""
    lines = exporting.public_record(db)
    if file is None:
        for line in lines:
            sys.stdout.write(line + "\n")
        return
    beside = file.with_name(file.name + ".part")
    with beside.open("w", encoding="utf-8") as out:
        for line in track(lines, "Writing the record", console=Console(stderr=True)):
            out.write(line + "\n")
    beside.replace(file)


@click.command()
@click.argument("file", type=File)
@with_appcontext
def restore(file: Path) -> None:
    """Read a public record into an empty site; a broken one leaves nothing behind."""
    count = 0
    with file.open(encoding="utf-8") as lines, writing():
        for rows in track(exporting.restore(db, lines), "Reading the record"):
            count += rows
    click.echo(f"{count} rows restored. The search index follows.")


COMMANDS = (export, restore)
