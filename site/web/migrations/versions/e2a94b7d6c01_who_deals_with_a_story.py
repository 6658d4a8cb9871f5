"""Who deals with a story, who has seen it, and how its clock stands, as its mention says
them, so that a desk is narrowed down by index."""

import sqlalchemy as sa
from alembic import op

revision = "e2a94b7d6c01"
down_revision = "c27e94d1a0b6"
branch_labels = None
depends_on = None

FILL = """
UPDATE mention SET
    pace = CASE
        WHEN told_at IS NULL THEN ''
        WHEN answered_at IS NULL THEN 'waiting'
        WHEN answer_days IS NULL THEN ''
        WHEN answer_days <= 14 THEN 'on_time'
        WHEN answer_days <= 30 THEN 'late'
        ELSE 'overdue'
    END,
    seen = EXISTS (
        SELECT 1 FROM handling
        WHERE handling.company_id = mention.company_id
            AND handling.story_id = mention.story_id
            AND handling.seen_at IS NOT NULL
    ),
    dealt_by = COALESCE((
        SELECT handling.assigned_id FROM handling
        JOIN representative ON representative.id = handling.assigned_id
        WHERE handling.company_id = mention.company_id
            AND handling.story_id = mention.story_id
            AND representative.company_id = mention.company_id
            AND representative.state = 'granted'
    ), 0)
"""
ORDER = ["role", "case_state", "case_changed_at", "published_at", "story_id"]
NARROWED = ("dealt_by", "seen", "pace")
MORE = {"pace": ["told_at"]}


def upgrade() -> None:
    for column in (
        sa.Column("pace", sa.String(), server_default="", nullable=False),
        sa.Column("seen", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("dealt_by", sa.Integer(), server_default="0", nullable=False),
    ):
        op.add_column("mention", column)
    op.execute(FILL)
    for name in NARROWED:
        columns = ["company_id", name, *ORDER, *MORE.get(name, ())]
        op.create_index(f"ix_mention_desk_{name}", "mention", columns)
    told = ["company_id", "pace", "told_at", "story_id"]
    op.create_index("ix_mention_told", "mention", told)


def downgrade() -> None:
    op.drop_index("ix_mention_told", table_name="mention")
    for name in reversed(NARROWED):
        op.drop_index(f"ix_mention_desk_{name}", table_name="mention")
        op.drop_column("mention", name)
