"""What an author's own pages show of a story."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.models import Offer, Story
from stories.models.codes import OfferState


def open_offers(db: Session, story: Story) -> list[Offer]:
    """The offers that wait for the author's word, in their order."""
    waiting = select(Offer).where(
        Offer.story_id == story.id, Offer.state == OfferState.OPEN
    )
    return list(db.scalars(waiting.order_by(Offer.position, Offer.id)))
