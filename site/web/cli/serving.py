"""`earshot serve`, `worker` and `migrate`: what runs the site."""

from importlib import import_module
from typing import cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from stories import languages
from stories.settings import Settings
from web import checks, db, i18n, locks, migrations, serving, warming
from web.cli import demo


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the site: web processes and one worker, on one data folder."""
    app, settings = _application()
    locks.hold(settings.data, "serve")
    i18n.require_compiled()
    serving.require_free(settings.host, settings.port)
    new = migrations.present(db.engine()) is None
    migrations.upgrade(db.engine())
    checks.require_safe(settings)
    languages.prepare(settings.data)
    if _wants_samples(settings, new=new):
        demo.load(settings)
    sign_ins = demo.sign_ins()
    db.db.close()
    db.engine().dispose()
    serving.run(
        {
            "web": serving.web(app, prepare=lambda: warming.warm(app)),
            "worker": lambda: _worker(app),
        },
        ready=lambda: serving.answers(settings.host, settings.port),
        started=lambda: _announce(settings, sign_ins),
    )


@click.command("worker")
@with_appcontext
def worker_alone() -> None:
    """Do what waits in the outbox, until stopped; `serve` does it by itself."""
    _worker(_application()[0])


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database up to date; `serve` does it by itself."""
    before = migrations.present(db.engine())
    migrations.upgrade(db.engine())
    after = migrations.present(db.engine())
    click.echo("Up to date." if before == after else f"From {before} to {after}.")


COMMANDS = (serve, worker_alone, migrate)


def _wants_samples(settings: Settings, *, new: bool) -> bool:
    """Where they are asked for, or a new default data folder is only ours to reach."""
    if settings.demo is not None:
        return settings.demo and demo.is_wanted()
    ours = settings.data == Settings.data and not settings.database_url
    return new and ours and not settings.exposed


def _announce(settings: Settings, sign_ins: list[str]) -> None:
    for line in sign_ins:
        click.echo(line)
    click.echo(f"Earshot answers on {settings.address}/")


def _worker(app: Flask) -> None:
    locks.hold(app.config["SETTINGS"].data, "worker")
    import_module("web.worker").run(app)  # brings what no web process needs


def _application() -> tuple[Flask, Settings]:
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    return app, app.config["SETTINGS"]
