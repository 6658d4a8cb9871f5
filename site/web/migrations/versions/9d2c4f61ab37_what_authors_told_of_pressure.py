"""No notice of pressure stands on an author's word alone.

Those that did have ended: staff check what authors disclose, and then readers are
told. The record keeps what stood there.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "9d2c4f61ab37"
down_revision = "c41d9e07a6b3"
branch_labels = None
depends_on = None

caution = sa.table(
    "caution", sa.column("by"), sa.column("ended_at", sa.DateTime(timezone=True))
)


def upgrade() -> None:
    unchecked = (caution.c.by == "author") & caution.c.ended_at.is_(None)
    op.execute(caution.update().where(unchecked).values(ended_at=datetime.now(UTC)))


def downgrade() -> None:
    """What has ended stays ended."""
