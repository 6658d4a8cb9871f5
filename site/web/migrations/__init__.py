"""The database's shape, brought up to date step by step."""

import re
from importlib import import_module
from importlib.resources import files
from types import ModuleType

from sqlalchemy import Engine, column, insert, inspect, select, table
from sqlalchemy.orm import Session

from stories.history import SITE
from stories.models import Site

_KEPT = table("alembic_version", column("version_num"))
_REVISION = re.compile(r"^(down_)?revision = \"(\w+)\"", re.MULTILINE)


def upgrade(engine: Engine) -> None:
    """Bring the database up to date; does nothing where it is."""
    if present(engine) != newest():
        _steps().upgrade(engine, "head")
    _found(engine)


def present(engine: Engine) -> str | None:
    """The revision that the database is at; None for one that is new."""
    if not inspect(engine).has_table(_KEPT.name):
        return None
    with engine.connect() as connection:
        return connection.scalar(select(_KEPT.c.version_num))


def newest() -> str | None:
    """The revision that this release needs: the one that no other follows."""
    steps = (files("web") / "migrations" / "versions").iterdir()
    told = [
        found
        for step in steps
        if step.name.endswith(".py")
        for found in _REVISION.findall(step.read_text())
    ]
    followed = {revision for down, revision in told if down}
    return next(
        (each for down, each in told if not down and each not in followed), None
    )


def _steps() -> ModuleType:
    return import_module("web.migrations.steps")  # most starts have nothing to migrate


def _found(engine: Engine) -> None:
    """The one row that every list of the site looks at."""
    with Session(engine) as db:
        if db.scalar(select(Site.id).where(Site.id == SITE)) is None:
            db.execute(insert(Site).values(id=SITE, version=1))
            db.commit()
