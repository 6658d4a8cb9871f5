"""What forms for comments show: the story, what is answered, one's own remarks."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload

from stories import permissions
from stories.models import Comment, Member, Story
from stories.models.codes import CommentState
from stories.problems import Missing

MOST = 100
WITHOUT_TEXTS = (defer(Story.text), defer(Story.html))


@dataclass(frozen=True)
class Place:
    """Where somebody is about to remark: under a story, perhaps in answer to another
    comment."""

    story: Story
    answers: Comment | None


def place(
    db: Session, number: int, viewer: Member | None, answers: int | None = None
) -> Place:
    """The story, if the viewer may see it, and the comment if it is still there."""
    found = db.get(Story, number, options=WITHOUT_TEXTS)
    story = permissions.require_seen(viewer, found)
    there = (
        (Comment.id == answers)
        & (Comment.story_id == story.id)
        & (Comment.state == CommentState.PUBLIC)
    )
    return Place(story, db.scalar(_loaded().where(there)) if answers else None)


def one(db: Session, number: int) -> Comment:
    """A comment that still stands, with its story."""
    found = db.scalar(_loaded().where(Comment.id == number))
    if found is None or found.state not in permissions.STANDING:
        raise Missing
    return found


def own(db: Session, member: Member, number: int) -> Comment:
    """A comment of the member's; Missing where it is somebody else's."""
    found = one(db, number)
    if found.author_id != member.id:
        raise Missing
    return found


def of_guest(db: Session, contact: str, number: int) -> Comment:
    """A comment of the guest behind `contact`; Missing where it is not theirs."""
    found = one(db, number)
    if found.contact != contact:
        raise Missing
    return found


def all_of_guest(db: Session, contact: str) -> list[Comment]:
    """A guest's comments that still stand, newest first."""
    theirs = (Comment.contact == contact) & Comment.state.in_(permissions.STANDING)
    newest = _loaded().where(theirs).order_by(Comment.id.desc())
    return list(db.scalars(newest.limit(MOST)))


def _loaded() -> Select[Comment]:
    return select(Comment).options(
        joinedload(Comment.author),
        joinedload(Comment.story).load_only(
            Story.title, Story.language, Story.visibility, Story.comments_closed_at
        ),
    )
