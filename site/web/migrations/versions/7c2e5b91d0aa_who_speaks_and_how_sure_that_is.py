"""Who speaks and how sure that is."""

import sqlalchemy as sa
from alembic import op

revision = "7c2e5b91d0aa"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contest",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("against_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["against_id"], ["representative.id"], name=op.f("fk_contest_against_id")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["representative.id"], name=op.f("fk_contest_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_contest_company_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
    )
    with op.batch_alter_table("contest", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contest_against_id"), ["against_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_contest_by_id"), ["by_id"], unique=False)
        batch_op.create_index("ix_contest_waiting", ["decided_at", "id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("team_role", sa.String(60), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["representative.id"], name=op.f("fk_invitation_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_invitation_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["role_id"], ["representative.id"], name=op.f("fk_invitation_role_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_by_id"), ["by_id"], unique=False
        )
        batch_op.create_index(
            "ix_invitation_company", ["company_id", "state"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_invitation_contact"), ["contact"], unique=False
        )

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("relation", sa.String(60), nullable=True))

    with op.batch_alter_table("company", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kinship", sa.String(60), nullable=True))

    with op.batch_alter_table("representative", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("method", sa.String(60), server_default="email", nullable=False)
        )
        batch_op.add_column(
            sa.Column("proof", sa.String(), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "team_role", sa.String(60), server_default="owner", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column("look_asked_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(sa.Column("finding", sa.String(60), nullable=True))
        batch_op.add_column(sa.Column("doubt", sa.String(60), nullable=True))
        batch_op.add_column(
            sa.Column("doubted_at", sa.DateTime(timezone=True), nullable=True)
        )

    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_by", sa.String(60), nullable=True))
        batch_op.add_column(sa.Column("verified_until", sa.Date(), nullable=True))

    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.alter_column("verifier", type_=sa.String(60), existing_nullable=False)
        batch_op.add_column(sa.Column("reminded", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.add_column(
            sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True)
        )
        batch_op.create_index("ix_verification_expires", ["expires_at"], unique=False)
        batch_op.create_index(
            "ix_verification_seen", ["method", "seen_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index("ix_verification_seen")
        batch_op.drop_index("ix_verification_expires")
        batch_op.drop_column("missed_at")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("reminded")
        batch_op.alter_column("verifier", type_=sa.String(), existing_nullable=False)

    # without copying the table, which others refer to
    with op.batch_alter_table("response", recreate="never") as batch_op:
        batch_op.drop_column("verified_until")
        batch_op.drop_column("verified_by")

    # without copying the table, which others refer to
    with op.batch_alter_table("representative", recreate="never") as batch_op:
        batch_op.drop_column("doubted_at")
        batch_op.drop_column("doubt")
        batch_op.drop_column("finding")
        batch_op.drop_column("looked_at")
        batch_op.drop_column("look_asked_at")
        batch_op.drop_column("team_role")
        batch_op.drop_column("proof")
        batch_op.drop_column("method")

    # without copying the table, which others refer to
    with op.batch_alter_table("company", recreate="never") as batch_op:
        batch_op.drop_column("kinship")

    # without copying the table, which others refer to
    with op.batch_alter_table("comment", recreate="never") as batch_op:
        batch_op.drop_column("relation")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_contact"))
        batch_op.drop_index("ix_invitation_company")
        batch_op.drop_index(batch_op.f("ix_invitation_by_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("contest", schema=None) as batch_op:
        batch_op.drop_index("ix_contest_waiting")
        batch_op.drop_index(batch_op.f("ix_contest_by_id"))
        batch_op.drop_index(batch_op.f("ix_contest_against_id"))

    op.drop_table("contest")
