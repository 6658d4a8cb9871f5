"""`earshot index rebuild`: the search index made anew while the site serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import sleep
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from rich.progress import Progress

from stories import outbox
from stories.models import Errand
from stories.reading.documents import how_many
from web import locks, worker
from web.db import db, writing

LOOK = 0.2
"""Seconds between two looks at how far it is."""


@click.group()
def index() -> None:
    """Look after the search index."""


@index.command()
@with_appcontext
def rebuild() -> None:
    """Fill a new index and put it in place of the old one, which serves meanwhile.

    A worker that runs does it; where none runs, this command does.
    """
    with writing():
        errand_id = _left().id
    with _some_worker(), Progress() as progress:
        bar = progress.add_task("Indexing", total=how_many(db))
        while (errand := _present(errand_id)) is not None:
            progress.update(bar, completed=errand.details.get("count", 0))
            sleep(LOOK)
        progress.update(bar, completed=how_many(db), total=how_many(db))


COMMANDS = (index,)


def _left() -> Errand:
    errand = outbox.rebuild(db)
    db.flush()
    return errand


def _present(errand_id: int) -> Errand | None:
    db.rollback()
    errand = db.get(Errand, errand_id, populate_existing=True)
    if errand is not None and errand.dead_at is not None:
        raise click.ClickException(errand.trouble)
    return errand


@contextmanager
def _some_worker() -> Iterator[None]:
    """The worker that runs, or one of our own."""
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    if not locks.try_to_hold(app.config["SETTINGS"].data, "worker"):
        yield
        return
    stop = Event()
    own = Thread(target=worker.index_only, args=(app, stop))
    own.start()
    try:
        yield
    finally:
        stop.set()
        own.join()
