"""`earshot desks rebuild`: what mentions say of how they are handled, made anew."""

import click
from flask.cli import with_appcontext
from rich.progress import track

from stories import desks as saying
from web.db import db, writing


@click.group()
def desks() -> None:
    """Look after the desks of companies."""


@desks.command()
@with_appcontext
def rebuild() -> None:
    """Let each mention say what is true of who deals with it, who has seen it, and how
    its clock stands, while the site serves."""
    mended = 0
    for first in track(saying.batches(db), "Reading"):
        with writing():
            mended += saying.rebuild(db, first)
    click.echo(f"{mended} mentions said something else than what is true.")


COMMANDS = (desks,)
