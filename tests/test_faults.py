"""What holds when many write at once, and when processes are killed."""

import subprocess
import sys

from sqlalchemy import func, select

from stories.models import Comment, Errand, Story

WRITERS = 4
COMMENTS = 10_000
KILLS = 20


def test_four_writers_at_once_lose_no_comment_and_no_count(db, ada, database_url):
    story = Story(title="A kettle", author=ada, kind="complaint", visibility="public")
    db.add(story)
    db.commit()
    share = str(COMMENTS // WRITERS)
    words = [database_url, str(ada.id), str(story.id), share]

    writers = [
        subprocess.Popen([sys.executable, "-m", "tests.writers", *words])
        for _ in range(WRITERS)
    ]
    codes = [writer.wait() for writer in writers]

    db.rollback()
    db.refresh(story)
    there = db.scalar(select(func.count()).select_from(Comment))
    errands = db.scalar(select(func.count()).where(Errand.task == "index"))
    assert codes == [0] * WRITERS
    assert there == COMMENTS
    assert story.comment_count == COMMENTS
    assert story.version > COMMENTS
    assert errands == COMMENTS
