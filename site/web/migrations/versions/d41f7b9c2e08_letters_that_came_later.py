"""Letters that came later, with an update, and since when a draft is written; numbers of
translations and of evidence that are given once.

SQLite gives the number of the last row that went to the next one, and reports and
decisions name translations by it. PostgreSQL's never come back.
"""

import sqlalchemy as sa
from alembic import op

revision = "d41f7b9c2e08"
down_revision = "e2a94b7d6c01"
branch_labels = None
depends_on = None

ONCE = ("translation", "evidence")
TRANSLATION = "translation"
NAMING = (("flag", "target"), ("decision", "subject"), ("revision", "target"))
"""Tables that name rows of others by number, and their column that says of which."""


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("added_at", sa.DateTime(timezone=True), nullable=True)
        )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True)
        )
    _make_anew(keeps=True)
    if op.get_bind().dialect.name == "sqlite":
        _go_on_behind_what_is_named()


def downgrade() -> None:
    _make_anew(keeps=False)
    with op.batch_alter_table("draft", recreate="never") as batch_op:
        batch_op.drop_column("begun_at")
    with op.batch_alter_table("letter", recreate="never") as batch_op:
        batch_op.drop_column("added_at")


def _make_anew(*, keeps: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    for name in ONCE:
        batch = op.batch_alter_table(
            name,
            schema=None,
            recreate="always",
            table_kwargs={"sqlite_autoincrement": keeps},
        )
        with batch as batch_op:
            batch_op.alter_column("id", existing_type=sa.Integer(), nullable=False)


def _go_on_behind_what_is_named() -> None:
    """No translation gets a number that something still names."""
    db = op.get_bind()
    highest = [db.scalar(sa.select(sa.func.max(sa.column("id"))).select_from(_rows()))]
    for name, column in NAMING:
        numbers = sa.table(name, sa.column(f"{column}_id"), sa.column(column))
        most = sa.select(sa.func.max(numbers.c[f"{column}_id"]))
        highest.append(db.scalar(most.where(numbers.c[column] == TRANSLATION)))
    known = max((each for each in highest if each is not None), default=0)
    kept = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
    db.execute(sa.delete(kept).where(kept.c.name == TRANSLATION))
    db.execute(sa.insert(kept).values(name=TRANSLATION, seq=known))


def _rows() -> sa.TableClause:
    return sa.table(TRANSLATION, sa.column("id"))
