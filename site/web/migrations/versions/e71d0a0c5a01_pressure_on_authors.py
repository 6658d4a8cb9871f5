"""Pressure on authors."""

import sqlalchemy as sa
from alembic import op

revision = "e71d0a0c5a01"
down_revision = "c41e8d7b0f96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pressure",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("precision", sa.String(60), nullable=False),
        sa.Column("words", sa.String(), server_default="", nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_pressure_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_pressure_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pressure")),
    )
    with op.batch_alter_table("pressure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_pressure_company", ["company_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_pressure_story_id"), ["story_id"], unique=False
        )
        batch_op.create_index("ix_pressure_waiting", ["state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pressure", schema=None) as batch_op:
        batch_op.drop_index("ix_pressure_waiting")
        batch_op.drop_index(batch_op.f("ix_pressure_story_id"))
        batch_op.drop_index("ix_pressure_company")

    op.drop_table("pressure")
