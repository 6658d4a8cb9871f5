"""Secrets that others may know: since when somebody has left who worked at the desk.

Secrets that are kept in the open are sealed by the worker, which knows the site's keys.
"""

import sqlalchemy as sa
from alembic import op

revision = "c27e94d1a0b6"
down_revision = "b2e8d4f1730c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("known_since", sa.DateTime(timezone=True), nullable=True)
        )


def downgrade() -> None:
    with op.batch_alter_table("webhook", recreate="never") as batch_op:
        batch_op.drop_column("known_since")
