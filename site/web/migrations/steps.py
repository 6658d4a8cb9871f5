"""Alembic, which goes the steps: loaded where there is something to migrate."""

import warnings
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SAWarning

import web.accounts.models  # its tables belong to the metadata
import web.migrations.sqlite  # noqa: F401
from stories.models import Base

OPTIONS: dict[str, Any] = {"target_metadata": Base.metadata, "compare_type": True}


def upgrade(engine: Engine, to: str) -> None:
    """Go up to a revision; does nothing where the database is there."""
    command.upgrade(_config(engine), to)


def downgrade(engine: Engine, to: str) -> None:
    """Go down to a revision."""
    command.downgrade(_config(engine), to)


def history(engine: Engine) -> list[str]:
    """All revisions that this release knows, the newest first."""
    script = ScriptDirectory.from_config(_config(engine))
    return [each.revision for each in script.walk_revisions()]


def differences(engine: Engine) -> list[Any]:
    """What the models have and the migrated database has not, or the reverse."""
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*expression-based index", SAWarning)
        context = MigrationContext.configure(connection, opts=OPTIONS)
        found: list[Any] = compare_metadata(context, Base.metadata)
        return found


def _config(engine: Engine) -> Config:
    config = Config(attributes={"engine": engine})
    config.set_main_option("script_location", str(files("web") / "migrations"))
    return config
