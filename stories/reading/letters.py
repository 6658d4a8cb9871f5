"""What a letter tells of, loaded when it is sent: by then it may have changed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session, joinedload

from stories import permissions
from stories.models import (
    Comment,
    Company,
    Decision,
    Rejoinder,
    Representative,
    Response,
    Story,
    StoryClaim,
    Update,
)
from stories.models.base import Worded
from stories.models.codes import CommentState, Visibility
from stories.text import excerpt, plain

LENGTH = 600


@dataclass(frozen=True)
class Told:
    """The story a letter is about, and what was said or decided; `words` are its
    beginning in plain text, `language` theirs, `by` who wrote them."""

    story: Story | None = None
    company: Company | None = None
    update: Update | None = None
    comment: Comment | None = None
    response: Response | None = None
    rejoinder: Rejoinder | None = None
    decision: Decision | None = None
    role: Representative | None = None
    claim: StoryClaim | None = None
    by: str = ""
    words: str = ""
    language: str = "und"


def told(db: Session, letter: str, places: dict[str, Any]) -> Told | None:
    """What the letter tells of; None where it is there no longer."""
    story = _story(db, places.get("story_id"))
    if story is not None and not _still_tells(letter, story):
        return None
    if "comment_id" in places:
        return _comment(db, story, places["comment_id"])
    if "response_id" in places:
        return _response(db, story, places["response_id"])
    if "rejoinder_id" in places:
        return _rejoinder(db, story, places["rejoinder_id"])
    if "decision_id" in places:
        return _decision(db, places["decision_id"])
    if "representative_id" in places:
        return _role(db, places["representative_id"])
    if "claim_id" in places:
        return Told(story, claim=db.get(StoryClaim, places["claim_id"]))
    return _told_to_company(db, story, places)


def _story(db: Session, number: int | None) -> Story | None:
    loaded = joinedload(Story.author)
    return db.get(Story, number, options=[loaded]) if number else None


def _still_tells(letter: str, story: Story) -> bool:
    about_claim = letter.startswith("story_claim")
    return about_claim or story.visibility in permissions.SEEN


def _author(story: Story) -> str:
    return story.author.display_name if story.author else story.author_name or ""


def _said(row: Worded) -> dict[str, str]:
    return {"words": excerpt(plain(row.text), LENGTH), "language": row.language}


def _comment(db: Session, story: Story | None, number: int) -> Told | None:
    loaded = joinedload(Comment.author)
    remark = db.get(Comment, number, options=[loaded])
    gone = (CommentState.HIDDEN, CommentState.TOMBSTONE)
    if story is None or remark is None or remark.state in gone:
        return None
    by = remark.author.display_name if remark.author else remark.guest_name or ""
    return Told(story, comment=remark, by=by, **_said(remark))


def _response(db: Session, story: Story | None, number: int) -> Told | None:
    answer = db.get(Response, number, options=[joinedload(Response.company)])
    if story is None or answer is None or answer.visibility != Visibility.PUBLIC:
        return None
    by = answer.speaker or answer.company_name
    return Told(story, answer.company, response=answer, by=by, **_said(answer))


def _rejoinder(db: Session, story: Story | None, number: int) -> Told | None:
    words = db.get(Rejoinder, number)
    if story is None or words is None or words.visibility != Visibility.PUBLIC:
        return None
    company = db.get(Company, words.company_id)
    return Told(story, company, rejoinder=words, by=_author(story), **_said(words))


def _decision(db: Session, number: int) -> Told | None:
    decision = db.get(Decision, number)
    if decision is None:
        return None
    story = _story(db, decision.story_id)
    return Told(story, decision=decision, words=excerpt(decision.snapshot, LENGTH))


def _role(db: Session, number: int) -> Told | None:
    loaded = (joinedload(Representative.company), joinedload(Representative.member))
    role = db.get(Representative, number, options=list(loaded))
    return Told(company=role.company, role=role) if role else None


def _told_to_company(
    db: Session, story: Story | None, places: dict[str, Any]
) -> Told | None:
    if story is None:
        return None
    company = db.get(Company, places.get("company_id") or 0)
    update = db.get(Update, places.get("update_id") or 0)
    if update is not None and update.visibility != Visibility.PUBLIC:
        return None
    by, said = _author(story), _said(update or story)
    return Told(story, company, update=update, by=by, **said)

