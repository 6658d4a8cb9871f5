"""Companies in a list, by name, while there is a story about them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

LETTERS = sa.String().with_variant(sa.String(collation="C"), "postgresql")
FILL = """
UPDATE company SET listed = (
    SELECT squeezed FROM alias WHERE alias.company_id = company.id AND main LIMIT 1
) WHERE id IN (
    SELECT company_id FROM figure
    WHERE product_id = 0 AND span = 0 AND measure = 'kind'
)
"""


def upgrade() -> None:
    op.add_column("company", sa.Column("listed", LETTERS, nullable=True))
    op.execute(FILL)
    op.create_index("ix_company_listed", "company", ["listed", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_company_listed", table_name="company")
    op.drop_column("company", "listed")
