"""A process that comments as fast as it can, for tests with several of them.

python -m tests.writers DATABASE MEMBER STORY COUNT
"""

import sys

from sqlalchemy import select

from stories import discussing
from stories.database import open_engine, sessions
from stories.discussing import CommentEntry
from stories.models import Member, Story


def write(url: str, member_id: int, story_id: int, count: int) -> None:
    """Comment so often, each time in a transaction as the site has it."""
    engine = open_engine(url)
    entry = CommentEntry(text="It happened to me too.", language="en")
    ready = discussing.prepare(entry)
    for _ in range(count):
        with sessions(engine)() as db:
            member = db.scalars(select(Member).where(Member.id == member_id)).one()
            story = db.scalars(select(Story).where(Story.id == story_id)).one()
            db.commit()
            db.connection(execution_options={"writes": True})
            discussing.comment(db, member, story, ready)
            db.commit()
    engine.dispose()


if __name__ == "__main__":
    write(sys.argv[1], *(int(word) for word in sys.argv[2:5]))
