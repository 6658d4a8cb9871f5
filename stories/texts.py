"""Texts and pictures that somebody can report: which they are, whose, and whether they
are shown."""

from collections.abc import Iterable
from typing import Any, TypeGuard

from sqlalchemy import delete
from sqlalchemy.orm import Session

from stories.models import (
    Comment,
    Corroboration,
    Evidence,
    Flag,
    Member,
    Message,
    Rejoinder,
    Representative,
    Response,
    Story,
    Talk,
    Translation,
    Update,
    now,
)
from stories.models.codes import CommentState, FlagState, Party, Target, Visibility
from stories.models.talks import MessageState
from stories.problems import Missing

Flagged = (
    Story
    | Update
    | Comment
    | Response
    | Rejoinder
    | Corroboration
    | Translation
    | Message
    | Evidence
)
TABLES: dict[Target, type[Flagged]] = {
    Target.STORY: Story,
    Target.UPDATE: Update,
    Target.COMMENT: Comment,
    Target.RESPONSE: Response,
    Target.REJOINDER: Rejoinder,
    Target.CORROBORATION: Corroboration,
    Target.TRANSLATION: Translation,
    Target.MESSAGE: Message,
    Target.EVIDENCE: Evidence,
}
SHOWN = (
    Visibility.PUBLIC,
    Visibility.UNLISTED,
    CommentState.PUBLIC,
    MessageState.SHOWN,
)
HIDDEN = (Visibility.HIDDEN, CommentState.HIDDEN, MessageState.HIDDEN)


def there(db: Session, target: Target, target_id: int) -> Flagged:
    """A text as it stands now, or Missing."""
    table: Any = TABLES[target]
    db.flush()
    text: Flagged | None = db.get(table, target_id, populate_existing=True)
    if text is None:
        raise Missing
    return text


def story_of(db: Session, text: Flagged) -> Story:
    """The story that a text belongs to."""
    if isinstance(text, Story):
        return text
    if isinstance(text, Message):
        return db.get_one(Story, db.get_one(Talk, text.talk_id).story_id)
    return db.get_one(Story, text.story_id)


def member_behind(db: Session, text: Flagged) -> Member | None:
    """The member who wrote a text; None for guests and names from elsewhere."""
    kind, _, number = (author_of(db, text) or "").partition(":")
    return db.get(Member, int(number)) if kind == "member" else None


def is_shown(text: Flagged) -> bool:
    """Whether readers see it, as far as its own state goes."""
    return state_of(text) in SHOWN


def is_hidden(text: Flagged) -> bool:
    """Whether staff have hidden it."""
    return state_of(text) in HIDDEN


def author_of(db: Session, text: Flagged) -> str | None:
    """Whom to write to about a text, as the outbox names people."""
    if isinstance(text, Comment) and text.contact:
        return f"contact:{text.contact}"
    if isinstance(text, Response) or _is_companys(text):
        return _speaker(db, text)
    if isinstance(text, Corroboration):
        return f"member:{text.member_id}" if text.member_id else None
    if isinstance(text, Translation):
        return f"member:{text.translator_id}" if text.translator_id else None
    owner = text if isinstance(text, Comment) else story_of(db, text)
    return f"member:{owner.author_id}" if owner.author_id else None


def _is_companys(text: Flagged) -> TypeGuard[Message]:
    return isinstance(text, Message) and text.by == Party.COMPANY


def _speaker(db: Session, answer: Response | Message) -> str | None:
    role = db.get(Representative, answer.representative_id or 0)
    return f"member:{role.member_id}" if role else None


def state_of(text: Flagged) -> Visibility | CommentState | MessageState:
    """Who can see it, as far as the text itself says."""
    return text.state if isinstance(text, Comment | Message) else text.visibility


def set_state(
    text: Flagged, seen: Visibility, remark: CommentState, message: MessageState
) -> None:
    """Let it be seen by whom its own kind of state says."""
    if isinstance(text, Comment):
        text.state = remark
    elif isinstance(text, Message):
        text.state = message
    elif isinstance(text, Evidence):
        _set_shown(text, seen)
    else:
        text.visibility = seen


def _set_shown(picture: Evidence, seen: Visibility) -> None:
    """Taken from readers, or given back to its author, who publishes it anew."""
    picture.withheld_at = now() if seen == Visibility.HIDDEN else None
    if seen != Visibility.HIDDEN:
        picture.published_at = None


def forget_flags(db: Session, target: Target, numbers: Iterable[int]) -> None:
    """What they report is gone for good: nobody need decide."""
    about = (Flag.target == target) & Flag.target_id.in_(list(numbers))
    db.execute(delete(Flag).where(about, Flag.state == FlagState.OPEN))
