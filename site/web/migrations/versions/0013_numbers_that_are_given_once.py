"""Numbers that are given once, and follows that move when companies are merged.

SQLite gives the number of the last row that went to the next one. PostgreSQL's never
come back, so there is nothing to do there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "5a1c7e90d2f4"
branch_labels = None
depends_on = None

TABLES = ("errand", "follow")


def upgrade() -> None:
    _make_anew(keeps=True)
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "followed", sa.JSON(), server_default=sa.text("'[]'"), nullable=False
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.drop_column("followed")
    _make_anew(keeps=False)


def _make_anew(*, keeps: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in TABLES:
        batch = op.batch_alter_table(
            name,
            schema=None,
            recreate="always",
            table_kwargs={"sqlite_autoincrement": keeps},
        )
        with batch as batch_op:
            batch_op.alter_column("id", existing_type=sa.Integer(), nullable=False)
