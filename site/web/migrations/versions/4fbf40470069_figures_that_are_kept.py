"""Figures that are kept."""

import sqlalchemy as sa
from alembic import op

revision = "4fbf40470069"
down_revision = "b47d13d64c93"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "figure",
        sa.Column("company_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("span", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measure", sa.String(60), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_figure_company_id")
        ),
        sa.PrimaryKeyConstraint(
            "company_id",
            "product_id",
            "span",
            "start",
            "measure",
            "code",
            name=op.f("pk_figure"),
        ),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index(
            "ix_figure_decided",
            ["number"],
            unique=False,
            sqlite_where=sa.text("span = 0 AND product_id = 0 AND measure = 'ended'"),
            postgresql_where=sa.text(
                "span = 0 AND product_id = 0 AND measure = 'ended'"
            ),
        )
        batch_op.create_index(
            "ix_figure_patterns",
            ["company_id", "number"],
            unique=False,
            sqlite_where=sa.text("span = 0 AND measure = 'issue'"),
            postgresql_where=sa.text("span = 0 AND measure = 'issue'"),
        )

    op.create_table(
        "counted",
        sa.Column("mention_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.Column("pieces", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_counted_company_id")
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name=op.f("fk_counted_story_id")
        ),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_counted")),
    )
    with op.batch_alter_table("counted", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_counted_company_id"), ["company_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_counted_story_id"), ["story_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("counted", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_counted_story_id"))
        batch_op.drop_index(batch_op.f("ix_counted_company_id"))

    op.drop_table("counted")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_figure_patterns",
            sqlite_where=sa.text("span = 0 AND measure = 'issue'"),
            postgresql_where=sa.text("span = 0 AND measure = 'issue'"),
        )
        batch_op.drop_index(
            "ix_figure_decided",
            sqlite_where=sa.text("span = 0 AND product_id = 0 AND measure = 'ended'"),
            postgresql_where=sa.text(
                "span = 0 AND product_id = 0 AND measure = 'ended'"
            ),
        )

    op.drop_table("figure")
