"""What became of one offer, for the two sides that it concerns."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import permissions
from stories.models import Company, Member, Offer, Response, Story
from stories.models.codes import OfferState, Receipt, Visibility
from stories.problems import Forbidden, Missing


@dataclass(frozen=True)
class OfferPage:
    """An offer, its story and its company (none where the author tells of another's).

    `own`: the viewer is the author; else somebody who speaks for the company.
    """

    story: Story
    offer: Offer
    company: Company | None
    own: bool


def page(db: Session, viewer: Member, number: int, which: int) -> OfferPage:
    """An offer in a story; Forbidden for all others, Missing where it is hidden."""
    offer = db.get(Offer, which)
    if offer is None or offer.story_id != number:
        raise Missing
    story = permissions.require_seen(viewer, db.get(Story, number))
    answer = db.get(Response, offer.response_id or 0)
    if answer is not None and answer.visibility != Visibility.PUBLIC:
        raise Missing
    own = permissions.owns(viewer, story)
    if not own and not _speaks(db, viewer, offer):
        raise Forbidden
    return OfferPage(story, offer, db.get(Company, offer.company_id or 0), own)


def _speaks(db: Session, viewer: Member, offer: Offer) -> bool:
    if offer.company_id is None or not offer.made_here:
        return False
    return permissions.representative(db, viewer, offer.company_id) is not None


def received(db: Session, story: Story) -> list[Offer]:
    """What the author has accepted and received, in its order."""
    came = select(Offer).where(
        Offer.story_id == story.id, Offer.state == OfferState.ACCEPTED
    )
    rows = db.scalars(came.order_by(Offer.position, Offer.id))
    return [each for each in rows if each.receipt == Receipt.RECEIVED]
