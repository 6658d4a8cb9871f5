"""Offers lapse and are received."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deadline", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("receipt", sa.String(60), nullable=True))
        batch_op.add_column(
            sa.Column("receipt_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.create_index("ix_offer_deadline", ["state", "deadline"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index("ix_offer_deadline")
        batch_op.drop_column("receipt_at")
        batch_op.drop_column("receipt")
        batch_op.drop_column("deadline")
