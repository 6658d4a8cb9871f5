"""When an author is asked whether it has been solved (rule 11).

Seven days after a company's answer, and 28 and 90 days after the last entry: letters
that lie in the outbox until their time comes, and are planned anew with every entry.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from stories import outbox
from stories.models import Errand, Story, now

AFTER_ANSWER = timedelta(days=7)
AFTER_ENTRY = (timedelta(days=28), timedelta(days=90))
LATER = timedelta(days=28)


def plan(db: Session, story: Story, last: datetime, answered: datetime | None) -> None:
    """Ask about what was said `last`, in place of what was planned before.

    `answered` is when a company answered last; it counts where that is the last entry.
    """
    forget(db, story)
    moments = [last + pause for pause in AFTER_ENTRY]
    if answered == last:
        moments.insert(0, last + AFTER_ANSWER)
    for at in moments:
        if at > now():
            _leave(db, story, at, last.isoformat())


def forget(db: Session, story: Story) -> None:
    """There is nothing to ask any more."""
    db.execute(delete(Errand).where(Errand.key == _key(story)))


def later(db: Session, story: Story, since: str) -> None:
    """The author wants to be asked later: the next letter comes 28 days later, and
    this can be wished once."""
    planned = db.scalars(
        select(Errand).where(Errand.key == _key(story)).order_by(Errand.due_at)
    ).all()
    if not planned:
        _leave(db, story, now() + LATER, since, later=True)
        return
    planned[0].due_at += LATER
    for each in planned:
        places = {**each.details["places"], "later": True}
        each.details = {**each.details, "places": places}


def _leave(
    db: Session, story: Story, at: datetime, since: str, *, later: bool = False
) -> None:
    wanted = outbox.to_write(
        "nudge",
        f"member:{story.author_id}",
        _key(story),
        story_id=story.id,
        since=since,
        later=later,
    )
    db.add(Errand(**wanted | {"due_at": at}))


def _key(story: Story) -> str:
    return f"nudge:{story.id}"
