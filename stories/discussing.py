"""Comments: what readers remark under a story, as members or as guests."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row, bindparam, case, select, update
from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from stories import database, history, insiders, outbox, permissions
from stories.entries import Entry, Id, Language, Line, Remark
from stories.entries.facts import Discreet
from stories.models import Base, Comment, Member, Moment, Story, now
from stories.models.codes import (
    AuthorRelation,
    ClosedWhy,
    CommentState,
    Happening,
    Target,
    Visibility,
)
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.wording import Wording, discreet, worded

QUIET_DAYS = 365
"""A thread closes by itself after so many days without anything new in its story."""

STANDING = (
    "visibility",
    "comments_closed_at",
    "author_id",
    "series_id",
    "last_activity_at",
    "comment_count",
)
"""What a comment asks of the story as it stands now; its texts are long."""

UNCONFIRMED_DAYS = 14
"""A guest's comment waits so many days for the address to be confirmed, as long as the
link in the letter works."""

MOST_WAITING = 5
"""So many comments of one guest may wait for the confirmation of the address."""


class CommentEntry(Discreet):
    """A remark, perhaps in answer to another one. `relation` is how whoever writes it
    stands to the company, where the site asks."""

    text: Annotated[Remark, Field(min_length=1)]
    language: Language | None = None
    parent_id: Id | None = None
    relation: AuthorRelation | None = None


class GuestEntry(Entry):
    """How a guest wants to be called."""

    name: Annotated[Line, Field(min_length=2, max_length=60)]


@dataclass(frozen=True)
class Prepared:
    """A remark ready to be kept: rendered, its language known."""

    words: Wording
    parent_id: int | None
    relation: AuthorRelation | None = None


Remarked = CommentEntry | Prepared


def prepare(entry: Remarked) -> Prepared:
    """Do what needs no database, before the write transaction. Twice does no harm."""
    if isinstance(entry, Prepared):
        return entry
    entry = discreet(entry)
    words = worded(entry.text, entry.language)
    return Prepared(words, entry.parent_id, entry.relation)


def comment(
    db: Session, author: Member, story: Story, entry: Remarked, mail_domain: str = ""
) -> Comment:
    """Publish a member's comment; tells the author and whom it answers.

    Raises Forbidden where the thread is closed or the member suspended, Invalid where
    an insider does not say so (`mail_domain` is that of their address).
    """
    permissions.require_standing(author)
    ready, at = prepare(entry), now()
    _require_openness(db, author, story, ready, mail_domain)
    _one_more(db, story, at)
    remark = _worded(db, story, ready)
    remark.author_id, remark.state = author.id, CommentState.PUBLIC
    remark.posted_at = at
    database.insert(db, remark)
    _tell(db, story, remark, ready.parent_id)
    return remark


def comment_as_guest(
    db: Session,
    guest: GuestEntry,
    contact: str,
    story: Story,
    entry: Remarked,
    mail_domain: str = "",
) -> Comment:
    """Keep a guest's comment until the address behind `contact` is confirmed."""
    ready = prepare(entry)
    _require_openness(db, None, story, ready, mail_domain)
    waiting = select(Comment.id).where(
        Comment.contact == contact, Comment.state == CommentState.UNCONFIRMED
    )
    if len(db.scalars(waiting).all()) >= MOST_WAITING:
        raise Invalid(
            Problem("Confirm your address first: some of your comments still wait.")
        )
    remark = _worded(db, _open(db, story), ready)
    remark.guest_name, remark.contact = guest.name, contact
    remark.state = CommentState.UNCONFIRMED
    db.add(remark)
    db.flush()
    outbox.letter(
        db,
        "guest_confirm",
        f"contact:{contact}",
        story_id=story.id,
        comment_id=remark.id,
    )
    return remark


def confirm(db: Session, contact: str, remark: Comment) -> bool:
    """The guest's address is confirmed: publish what waited. Twice does no harm.

    Raises Forbidden where it is not theirs, or the thread was closed meanwhile.
    """
    permissions.require(remark.contact == contact)
    _hold(db, remark)
    if remark.state != CommentState.UNCONFIRMED:
        return False
    story, at = db.get_one(Story, remark.story_id), now()
    _one_more(db, story, at)
    remark.state, remark.posted_at = CommentState.PUBLIC, at
    _tell(db, story, remark, remark.parent_id)
    return True


def ask_for_link(db: Session, contact: str, remark: Comment) -> None:
    """Send a guest the link by which they change what they remarked."""
    if remark.contact == contact and remark.state in permissions.STANDING:
        outbox.leave_all(db, [_letter("guest_manage", f"contact:{contact}", remark)])


def amend(db: Session, author: Member, remark: Comment, entry: Remarked) -> Comment:
    """Change the wording of one's own comment; it is marked as amended."""
    _hold(db, remark)
    permissions.require(permissions.may_amend_comment(author, remark))
    return _amended(db, remark, prepare(entry).words)


def amend_as_guest(
    db: Session, contact: str, remark: Comment, entry: Remarked
) -> Comment:
    """Change a guest's comment, by whoever holds the confirmed address."""
    _hold(db, remark)
    _require_guest(contact, remark)
    return _amended(db, remark, prepare(entry).words)


def delete(db: Session, author: Member, remark: Comment) -> None:
    """Take back one's own comment; a tombstone keeps its place."""
    permissions.require(remark.author_id == author.id)
    _hold(db, remark)
    _deleted(db, remark)


def delete_as_guest(db: Session, contact: str, remark: Comment) -> None:
    """Take back a guest's comment, by whoever holds the confirmed address."""
    _hold(db, remark)
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


