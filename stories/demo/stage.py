"""Where samples are played: the database, and who and what has come up so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import companies
from stories.models import (
    Comment,
    Company,
    Dispute,
    Member,
    Offer,
    Representative,
    Response,
    Story,
)
from stories.models.codes import OfferState
from stories.models.facts import DisputeState
from stories.sealing import Seal

ContactOf = Callable[[str], str]
"""Gives the opaque id of a mail address, which the domain does not know."""


@dataclass
class Stage:
    """Everybody by handle, stories by the name of their life, remarks by label."""

    db: Session
    contact_of: ContactOf
    seal: Seal
    members: dict[str, Member] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    remarks: dict[tuple[str, str], Comment] = field(default_factory=dict)
    roles: dict[tuple[str, str], Representative] = field(default_factory=dict)

    def company(self, name: str) -> Company:
        """The company of that name."""
        return companies.called(self.db, name)[0]

    def latest_answer(self, story: Story) -> Response:
        """The answer that the author replies to."""
        mine = select(Response).where(Response.story_id == story.id)
        return self.db.scalars(mine.order_by(Response.id.desc()).limit(1)).one()

    def open_offer(self, story: Story) -> Offer:
        """The offer that the author decides on."""
        mine = select(Offer).where(Offer.story_id == story.id)
        return self.db.scalars(mine.where(Offer.state == OfferState.OPEN)).one()

    def open_dispute(self, story: Story) -> Dispute:
        """The disputed fact that the author answers."""
        mine = select(Dispute).where(Dispute.story_id == story.id)
        waits = Dispute.response_id.is_not(None), Dispute.state == DisputeState.OPEN
        return self.db.scalars(mine.where(*waits)).one()


@dataclass(frozen=True)
class Act:
    """One deed and its moment."""

    at: datetime
    do: Callable[[Stage], None]
