"""What waits is found by its state."""

from alembic import op

revision = "c3d9a51e7f20"
down_revision = "4fbf40470069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.create_index(
            "ix_representative_waiting", ["state", "id"], unique=False
        )

    with op.batch_alter_table("story_claim", schema=None) as batch_op:
        batch_op.create_index("ix_story_claim_waiting", ["state", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("story_claim", schema=None) as batch_op:
        batch_op.drop_index("ix_story_claim_waiting")

    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.drop_index("ix_representative_waiting")
