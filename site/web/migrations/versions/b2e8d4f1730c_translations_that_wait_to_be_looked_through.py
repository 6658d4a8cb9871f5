"""Translations that wait to be looked through."""

import sqlalchemy as sa
from alembic import op

revision = "b2e8d4f1730c"
down_revision = "b83d5f0e6a17"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "translation_draft",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("target", sa.String(60), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_translation_draft_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_translation_draft_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translation_draft")),
        sa.UniqueConstraint(
            "member_id",
            "target",
            "target_id",
            name=op.f("uq_translation_draft_member_id_target_target_id"),
        ),
    )
    with op.batch_alter_table("translation_draft", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_translation_draft_story_id"), ["story_id"], unique=False
        )

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "unnamed", sa.Boolean(), server_default=sa.false(), nullable=False
            )
        )

    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("held_at", sa.DateTime(timezone=True), nullable=True)
        )
    made = sa.table(
        "translation",
        *(
            sa.column(name)
            for name in ("outdated_at", "accepted_at", "reviewer_id", "reviewed_at")
        ),
    )
    op.execute(  # whoever accepted it read another wording of the original
        made.update()
        .where(made.c.outdated_at.is_not(None))
        .values(accepted_at=None, reviewer_id=None, reviewed_at=None)
    )


def downgrade() -> None:
    with op.batch_alter_table("translation", schema=None) as batch_op:
        batch_op.drop_column("held_at")

    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.drop_column("unnamed")

    with op.batch_alter_table("translation_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_translation_draft_story_id"))

    op.drop_table("translation_draft")
