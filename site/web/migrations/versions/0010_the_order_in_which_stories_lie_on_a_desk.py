"""The order in which stories lie on a desk."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mention_desk",
            [
                "company_id",
                "role",
                "case_state",
                "case_changed_at",
                "published_at",
                "story_id",
            ],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index("ix_mention_desk")
