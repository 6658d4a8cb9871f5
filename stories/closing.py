"""Staff close the comments under a story, and open them again."""

from sqlalchemy.orm import Session

from stories import database, history, outbox, permissions
from stories.entries.judging import RulingEntry
from stories.models import Decision, Member, Story, now
from stories.models.codes import ClosedWhy, Happening, StaffDeed
from stories.problems import Forbidden, Invalid, Problem


def close_comments(
    db: Session, staff: Member, story: Story, ruling: RulingEntry
) -> Decision:
    """Take no more comments, whatever the author says; they are told why."""
    _hold(db, staff, story)
    if story.comments_closed_why == ClosedWhy.STAFF:
        raise Invalid(Problem("Staff of this site have closed the comments."))
    at, reason = now(), ruling.reason.value
    story.comments_closed_at, story.comments_closed_why = at, ClosedWhy.STAFF
    happening = Happening.COMMENTS_CLOSED
    history.note(db, story, happening, "staff", at=at, reason=reason)
    return _decided(db, staff, StaffDeed.CLOSE_COMMENTS, story, ruling)


def reopen_comments(
    db: Session, staff: Member, story: Story, ruling: RulingEntry
) -> Decision:
    """Take comments again that staff had closed; what authors closed they open."""
    _hold(db, staff, story)
    if story.comments_closed_why != ClosedWhy.STAFF:
        raise Invalid(Problem("Staff have not closed these comments."))
    story.comments_closed_at = story.comments_closed_why = None
    history.note(db, story, Happening.COMMENTS_OPENED, "staff")
    return _decided(db, staff, StaffDeed.REOPEN_COMMENTS, story, ruling)


def _hold(db: Session, staff: Member, story: Story) -> None:
    permissions.require(permissions.is_staff(staff))
    if permissions.owns(staff, story):
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))
    db.flush()
    database.hold(db, story)


def _decided(
    db: Session, staff: Member, deed: StaffDeed, story: Story, ruling: RulingEntry
) -> Decision:
    reason, words = ruling.reason, ruling.words
    decision = history.decide(
        db, staff, deed, story, reason=reason, words=words, story_id=story.id
    )
    if story.author_id:
        author = f"member:{story.author_id}"
        outbox.letter(db, "decision", author, decision_id=decision.id)
    history.touch(db, story)
    return decision
