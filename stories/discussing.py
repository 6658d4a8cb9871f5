"""Comments: what readers remark under a story, as members or as guests."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stories import history, languages, outbox, permissions, text
from stories.entries import Entry, Language, Line, Remark
from stories.models import Comment, Member, Story, now
from stories.models.codes import ClosedWhy, CommentState, Happening, Target, Visibility
from stories.problems import Forbidden, Invalid, Missing, Problem

QUIET_DAYS = 365
"""A thread closes by itself after so many days without anything new in its story."""

MOST_WAITING = 5
"""So many comments of one guest may wait for the confirmation of the address."""


class CommentEntry(Entry):
    """A remark, perhaps in answer to another one."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None
    parent_id: int | None = None


class GuestEntry(Entry):
    """How a guest wants to be called."""

    name: Annotated[Line, Field(min_length=2, max_length=60)]


def comment(db: Session, author: Member, story: Story, entry: CommentEntry) -> Comment:
    """Publish a member's comment; tells the author and whom it answers.

    Raises Forbidden where the thread is closed or the member suspended.
    """
    permissions.require_standing(author)
    remark = _written(db, story, entry)
    remark.author_id = author.id
    db.flush()
    _published(db, story, remark)
    return remark


def comment_as_guest(
    db: Session, guest: GuestEntry, contact: str, story: Story, entry: CommentEntry
) -> Comment:
    """Keep a guest's comment until the address behind `contact` is confirmed."""
    waiting = select(Comment.id).where(
        Comment.contact == contact, Comment.state == CommentState.UNCONFIRMED
    )
    if len(db.scalars(waiting).all()) >= MOST_WAITING:
        raise Invalid(
            Problem("Confirm your address first: some of your comments still wait.")
        )
    remark = _written(db, story, entry)
    remark.guest_name, remark.contact = guest.name, contact
    remark.state = CommentState.UNCONFIRMED
    db.flush()
    outbox.letter(
        db,
        "guest_confirm",
        f"contact:{contact}",
        story_id=story.id,
        comment_id=remark.id,
    )
    return remark


def confirm(db: Session, contact: str) -> list[Comment]:
    """The guest's address is confirmed: publish what waited, where still possible."""
    waited = db.scalars(
        select(Comment)
        .where(Comment.contact == contact, Comment.state == CommentState.UNCONFIRMED)
        .order_by(Comment.id)
    ).all()
    published = []
    for remark in waited:
        story = db.get_one(Story, remark.story_id)
        if permissions.may_comment(story):
            remark.state, remark.posted_at = CommentState.PUBLIC, now()
            _published(db, story, remark)
            published.append(remark)
    return published


def amend(db: Session, author: Member, remark: Comment, entry: CommentEntry) -> Comment:
    """Change the wording of one's own comment; it is marked as amended."""
    permissions.require(permissions.may_amend_comment(author, remark))
    return _amended(db, remark, entry)


def amend_as_guest(
    db: Session, contact: str, remark: Comment, entry: CommentEntry
) -> Comment:
    """Change a guest's comment, by whoever holds the confirmed address."""
    _require_guest(contact, remark)
    return _amended(db, remark, entry)


def delete(db: Session, author: Member, remark: Comment) -> None:
    """Take back one's own comment; a tombstone keeps its place."""
    permissions.require(remark.author_id == author.id)
    _deleted(db, remark)


def delete_as_guest(db: Session, contact: str, remark: Comment) -> None:
    """Take back a guest's comment, by whoever holds the confirmed address."""
    _require_guest(contact, remark)
    _deleted(db, remark)


def close_quiet(db: Session, at: datetime, most: int = 200) -> list[Story]:
    """Close the threads of stories in which nothing has happened for a year."""
    quiet = db.scalars(
        select(Story)
        .where(
            Story.comments_closed_at.is_(None),
            Story.visibility == Visibility.PUBLIC,
            Story.last_activity_at < at - timedelta(days=QUIET_DAYS),
        )
        .order_by(Story.id)
        .limit(most)
    ).all()
    for story in quiet:
        story.comments_closed_at = at
        story.comments_closed_why = ClosedWhy.AUTOMATIC
        history.note(db, story, Happening.COMMENTS_CLOSED, "site", why="automatic")
        history.touch_quietly(db, story)
    return list(quiet)


