"""Stories that name the wrong company."""

import sqlalchemy as sa
from alembic import op

revision = "a0c7e5b41d02"
down_revision = "b6f2d94a7e31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "misnaming",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("meant", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_misnaming_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], name=op.f("fk_misnaming_member_id")
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["company.id"], name=op.f("fk_misnaming_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_misnaming_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misnaming")),
    )
    with op.batch_alter_table("misnaming", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_misnaming_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_misnaming_state"), ["state"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_misnaming_story_id"), ["story_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("misnaming", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_misnaming_story_id"))
        batch_op.drop_index(batch_op.f("ix_misnaming_state"))
        batch_op.drop_index(batch_op.f("ix_misnaming_member_id"))

    op.drop_table("misnaming")
