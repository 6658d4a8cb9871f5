"""Answers in two languages."""

import sqlalchemy as sa
from alembic import op

revision = "c41d9e07a6b3"
down_revision = "f80c2a91b7d4"
branch_labels = None
depends_on = None

COLUMNS = (
    ("closing", sa.Boolean(), sa.false()),
    ("also_text", sa.String(), ""),
    ("also_html", sa.String(), ""),
    ("also_language", sa.String(), "und"),
)


def upgrade() -> None:
    # no batch: SQLite would copy the table, and others point at its rows
    for name, kind, usual in COLUMNS:
        column = sa.Column(name, kind, server_default=usual, nullable=False)
        op.add_column("response", column)


def downgrade() -> None:
    for name, _, _ in COLUMNS:
        op.drop_column("response", name)
