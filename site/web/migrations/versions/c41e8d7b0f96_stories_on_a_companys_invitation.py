"""Stories on a company's invitation."""

import sqlalchemy as sa
from alembic import op

revision = "c41e8d7b0f96"
down_revision = "a0c7e5b41d02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invited",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_invited_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_invited_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invited")),
        sa.UniqueConstraint("story_id", name=op.f("uq_invited_story_id")),
    )
    with op.batch_alter_table("invited", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invited_company_id"), ["company_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("invited", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invited_company_id"))

    op.drop_table("invited")
