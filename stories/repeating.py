"""What was sent twice, by a second press of a button or a program that heard no answer:
it is found, and not said again."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import database
from stories.entries.answers import ResponseEntry, TermsEntry
from stories.models import Letter, Offer, Rejoinder, Response, Story, Update, now
from stories.models.codes import OfferState, Visibility
from stories.wording import Wording

TWICE = timedelta(minutes=10)
"""Within so long the same words again are no new answer."""


def answered(
    db: Session, story: Story, company_id: int, entry: ResponseEntry, words: Wording
) -> Response | None:
    """The company's last answer, where it is this one. The story is held, so that of
    two at once the second finds the first."""
    db.flush()
    database.hold(db, story)
    mine = (Response.story_id == story.id) & (Response.company_id == company_id)
    last = db.scalar(select(Response).where(mine).order_by(Response.id.desc()).limit(1))
    if last is None or not _lately(last):
        return None
    wanted = (entry.kind, entry.closing, words.text, entry.also)
    if (last.kind, last.closing, last.text, last.also_text) != wanted:
        return None
    return last if _offers(db, last, entry.offer) else None


def rejoined(db: Session, answer: Response, words: Wording) -> Rejoinder | None:
    """The author's last reply to an answer, where it is this one."""
    database.hold(db, db.get_one(Story, answer.story_id))
    mine = select(Rejoinder).where(Rejoinder.response_id == answer.id)
    last = db.scalar(mine.order_by(Rejoinder.id.desc()).limit(1))
    same = last is not None and _lately(last) and last.text == words.text
    return last if same else None


def updated(
    db: Session, story: Story, words: Wording, letters: Sequence[Wording]
) -> Update | None:
    """The story's last update, where it is this one, with these letters and no more."""
    db.flush()
    database.hold(db, story)
    mine = select(Update).where(Update.story_id == story.id)
    last = db.scalar(mine.order_by(Update.id.desc()).limit(1))
    if last is None or last.text != words.text or last.published_at < now() - TWICE:
        return None
    came = (Letter.story_id == story.id) & (Letter.added_at == last.published_at)
    quoted = db.scalars(select(Letter.text).where(came).order_by(Letter.position)).all()
    same = list(quoted) == [each.text for each in letters]
    return last if same and last.visibility == Visibility.PUBLIC else None


def _lately(said: Response | Rejoinder) -> bool:
    shown = said.visibility == Visibility.PUBLIC
    return shown and said.posted_at > now() - TWICE


def _offers(db: Session, answer: Response, terms: TermsEntry) -> bool:
    """Whether the answer makes just this offer, which still waits."""
    offer = db.scalar(select(Offer).where(Offer.response_id == answer.id).limit(1))
    if offer is None or not terms.what:
        return offer is None and not terms.what
    wanted = terms.model_dump()
    same = all(getattr(offer, name) == value for name, value in wanted.items())
    return same and offer.state == OfferState.OPEN
