"""`earshot check` and `earshot outbox`: is all well, and what was left undone."""

import sys

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from stories import outbox as errands
from stories.models import Errand
from web import checks
from web.db import db, writing


@click.command()
@with_appcontext
def check() -> None:
    """Look at settings and environment; ends with 1 where something is wrong."""
    troubles = checks.troubles(current_app.config["SETTINGS"])
    for trouble in troubles:
        click.echo(f"- {trouble}")
    if troubles:
        sys.exit(1)
    click.echo("All is well.")


@click.command()
@click.option("--retry", is_flag=True, help="Try what failed for good once more.")
@with_appcontext
def outbox(retry: bool) -> None:
    """Show what waits for the worker, and what failed for good."""
    if retry:
        with writing():
            count = errands.retry(db)
        click.echo(f"{count} to be tried again.")
    for task, count in errands.waiting(db).items():
        click.echo(f"{task}: {count} waiting")
    _show("Failed, tried again at", errands.stumbling(db))
    _show("Failed for good, since", errands.dead(db))


COMMANDS = (check, outbox)


def _show(title: str, failed: list[Errand]) -> None:
    if not failed:
        return
    table = Table(title, "task", "about", "tries", "why")
    for errand in failed:
        about = errand.key or str(errand.details.get("name", ""))
        at = f"{errand.dead_at or errand.due_at:%F %R}"
        table.add_row(at, errand.task, about, str(errand.tries), errand.trouble)
    Console().print(table)
