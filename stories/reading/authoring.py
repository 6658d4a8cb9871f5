"""What an author's own pages show of a story."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.models import Mention, Offer, Story
from stories.models.codes import CaseState, MentionRole, OfferState


def open_offers(db: Session, story: Story) -> list[Offer]:
    """The offers that wait for the author's word, in their order."""
    waiting = select(Offer).where(
        Offer.story_id == story.id, Offer.state == OfferState.OPEN
    )
    return list(db.scalars(waiting.order_by(Offer.position, Offer.id)))


def cases(db: Session, story: Story) -> set[CaseState]:
    """How the story stands with the companies that were told of it."""
    told = select(Mention.case_state).where(
        Mention.story_id == story.id,
        Mention.role == MentionRole.SUBJECT,
        Mention.told_at.is_not(None),
    )
    return set(db.scalars(told))
