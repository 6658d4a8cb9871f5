"""Incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "incident",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source_address", sa.String(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_incident_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incident_company_id"), ["company_id"], unique=False
        )

    op.create_table(
        "incident_story",
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident_id"], ["incident.id"], name=op.f("fk_incident_story_incident_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_incident_story_story_id")
        ),
        sa.PrimaryKeyConstraint(
            "incident_id", "story_id", name=op.f("pk_incident_story")
        ),
    )
    with op.batch_alter_table("incident_story", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_incident_story_story_id"), ["story_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("incident_story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_story_story_id"))

    op.drop_table("incident_story")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incident_company_id"))

    op.drop_table("incident")
