"""`earshot figures rebuild`: every company's figures counted from scratch."""

import click
from flask.cli import with_appcontext
from rich.progress import track

from stories import counting, history
from web.db import db, writing


@click.group()
def figures() -> None:
    """Look after the figures of companies and products."""


@figures.command()
@with_appcontext
def rebuild() -> None:
    """Count the figures of every company from scratch, while the site serves."""
    companies = counting.companies(db)
    for number in track(companies, "Counting"):
        with writing():
            history.recount(db, number)
        db.expunge_all()
    click.echo(f"Counted the figures of {len(companies)} companies.")


COMMANDS = (figures,)
