"""Evidence: files of authors."""

import sqlalchemy as sa
from alembic import op

revision = "9e41c0d7b8a2"
down_revision = "9c4a6e13b7d2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("words", sa.String(), server_default="", nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("suffix", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("boxes", sa.JSON(), nullable=False),
        sa.Column("original", sa.String(), nullable=True),
        sa.Column("original_small", sa.String(), nullable=True),
        sa.Column("covered", sa.String(), nullable=True),
        sa.Column("covered_small", sa.String(), nullable=True),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("companies", sa.JSON(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withheld_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_evidence_dispute_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_evidence_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_evidence_dispute_id"), ["dispute_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_evidence_story_id"), ["story_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_story_id"))
        batch_op.drop_index(batch_op.f("ix_evidence_dispute_id"))

    op.drop_table("evidence")
