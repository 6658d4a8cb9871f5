"""How Alembic reaches the database: ours, or for `alembic` itself the settings'."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext

from stories.database import open_engine
from stories.models.base import Moment, Money
from stories.settings import read_settings
from web.migrations.steps import OPTIONS


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations name plain types, so that they outlive the models of their day."""
    if kind == "server_default" and isinstance(getattr(thing, "arg", None), sa.False_):
        return "sa.false()"
    if kind != "type":
        return False
    if isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, Money):
        return 'sa.Numeric(18, 4).with_variant(sa.BigInteger(), "sqlite")'
    if isinstance(thing, sa.Enum):
        return f"sa.String({thing.length})"
    return False


engine = context.config.attributes.get("engine") or open_engine(
    read_settings().database
)
with engine.connect().execution_options(writes=True) as connection:
    context.configure(
        connection=connection,
        render_as_batch=True,
        render_item=render,
        transactional_ddl=True,
        **OPTIONS,
    )
    with context.begin_transaction():
        context.run_migrations()
