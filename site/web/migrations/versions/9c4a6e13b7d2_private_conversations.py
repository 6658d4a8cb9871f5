"""Private conversations."""

import sqlalchemy as sa
from alembic import op

revision = "9c4a6e13b7d2"
down_revision = "a7d3c95e0b14"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("author_wrote", sa.Integer(), nullable=False),
        sa.Column("company_wrote", sa.Integer(), nullable=False),
        sa.Column("author_read", sa.Integer(), nullable=False),
        sa.Column("company_read", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_talk_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_talk_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
    )
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.create_index("ix_talk_company", ["company_id", "state"], unique=False)
        batch_op.create_index("ix_talk_ends", ["state", "ends_at"], unique=False)
        batch_op.create_index("ix_talk_story", ["story_id", "company_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("representative_id", sa.Integer(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("job_title", sa.String(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("renderer", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.String(), server_default="und", nullable=False),
        sa.Column("text", sa.String(), server_default="", nullable=False),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_message_representative_id"),
        ),
        sa.ForeignKeyConstraint(
            ["talk_id"], ["talk.id"], name=op.f("fk_message_talk_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_talk", ["talk_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_talk")

    op.drop_table("message")
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.drop_index("ix_talk_story")
        batch_op.drop_index("ix_talk_ends")
        batch_op.drop_index("ix_talk_company")

    op.drop_table("talk")
