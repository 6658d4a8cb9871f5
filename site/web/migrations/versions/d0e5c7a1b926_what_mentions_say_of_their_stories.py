"""What mentions say of their stories, so that a desk is narrowed down by index."""

import sqlalchemy as sa
from alembic import op

revision = "d0e5c7a1b926"
down_revision = "2b71f0c4e9d8"
branch_labels = None
depends_on = None

FILL = """
UPDATE mention SET
    kind = (SELECT kind FROM story WHERE story.id = story_id),
    language = (SELECT language FROM story WHERE story.id = story_id)
"""
ORDER = ["role", "case_state", "case_changed_at", "published_at", "story_id"]


def upgrade() -> None:
    kind = sa.Column("kind", sa.String(60), server_default="unknown", nullable=False)
    language = sa.Column("language", sa.String(), server_default="und", nullable=False)
    for column in (kind, language):
        op.add_column("mention", column)
    op.execute(FILL)
    for name in ("kind", "language"):
        op.create_index(
            f"ix_mention_desk_{name}",
            "mention",
            ["company_id", name, *ORDER],
            unique=False,
        )


def downgrade() -> None:
    for name in ("language", "kind"):
        op.drop_index(f"ix_mention_desk_{name}", table_name="mention")
        op.drop_column("mention", name)
