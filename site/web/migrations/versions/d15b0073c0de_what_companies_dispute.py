"""What companies dispute."""

import sqlalchemy as sa
from alembic import op

revision = "d15b0073c0de"
down_revision = "7c2e5b91d0aa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.add_column(sa.Column("company_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("response_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("state", sa.String(60), server_default="open", nullable=False)
        )
        batch_op.add_column(
            sa.Column("state_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("why", sa.String(), server_default="", nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_dispute_response_id"), "response", ["response_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_dispute_company_id"), "company", ["company_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_dispute_company_id"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_dispute_response_id"), type_="foreignkey"
        )
        batch_op.drop_column("why")
        batch_op.drop_column("state_at")
        batch_op.drop_column("state")
        batch_op.drop_column("at")
        batch_op.drop_column("revision")
        batch_op.drop_column("response_id")
        batch_op.drop_column("company_id")
