"""What forms for comments show: the story, what is answered, one's own remarks."""

from dataclasses import dataclass

from sqlalchemy import Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, joinedload, load_only

from stories import permissions
from stories.models import Comment, Member, Story
from stories.models.codes import CommentState
from stories.problems import Missing

MOST = 100
THREADS = 200
"""So many threads stand on one page of a story."""
OF_A_STORY = load_only(
    Story.title,
    Story.language,
    Story.visibility,
    Story.author_id,
    Story.series_id,
    Story.last_activity_at,
    Story.comments_closed_at,
    Story.comments_closed_why,
)
STORY = select(Story).where(Story.id == bindparam("number")).options(OF_A_STORY)
"""What forms for comments ask of the story; its texts are long."""


@dataclass(frozen=True)
class Place:
    """Where somebody is about to remark: under a story, perhaps in answer to another
    comment."""

    story: Story
    answers: Comment | None


@dataclass(frozen=True)
class Shown:
    """A comment, and the thread after which the page begins on which it stands (0:
    the first page)."""

    comment: Comment
    after: int


def place(
    db: Session, number: int, viewer: Member | None, answers: int | None = None
) -> Place:
    """The story, if the viewer may see it, and the comment if it is still there."""
    story = permissions.require_seen(viewer, db.scalar(STORY, {"number": number}))
    return Place(story, _answered(db, story, answers) if answers else None)


def _answered(db: Session, story: Story, number: int) -> Comment | None:
    there = (
        (Comment.id == number)
        & (Comment.story_id == story.id)
        & (Comment.state == CommentState.PUBLIC)
    )
    return db.scalar(_loaded().where(there))


def one(db: Session, number: int) -> Comment:
    """A comment that still stands, with its story."""
    found = db.scalar(_loaded().where(Comment.id == number))
    if found is None or found.state not in permissions.STANDING:
        raise Missing
    return found


def page_with(db: Session, viewer: Member | None, story: int, number: int) -> Shown:
    """Where a comment of a story stands that everybody sees, or its tombstone."""
    row = db.get(Comment, number, options=[joinedload(Comment.story)])
    if row is None or row.story_id != story or row.state == CommentState.UNCONFIRMED:
        raise Missing
    permissions.require_seen(viewer, row.story)
    first = db.get_one(Comment, row.parent_id) if row.parent_id else row
    return Shown(row, _last_before(db, first))


def newest(db: Session, story: Story) -> list[Comment]:
    """A story's latest comments that everybody reads, the newest first."""
    mine = (Comment.story_id == story.id) & (Comment.state == CommentState.PUBLIC)
    last = select(Comment).where(mine).options(joinedload(Comment.author))
    order = (Comment.posted_at.desc(), Comment.id.desc())
    return list(db.scalars(last.order_by(*order).limit(MOST)))


def _last_before(db: Session, first: Comment) -> int:
    """The last thread of the page before the one on which a thread stands; or 0."""
    order = (Comment.posted_at, Comment.id)
    threads = select(Comment.id).where(
        Comment.story_id == first.story_id,
        Comment.parent_id.is_(None),
        Comment.state != CommentState.UNCONFIRMED,
    )
    earlier = threads.where(tuple_(*order) < tuple_(first.posted_at, first.id))
    count = db.scalar(select(func.count()).select_from(earlier.subquery())) or 0
    if count < THREADS:
        return 0
    last = count - count % THREADS - 1
    return db.scalars(threads.order_by(*order).offset(last).limit(1)).one()


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
