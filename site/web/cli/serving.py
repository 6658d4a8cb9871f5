"""`earshot serve`, `worker` and `migrate`: what runs the site."""

import fcntl
import os
import time
from pathlib import Path
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from stories.settings import BadSetting, Settings
from web import db, i18n, migrations, serving, worker

PATIENCE = 2.0
"""Seconds to wait for a lock whose holder may just be dying."""


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the site: web processes and one worker, on one data folder."""
    app, settings = _application()
    lock(settings.data, "serve")
    i18n.require_compiled()
    serving.require_free(settings.host, settings.port)
    migrations.upgrade(db.engine())
    db.engine().dispose()
    serving.run(
        {"web": serving.web(app), "worker": lambda: _worker(app)},
        ready=lambda: serving.answers(settings.host, settings.port),
        started=lambda: click.echo(f"Earshot answers on {settings.address}/"),
    )


@click.command("worker")
@with_appcontext
def worker_alone() -> None:
    """Do what waits in the outbox, until stopped; `serve` does it by itself."""
    app, _ = _application()
    _worker(app)


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database up to date; `serve` does it by itself."""
    before = migrations.present(db.engine())
    migrations.upgrade(db.engine())
    after = migrations.present(db.engine())
    click.echo("Up to date." if before == after else f"From {before} to {after}.")


COMMANDS = (serve, worker_alone, migrate)


def lock(folder: Path, name: str) -> None:
    """Hold the folder for this process and its children, until the last one ends.

    Raises BadSetting where another one holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    until = time.monotonic() + PATIENCE
    while not _locked(handle):
        if time.monotonic() > until:
            raise BadSetting(
                f"EARSHOT_DATA: another `earshot {name}` works on {folder.resolve()}."
            )
        time.sleep(0.05)


def _locked(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _worker(app: Flask) -> None:
    lock(app.config["SETTINGS"].data, "worker")
    worker.run(app)


def _application() -> tuple[Flask, Settings]:
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    return app, app.config["SETTINGS"]
