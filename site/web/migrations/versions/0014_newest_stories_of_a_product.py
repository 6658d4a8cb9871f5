"""A product's newest stories, and those that name a company in passing, in order."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

FILL = """
UPDATE mention_product SET
    story_id = (SELECT story_id FROM mention WHERE id = mention_id),
    published_at = (SELECT published_at FROM mention WHERE id = mention_id)
"""
PASSING = sa.text("role <> 'subject'")


def upgrade() -> None:
    op.add_column("mention_product", sa.Column("story_id", sa.Integer()))
    op.add_column(
        "mention_product", sa.Column("published_at", sa.DateTime(timezone=True))
    )
    op.execute(FILL)
    with op.batch_alter_table("mention_product", schema=None) as batch_op:
        batch_op.alter_column("story_id", nullable=False)
        batch_op.alter_column("published_at", nullable=False)
        batch_op.create_foreign_key(
            op.f("fk_mention_product_story_id"), "story", ["story_id"], ["id"]
        )
        batch_op.drop_index("ix_mention_product_product_id")
        batch_op.create_index(
            "ix_mention_product_newest",
            ["product_id", "published_at", "story_id"],
            unique=False,
        )
    op.create_index(
        "ix_mention_passing",
        "mention",
        ["company_id", "published_at", "story_id"],
        unique=False,
        sqlite_where=PASSING,
        postgresql_where=PASSING,
    )


def downgrade() -> None:
    op.drop_index("ix_mention_passing", table_name="mention")
    with op.batch_alter_table("mention_product", schema=None) as batch_op:
        batch_op.drop_index("ix_mention_product_newest")
        batch_op.create_index(
            "ix_mention_product_product_id", ["product_id"], unique=False
        )
        batch_op.drop_constraint(
            op.f("fk_mention_product_story_id"), type_="foreignkey"
        )
        batch_op.drop_column("published_at")
        batch_op.drop_column("story_id")
