"""How teams work at their desks."""

import sqlalchemy as sa
from alembic import op

revision = "5a1c7e90d2f4"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reply_template",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_reply_template_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_template")),
    )
    with op.batch_alter_table("reply_template", schema=None) as batch_op:
        batch_op.create_index(
            "ix_reply_template_company", ["company_id", "name"], unique=False
        )

    op.create_table(
        "desk_note",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("representative_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_desk_note_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_desk_note_representative_id"),
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_desk_note_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_note")),
    )
    with op.batch_alter_table("desk_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_desk_note_representative_id"),
            ["representative_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_desk_note_story", ["company_id", "story_id", "at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_desk_note_story_id"), ["story_id"], unique=False
        )

    op.create_table(
        "desk_view",
        sa.Column("representative_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["representative_id"],
            ["representative.id"],
            name=op.f("fk_desk_view_representative_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_view")),
        sa.UniqueConstraint(
            "representative_id",
            "name",
            name=op.f("uq_desk_view_representative_id_name"),
        ),
    )
    op.create_table(
        "handling",
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("assigned_id", sa.Integer(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_id"], ["representative.id"], name=op.f("fk_handling_assigned_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_handling_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_handling_story_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handling")),
        sa.UniqueConstraint(
            "story_id", "company_id", name=op.f("uq_handling_story_id_company_id")
        ),
    )
    with op.batch_alter_table("handling", schema=None) as batch_op:
        batch_op.create_index(
            "ix_handling_assigned",
            ["company_id", "assigned_id", "story_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_handling_assigned_id"), ["assigned_id"], unique=False
        )

    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(
            "ix_story_private_reference", ["private_reference"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index("ix_story_private_reference")

    with op.batch_alter_table("handling", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handling_assigned_id"))
        batch_op.drop_index("ix_handling_assigned")

    op.drop_table("handling")
    op.drop_table("desk_view")
    with op.batch_alter_table("desk_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_desk_note_story_id"))
        batch_op.drop_index("ix_desk_note_story")
        batch_op.drop_index(batch_op.f("ix_desk_note_representative_id"))

    op.drop_table("desk_note")
    with op.batch_alter_table("reply_template", schema=None) as batch_op:
        batch_op.drop_index("ix_reply_template_company")

    op.drop_table("reply_template")
