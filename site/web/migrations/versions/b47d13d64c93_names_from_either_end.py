"""Names from either end."""

import sqlalchemy as sa
from alembic import op

revision = "b47d13d64c93"
down_revision = "0001"
branch_labels = None
depends_on = None

LETTERS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
NEW = ("squeezed", "backwards")
AT_ONCE = 5000
ALIAS = sa.table(
    "alias",
    sa.column("id", sa.Integer),
    sa.column("folded", sa.String),
    *(sa.column(name, sa.String) for name in NEW),
)


def upgrade() -> None:
    with op.batch_alter_table("alias", schema=None) as batch_op:
        for name in NEW:
            batch_op.add_column(sa.Column(name, LETTERS, nullable=True))
    _fill()
    with op.batch_alter_table("alias", schema=None) as batch_op:
        for name in NEW:
            batch_op.alter_column(name, existing_type=LETTERS, nullable=False)
        batch_op.create_index(
            "ix_alias_backwards",
            ["backwards", "squeezed", "company_id", "main"],
            unique=False,
        )
        batch_op.create_index(
            "ix_alias_squeezed", ["squeezed", "company_id", "main"], unique=False
        )


def _fill() -> None:
    db = op.get_bind()
    known = sa.select(ALIAS.c.id, ALIAS.c.folded).order_by(ALIAS.c.id).limit(AT_ONCE)
    change = (
        sa.update(ALIAS)
        .where(ALIAS.c.id == sa.bindparam("number"))
        .values({name: sa.bindparam(name) for name in NEW})
    )
    last = 0
    while rows := db.execute(known.where(ALIAS.c.id > last)).all():
        db.execute(change, [_either_way(*row) for row in rows])
        last = rows[-1].id


def _either_way(number: int, folded: str) -> dict[str, object]:
    squeezed = folded.replace(" ", "")
    return {"number": number, "squeezed": squeezed, "backwards": squeezed[::-1]}


def downgrade() -> None:
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.drop_index("ix_alias_squeezed")
        batch_op.drop_index("ix_alias_backwards")
        batch_op.drop_column("backwards")
        batch_op.drop_column("squeezed")
