"""What members follow."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "digest",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("often", sa.String(60), nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_digest_member_id")
        ),
        sa.PrimaryKeyConstraint("member_id", "often", name=op.f("pk_digest")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_due_at"), ["due_at"], unique=False)

    op.create_table(
        "follow",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("often", sa.String(60), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_follow_member_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint(
            "member_id", "what", "number", name=op.f("uq_follow_member_id_what_number")
        ),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(
            "ix_follow_tell", ["what", "number", "often", "member_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index("ix_follow_tell")

    op.drop_table("follow")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_due_at"))

    op.drop_table("digest")
