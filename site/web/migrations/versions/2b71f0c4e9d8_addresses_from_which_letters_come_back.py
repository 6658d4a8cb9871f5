"""Addresses from which letters come back."""

import sqlalchemy as sa
from alembic import op

revision = "2b71f0c4e9d8"
down_revision = "9d2c4f61ab37"
branch_labels = None
depends_on = None

TABLES = ("account", "address")


def upgrade() -> None:
    for table in TABLES:
        at = sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True)
        op.add_column(table, at)


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "bounced_at")
