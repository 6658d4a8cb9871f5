"""The database's shape, brought up to date step by step (Alembic)."""

import warnings
from importlib.resources import files
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, select
from sqlalchemy.exc import SAWarning
from sqlalchemy.orm import Session

import web.accounts.models  # its tables belong to the metadata
import web.migrations.sqlite  # noqa: F401
from stories.history import SITE
from stories.models import Base, Site

OPTIONS: dict[str, Any] = {"target_metadata": Base.metadata, "compare_type": True}


def upgrade(engine: Engine, to: str = "head") -> None:
    """Bring the database up to date; does nothing where it is."""
    command.upgrade(_config(engine), to)
    if to == "head":
        _found(engine)


def downgrade(engine: Engine, to: str = "base") -> None:
    """Take the database back to an earlier shape."""
    command.downgrade(_config(engine), to)


def present(engine: Engine) -> str | None:
    """The revision that the database is at; None for one that is new."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest(engine: Engine) -> str | None:
    """The revision that this release needs."""
    return ScriptDirectory.from_config(_config(engine)).get_current_head()


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


def _found(engine: Engine) -> None:
    """The one row that every list of the site looks at."""
    with Session(engine) as db:
        if db.scalar(select(Site.id).where(Site.id == SITE)) is None:
            db.execute(insert(Site).values(id=SITE, version=1))
            db.commit()
