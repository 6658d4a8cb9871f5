"""Everything that is a member's own, public and private (GDPR 15 and 20)."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.exporting.values import to_json
from stories.models import (
    Base,
    Comment,
    Corroboration,
    Draft,
    Duplicate,
    Flag,
    Follow,
    Member,
    Message,
    Misnaming,
    Representative,
    SavedSearch,
    Series,
    Story,
    StoryClaim,
    Translation,
    TranslationDraft,
    Vote,
)
from stories.models.codes import Party
from stories.models.talks import MessageState

MADE = frozenset(("version", "html", "renderer", "contact", "token", "handle_shape"))
OWNED: tuple[tuple[Any, Any], ...] = (
    (Story, Story.author_id),
    (Series, Series.author_id),
    (Draft, Draft.member_id),
    (SavedSearch, SavedSearch.member_id),
    (Follow, Follow.member_id),
    (Comment, Comment.author_id),
    (Corroboration, Corroboration.member_id),
    (Vote, Vote.member_id),
    (Translation, Translation.translator_id),
    (TranslationDraft, TranslationDraft.member_id),
    (Representative, Representative.member_id),
    (StoryClaim, StoryClaim.member_id),
    (Flag, Flag.member_id),
    (Duplicate, Duplicate.member_id),
    (Misnaming, Misnaming.member_id),
)


OF_STORIES = (
    "contact",
    "promise",
    "amount",
    "offer",
    "point",
    "letter",
    "quotation",
    "dispute",
    "update",
    "rejoinder",
    "mention",
    "story_issue",
    "timeline_entry",
    "poll",
    "caution",
    "pressure",
    "talk",
    "evidence",
)
"""What an author entered or caused around a story; not what others wrote, but for what
a company wrote to them in private."""

Rows = list[dict[str, Any]]


def own_record(db: Session, member: Member) -> dict[str, Rows]:
    """The member's rows by table: themselves, their texts and all that belongs to
    each story, drafts, what they keep and follow, comments, roles, claims, flags."""
    record = {"member": _rows(db, Member.__table__, Member.id, [member.id])}
    for model, owner in OWNED:
        record[model.__tablename__] = _rows(db, model.__table__, owner, [member.id])
    numbers = [row["id"] for row in record["story"]]
    for name in OF_STORIES:
        table = Base.metadata.tables[name]
        record[name] = _rows(db, table, table.c.story_id, numbers)
    talks = [row["id"] for row in record["talk"]]
    said = _rows(db, Message.__table__, Message.talk_id, talks)
    record["message"] = [_as_read(row) for row in said]
    return {name: rows for name, rows in record.items() if rows}


def _as_read(message: dict[str, Any]) -> dict[str, Any]:
    """A private message as its author reads it: without what others wrote and staff
    have hidden."""
    theirs = message["by"] != Party.AUTHOR
    if theirs and message["state"] != MessageState.SHOWN:
        return {**message, "text": ""}
    return message


def _rows(db: Session, table: Any, column: Any, values: list[int]) -> Rows:
    names = [each.name for each in table.columns if each.name not in MADE]
    wanted = select(*(table.columns[name] for name in names)).where(column.in_(values))
    ordered = wanted.order_by(*table.primary_key.columns)
    return [
        {name: to_json(row[name]) for name in names}
        for row in db.execute(ordered).mappings()
    ]
