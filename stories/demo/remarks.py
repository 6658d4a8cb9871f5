"""What readers say below a story, and what staff make of it."""

from collections.abc import Callable
from typing import Any

from stories import discussing, moderating
from stories.demo.files import Life
from stories.demo.parts import MODERATOR
from stories.demo.stage import Stage
from stories.discussing import CommentEntry, GuestEntry
from stories.entries.judging import FlagEntry, RulingEntry
from stories.models import Comment
from stories.models.codes import Target
from stories.text import fold

Told = dict[str, Any]


def _comment(stage: Stage, life: Life, told: Told) -> None:
    author, story = stage.members[told["by"]], stage.stories[life.name]
    remark = discussing.comment(stage.db, author, story, _entry(stage, life, told))
    _remember(stage, life, told, remark)


def _guest(stage: Stage, life: Life, told: Told) -> None:
    """A guest remarks something, and confirms it by the letter at once."""
    name = told["name"]
    contact = stage.contact_of(f"{fold(name).replace(' ', '.')}@guests.example")
    story, entry = stage.stories[life.name], _entry(stage, life, told)
    guest = GuestEntry(name=name)
    remark = discussing.comment_as_guest(stage.db, guest, contact, story, entry)
    discussing.confirm(stage.db, contact, remark)
    _remember(stage, life, told, remark)


def _amend_comment(stage: Stage, life: Life, told: Told) -> None:
    author, remark = stage.members[told["by"]], stage.remarks[life.name, told["on"]]
    entry = CommentEntry(text=told["text"], language=remark.language)
    discussing.amend(stage.db, author, remark, entry)


def _delete_comment(stage: Stage, life: Life, told: Told) -> None:
    author, remark = stage.members[told["by"]], stage.remarks[life.name, told["on"]]
    discussing.delete(stage.db, author, remark)


def _flag(stage: Stage, life: Life, told: Told) -> None:
    reader, (target, number) = stage.members[told["by"]], _meant(stage, life, told)
    entry = FlagEntry(reason=told["reason"], words=told["words"])
    moderating.flag(stage.db, reader, target, number, entry)


def _hide(stage: Stage, life: Life, told: Told) -> None:
    target, number = _meant(stage, life, told)
    moderating.hide(stage.db, stage.members[MODERATOR], target, number, _ruling(told))


def _dismiss(stage: Stage, life: Life, told: Told) -> None:
    target, number = _meant(stage, life, told)
    staff = stage.members[MODERATOR]
    moderating.dismiss(stage.db, staff, target, number, _ruling(told))


def _ruling(told: Told) -> RulingEntry:
    return RulingEntry(reason=told["reason"], words=told["words"])


def _meant(stage: Stage, life: Life, told: Told) -> tuple[Target, int]:
    """The remark that `on` names, or the story."""
    if "on" in told:
        return Target.COMMENT, stage.remarks[life.name, told["on"]].id
    return Target.STORY, stage.stories[life.name].id


def _entry(stage: Stage, life: Life, told: Told) -> CommentEntry:
    answered = stage.remarks[life.name, told["to"]].id if "to" in told else None
    language = told.get("language") or stage.stories[life.name].language
    return CommentEntry(text=told["text"], language=language, parent_id=answered)


def _remember(stage: Stage, life: Life, told: Told, remark: Comment) -> None:
    if "label" in told:
        stage.remarks[life.name, told["label"]] = remark


DEEDS: dict[str, Callable[[Stage, Life, Told], None]] = {
    "comment": _comment,
    "guest": _guest,
    "amend_comment": _amend_comment,
    "delete_comment": _delete_comment,
    "flag": _flag,
    "hide": _hide,
    "dismiss": _dismiss,
}