def _written(db: Session, story: Story, entry: CommentEntry) -> Comment:
    if not permissions.may_comment(story):
        raise Forbidden(Problem("Comments under this story are closed."))
    remark = Comment(story_id=story.id, parent_id=_first_level(db, story, entry))
    _word(remark, entry)
    db.add(remark)
    return remark


def _first_level(db: Session, story: Story, entry: CommentEntry) -> int | None:
    """Threads have two levels: a reply to a reply stands beside it."""
    if entry.parent_id is None:
        return None
    parent = db.get(Comment, entry.parent_id)
    if parent is None or parent.story_id != story.id:
        raise Missing(Problem("The comment that you answer is not here any more."))
    if parent.state not in (CommentState.PUBLIC, CommentState.HIDDEN):
        raise Missing(Problem("The comment that you answer is not here any more."))
    return parent.parent_id or parent.id


def _word(remark: Comment, entry: CommentEntry) -> None:
    remark.text, remark.html = entry.text, text.render(entry.text)
    remark.renderer = text.RENDERER
    remark.language = entry.language or languages.detect(entry.text).tag


def _published(db: Session, story: Story, remark: Comment) -> None:
    _count(db, story.id, 1)
    history.touch(db, story, remark.posted_at)
    outbox.index(db, story.id)
    if story.author_id and story.author_id != remark.author_id:
        _write(db, "commented", f"member:{story.author_id}", remark)
    for whom in _answered(db, remark) - {f"member:{story.author_id}"}:
        _write(db, "replied", whom, remark)


def _write(db: Session, letter: str, to: str, remark: Comment) -> None:
    outbox.letter(db, letter, to, story_id=remark.story_id, comment_id=remark.id)


def _answered(db: Session, remark: Comment) -> set[str]:
    parent = db.get(Comment, remark.parent_id) if remark.parent_id else None
    if parent is None or parent.state != CommentState.PUBLIC:
        return set()
    if parent.author_id:
        return {f"member:{parent.author_id}"} - {f"member:{remark.author_id}"}
    return {f"contact:{parent.contact}"} - {f"contact:{remark.contact}"}


def _count(db: Session, story_id: int, change: int) -> None:
    """In SQL, so that four writers at once lose no count."""
    db.flush()
    db.execute(
        update(Story)
        .where(Story.id == story_id)
        .values(comment_count=Story.comment_count + change)
        .execution_options(synchronize_session=False)
    )


def _amended(db: Session, remark: Comment, entry: CommentEntry) -> Comment:
    if entry.text == remark.text:
        return remark
    if remark.amended_at is None:
        history.keep_revision(db, Target.COMMENT, remark)
    _word(remark, entry)
    remark.amended_at = now()
    db.flush()
    history.keep_revision(db, Target.COMMENT, remark)
    _changed(db, remark)
    return remark


def _deleted(db: Session, remark: Comment) -> None:
    if remark.state == CommentState.TOMBSTONE:
        return
    counted = remark.state == CommentState.PUBLIC
    remark.state = CommentState.TOMBSTONE
    remark.text = remark.html = ""
    remark.guest_name = None
    history.forget_revisions(db, Target.COMMENT, remark.id)
    if counted:
        _count(db, remark.story_id, -1)
    _changed(db, remark)


def _changed(db: Session, remark: Comment) -> None:
    story = db.get_one(Story, remark.story_id)
    history.touch_quietly(db, story)
    outbox.index(db, story.id)


def _require_guest(contact: str, remark: Comment) -> None:
    permissions.require(
        remark.contact == contact and remark.state == CommentState.PUBLIC
    )
