"""Reasons that are messages: why a company asks to talk is said by somebody, and can be
reported. Conversations end when their last day is over everywhere.

Who asked was not kept, so that the messages made of reasons have no speaker.
"""

from datetime import timedelta
from html import escape

import sqlalchemy as sa
from alembic import op

revision = "b83d5f0e6a17"
down_revision = "9e41c0d7b8a2"
branch_labels = None
depends_on = None

ELSEWHERE = timedelta(hours=12)
TALK = sa.table(
    "talk",
    sa.column("id", sa.Integer),
    sa.column("by", sa.String),
    sa.column("reason", sa.String),
    sa.column("begun_at", sa.DateTime(timezone=True)),
    sa.column("ends_at", sa.DateTime(timezone=True)),
    sa.column("company_wrote", sa.Integer),
)
MESSAGE = sa.table(
    "message",
    sa.column("id", sa.Integer),
    sa.column("talk_id", sa.Integer),
    sa.column("by", sa.String),
    sa.column("speaker", sa.String),
    sa.column("job_title", sa.String),
    sa.column("posted_at", sa.DateTime(timezone=True)),
    sa.column("state", sa.String),
    sa.column("text", sa.String),
    sa.column("html", sa.String),
)


def upgrade() -> None:
    db = op.get_bind()
    asked = sa.select(TALK.c.id, TALK.c.reason, TALK.c.begun_at, TALK.c.company_wrote)
    for number, reason, begun_at, wrote in db.execute(
        asked.where(TALK.c.reason != "").order_by(TALK.c.id)
    ).all():
        words = {"text": reason, "html": f"<p>{escape(reason, quote=False)}</p>"}
        who = {"talk_id": number, "by": "company", "speaker": "", "job_title": ""}
        made = sa.insert(MESSAGE).values(
            **who, **words, posted_at=begun_at, state="shown"
        )
        said = db.scalar(made.returning(MESSAGE.c.id))
        if not wrote:
            mine = sa.update(TALK).where(TALK.c.id == number)
            db.execute(mine.values(company_wrote=said))
    op.drop_column("talk", "reason")
    _move_ends(ELSEWHERE)


def downgrade() -> None:
    _move_ends(-ELSEWHERE)
    empty = sa.Column("reason", sa.String(), server_default="", nullable=False)
    op.add_column("talk", empty)
    db = op.get_bind()
    asked = sa.select(TALK.c.id).where(TALK.c.by == "company")
    for number in db.scalars(asked).all():
        said = sa.select(MESSAGE.c.id, MESSAGE.c.text).where(
            MESSAGE.c.talk_id == number, MESSAGE.c.by == "company"
        )
        order = (MESSAGE.c.posted_at, MESSAGE.c.id)
        first = db.execute(said.order_by(*order).limit(1)).first()
        if first is None:
            continue
        db.execute(sa.update(TALK).where(TALK.c.id == number).values(reason=first.text))
        db.execute(sa.delete(MESSAGE).where(MESSAGE.c.id == first.id))


def _move_ends(by: timedelta) -> None:
    db = op.get_bind()
    ends = sa.select(TALK.c.id, TALK.c.ends_at).where(TALK.c.ends_at.is_not(None))
    for number, at in db.execute(ends).all():
        moved = sa.update(TALK).where(TALK.c.id == number)
        db.execute(moved.values(ends_at=at + by))
