"""Who is told of an author's deed: companies, through their representatives."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from stories import cases, history, outbox
from stories.models import Follow, Mention, Representative, Story
from stories.models.codes import Happening, MentionRole, Visibility
from stories.models.following import Followed, Often
from stories.permissions import SEEN, is_own_story, speaking_for

EVENTS = {
    "story_told": "story.told",
    "mentioned": "story.mentioned",
    "moved_away": "story.moved_away",
    "updated": "story.updated",
    "offer_decided": "offer.decided",
    "dispute_answered": "dispute.answered",
    "talk_answered": "talk.answered",
    "talk_written": "talk.written",
    "talk_ended": "talk.ended",
}
"""What a company's programs hear where its people get a letter."""

GATHERED = frozenset(("story_told", "updated"))
"""What a letter that gathers tells as well."""


def gathers(company_id: int) -> ColumnElement[bool]:
    """The condition for representatives who follow their company by a letter that
    gathers what is new: what it tells comes to them in no letter of its own."""
    return exists().where(
        Follow.member_id == Representative.member_id,
        Follow.what == Followed.COMPANY,
        Follow.number == company_id,
        Follow.often != Often.AT_ONCE,
    )


def begin(db: Session, story: Story, at: datetime) -> None:
    """Tell every subject company that has a voice here and knows nothing yet.

    Of what only the author or staff see nobody is told.
    """
    if story.visibility not in SEEN:
        return
    for mention in cases.tell(db, story, at):
        history.note(
            db, story, Happening.TOLD, "site", at=at, company_id=mention.company_id
        )
        write(db, "story_told", story, mention.company_id)


def mentioned(db: Session, story: Story, company_ids: Iterable[int]) -> None:
    """Tell companies that the story names them in passing (praise too)."""
    if is_own_story(story):
        for company_id in company_ids:
            write(db, "mentioned", story, company_id)


def spoke(db: Session, story: Story, **places: Any) -> None:
    """The author added something: settle the cases, and tell those who were told.

    `places` name what was added, for the letter.
    """
    cases.settle(db, story)
    told = select(Mention.company_id).where(
        Mention.story_id == story.id,
        Mention.role == MentionRole.SUBJECT,
        Mention.told_at.is_not(None),
    )
    for company_id in db.scalars(told).all():
        write(db, "updated", story, company_id, **places)


def in_passing(db: Session, story: Story) -> list[int]:
    """The companies that the story names in passing."""
    passing = Mention.role != MentionRole.SUBJECT
    named = select(Mention.company_id).where(Mention.story_id == story.id, passing)
    return list(db.scalars(named))


def write(
    db: Session, letter: str, story: Story, company_id: int, **places: Any
) -> None:
    """Leave the letter for every verified representative but the author, while readers
    see the story."""
    if story.visibility in SEEN:
        deliver(db, letter, story, company_id, **places)


def deliver(
    db: Session, letter: str, story: Story, company_id: int, **places: Any
) -> None:
    """The same, also where readers do not see the story any more."""
    outbox.call(db, company_id, EVENTS[letter], story_id=story.id, **places)
    who = Representative.member_id  # once, also where they have two roles
    speakers = select(who).where(speaking_for(company_id)).group_by(who)
    if letter in GATHERED and story.visibility == Visibility.PUBLIC:
        speakers = speakers.where(~gathers(company_id))
    for member_id in db.scalars(speakers.order_by(func.min(Representative.id))).all():
        if member_id != story.author_id:
            outbox.letter(
                db,
                letter,
                f"member:{member_id}",
                story_id=story.id,
                company_id=company_id,
                **places,
            )
