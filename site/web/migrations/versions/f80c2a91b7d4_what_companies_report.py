"""What companies report."""

import sqlalchemy as sa
from alembic import op

revision = "f80c2a91b7d4"
down_revision = "e71d0a0c5a01"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alarm",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_alarm_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    with op.batch_alter_table("alarm", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_alarm_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index("ix_alarm_ringing", ["seen_at", "id"], unique=False)

    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.add_column(sa.Column("company_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_flag_company", ["company_id", "at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_flag_company_id"), "company", ["company_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_flag_company_id"), type_="foreignkey")
        batch_op.drop_index("ix_flag_company")
        batch_op.drop_column("company_id")

    with op.batch_alter_table("alarm", schema=None) as batch_op:
        batch_op.drop_index("ix_alarm_ringing")
        batch_op.drop_index(batch_op.f("ix_alarm_company_id"))

    op.drop_table("alarm")
