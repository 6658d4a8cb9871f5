"""Texts in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "a7d3c95e0b14"
down_revision = "d0e5c7a1b926"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("maker", sa.String(60), nullable=False),
        sa.Column("engine", sa.String(), server_default="", nullable=False),
        sa.Column("title", sa.String(), server_default="", nullable=False),
        sa.Column("translator_id", sa.Integer(), nullable=True),
        sa.Column("source_revision", sa.Integer(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outdated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visibility", sa.String(60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["member.id"], name=op.f("fk_translation_reviewer_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_translation_story_id")
        ),
        sa.ForeignKeyConstraint(
            ["translator_id"], ["member.id"], name=op.f("fk_translation_translator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation")),
    )
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_translation_reviewer_id"), ["reviewer_id"], unique=False
        )
        batch_op.create_index(
            "ix_translation_story", ["story_id", "maker", "visibility"], unique=False
        )
        batch_op.create_index(
            "ix_translation_translator_id", ["translator_id"], unique=False
        )
        batch_op.create_index(
            "uq_translation_shown",
            ["target", "target_id", "language", "maker"],
            unique=True,
            sqlite_where=sa.text("visibility = 'public'"),
            postgresql_where=sa.text("visibility = 'public'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_translation_shown",
            sqlite_where=sa.text("visibility = 'public'"),
            postgresql_where=sa.text("visibility = 'public'"),
        )
        batch_op.drop_index("ix_translation_translator_id")
        batch_op.drop_index("ix_translation_story")
        batch_op.drop_index(batch_op.f("ix_translation_reviewer_id"))

    op.drop_table("translation")