def forget_unconfirmed(db: Session, at: datetime) -> int:
    """Remove what guests never stood up for; how many comments."""
    never = (Comment.state == CommentState.UNCONFIRMED) & (
        Comment.posted_at < at - timedelta(days=UNCONFIRMED_DAYS)
    )
    gone = db.scalars(delete_rows(Comment).where(never).returning(Comment.id)).all()
    return len(gone)


def _require_openness(
    db: Session, author: Member | None, story: Story, ready: Prepared, mail_domain: str
) -> None:
    """Raises Invalid where somebody of the company remarks like anybody else."""
    if ready.relation == AuthorRelation.EMPLOYEE:
        return
    own = insiders.ties(db, author, mail_domain, story.id)
    if own.speaks_for is not None:
        speaks = Problem(
            "You speak for %(company)s here: say that you work there.",
            company=own.speaks_for,
        )
        raise Invalid(speaks, "relation")
    if own.reads_mail_of is not None and ready.relation is None:
        asks = Problem(
            "Your mail address is one of %(company)s. Say whether you work there.",
            company=own.reads_mail_of,
        )
        raise Invalid(asks, "relation")


def _worded(db: Session, story: Story, ready: Prepared) -> Comment:
    parent_id = _first_level(db, story, ready.parent_id)
    return Comment(
        story_id=story.id,
        parent_id=parent_id,
        relation=ready.relation,
        **ready.words.columns(),
    )


def _one_more(db: Session, story: Story, at: datetime) -> None:
    """Hold the story, count the comment that begins to stand under it, and let the
    story's lists follow; Forbidden where its thread is closed."""
    db.flush()
    its = {"story": story.id, "at": at}
    _know(story, db.connection().execute(ONE_MORE, its).first())
    history.touch_beside(db, story)


def _open(db: Session, story: Story) -> Story:
    """The story as it stands now, held; Forbidden where its thread is closed."""
    db.flush()
    _know(story, db.connection().execute(AS_IT_STANDS, {"story": story.id}).first())
    return story


def _know(story: Story, now_so: Row[Any] | None) -> None:
    if now_so is None:
        raise Forbidden(Problem("Comments under this story are closed."))
    for name, value in now_so._mapping.items():
        set_committed_value(story, name, value)


def _hold(db: Session, remark: Comment) -> None:
    """The comment as it stands now: nobody deletes it twice."""
    db.flush()
    database.hold(db, remark)


def _first_level(db: Session, story: Story, answered: int | None) -> int | None:
    """Threads have two levels: a reply to a reply stands beside it."""
    if answered is None:
        return None
    parent = db.get(Comment, answered)
    if parent is None or parent.story_id != story.id:
        raise Missing(Problem("The comment that you answer is not here any more."))
    if parent.state not in (CommentState.PUBLIC, CommentState.HIDDEN):
        raise Missing(Problem("The comment that you answer is not here any more."))
    return parent.parent_id or parent.id


def _tell(db: Session, story: Story, remark: Comment, answers: int | None) -> None:
    """Search follows; letters go to the author and to whom the comment answers."""
    author = f"member:{story.author_id}"
    errands = [outbox.to_index(story.id)]
    if story.author_id and story.author_id != remark.author_id:
        errands.append(_letter("commented", author, remark))
    answered = _answered(db, remark, answers) - {author}
    errands += [_letter("replied", whom, remark) for whom in answered]
    outbox.leave_all(db, errands)


def _letter(name: str, to: str, remark: Comment) -> outbox.Values:
    return outbox.to_write(name, to, story_id=remark.story_id, comment_id=remark.id)


def _answered(db: Session, remark: Comment, answers: int | None) -> set[str]:
    """Who is told of a reply: whose comment it answers."""
    parent = db.get(Comment, answers) if answers else None
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


def _amended(db: Session, remark: Comment, words: Wording) -> Comment:
    if words.text == remark.text:
        return remark
    if remark.state == CommentState.UNCONFIRMED:
        _word(remark, words)
        return remark
    if remark.amended_at is None:
        history.keep_revision(db, Target.COMMENT, remark)
    _word(remark, words)
    remark.amended_at = now()
    db.flush()
    history.keep_revision(db, Target.COMMENT, remark)
    _changed(db, remark)
    return remark


def _word(remark: Comment, words: Wording) -> None:
    for column, value in words.columns().items():
        setattr(remark, column, value)


def _deleted(db: Session, remark: Comment) -> None:
    if remark.state == CommentState.TOMBSTONE:
        return
    if remark.state == CommentState.UNCONFIRMED:
        db.delete(remark)
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
        remark.contact == contact and remark.state in permissions.STANDING
    )


_STORY = Base.metadata.tables["story"]
_AT = bindparam("at", type_=Moment())
_THIS_OPEN = (_STORY.c.id == bindparam("story")) & permissions.thread_is_open()
_STANDING = [_STORY.c[name] for name in STANDING]
AS_IT_STANDS = select(*_STANDING).where(_THIS_OPEN).with_for_update()
ONE_MORE = (
    update(_STORY)
    .where(_THIS_OPEN)
    .values(
        version=_STORY.c.version + 1,
        comment_count=_STORY.c.comment_count + 1,
        last_activity_at=case(
            (_STORY.c.last_activity_at < _AT, _AT), else_=_STORY.c.last_activity_at
        ),
    )
    .returning(*_STANDING)
)
"""In SQL, so that no count is lost. Both made once, and for the table: the session
takes longer over them than the database."""
