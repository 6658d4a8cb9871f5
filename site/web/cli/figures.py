"""`earshot figures rebuild`: every company's figures counted from scratch."""

import click
from flask.cli import with_appcontext
from rich.progress import track

from stories import counting, history
from stories.database import hold_still
from web.db import db, writing


@click.group()
def figures() -> None:
    """Look after the figures of companies and products."""


@figures.command()
@with_appcontext
def rebuild() -> None:
    """Count the figures of every company from scratch, while the site serves."""
    for first in track(counting.batches(db), "Counting"):
        with writing():
            counting.follow_batch(db, first)
    companies = counting.companies(db)
    for number in track(companies, "Adding up"):
        db.rollback()
        hold_still(db)
        lacks = counting.drift(db, number)
        if lacks:
            with writing():
                counting.mend(db, number, lacks)
    with writing():
        history.touch_figures(db)
    click.echo(f"Counted the figures of {len(companies)} companies.")


COMMANDS = (figures,)
