"""What companies offer: taken or left by the author, taken back, lapsed, received.

An offer that was made here stands in a company's answer. Others the author tells of,
and says what became of them as they like.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import cases, database, history, outbox, permissions, telling
from stories.entries import note
from stories.models import Member, Offer, Response, Story, now
from stories.models.base import ELSEWHERE, is_over
from stories.models.codes import Happening, OfferState, Receipt, Visibility
from stories.problems import Forbidden, Invalid, Missing, Problem

DECIDED = {
    OfferState.ACCEPTED: Happening.OFFER_ACCEPTED,
    OfferState.REFUSED: Happening.OFFER_REFUSED,
    OfferState.LAPSED: Happening.OFFER_LAPSED,
}
RECEIVED = {
    Receipt.RECEIVED: Happening.OFFER_RECEIVED,
    Receipt.NOT_RECEIVED: Happening.OFFER_NOT_RECEIVED,
}
ASKED_AFTER = (timedelta(days=7), timedelta(days=28))
"""So long after an offer was accepted its author is asked whether it came."""


def decide(
    db: Session, author: Member, offer: Offer, state: OfferState, why: str = ""
) -> None:
    """The author accepts an offer, refuses it, or says that it lapsed.

    One that was made here is decided on once, and refused with a reason.
    """
    story, why = _hold(db, author, offer), note(why, "why")
    if state not in DECIDED:
        raise Invalid(Problem("Accept the offer, refuse it, or say that it lapsed."))
    if offer.state == state:
        return
    if offer.made_here:
        _require_open(db, offer)
        _require_reason(state, why)
    offer.state, offer.state_at, offer.why = state, now(), why
    _spoken(db, story, offer, DECIDED[state])
    if state == OfferState.ACCEPTED and offer.made_here:
        for pause in ASKED_AFTER:
            places = {"story_id": story.id, "offer_id": offer.id}
            outbox.letter_later(
                db, now() + pause, "offer_asked", f"member:{author.id}", **places
            )


def receive(db: Session, author: Member, offer: Offer, receipt: Receipt) -> None:
    """The author says whether what they accepted has come. It may come later."""
    story = _hold(db, author, offer)
    if offer.state != OfferState.ACCEPTED:
        raise Invalid(Problem("Accept the offer first."))
    if offer.receipt == receipt:
        return
    offer.receipt, offer.receipt_at = receipt, now()
    _spoken(db, story, offer, RECEIVED[receipt])


def withdraw(db: Session, member: Member, offer: Offer) -> None:
    """The company takes an offer back that the author has not decided on."""
    permissions.require_standing(member)
    company_id = offer.company_id or 0
    if permissions.representative(db, member, company_id) is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    db.flush()
    story = db.get_one(Story, offer.story_id)
    database.hold(db, story)
    database.hold(db, offer)
    permissions.require_seen(member, story)
    _require_open(db, offer)
    offer.state, offer.state_at = OfferState.WITHDRAWN, now()
    _ended(db, story, offer, Happening.OFFER_WITHDRAWN, "company")
    outbox.news(db, story.id, member.id)


def lapse_due(db: Session, at: datetime, most: int = 200) -> list[Offer]:
    """Offers whose last day is over lapse by themselves; both sides are told."""
    due = db.scalars(
        select(Offer)
        .join(Story, Story.id == Offer.story_id)
        .where(
            Offer.state == OfferState.OPEN,
            Offer.response_id.is_not(None),
            Offer.deadline < (at - ELSEWHERE).date(),
            Story.visibility != Visibility.TOMBSTONE,
        )
        .order_by(Offer.id)
        .limit(most)
    ).all()
    lapsed = []
    for offer in due:
        story = db.get_one(Story, offer.story_id)
        database.hold(db, story)
        database.hold(db, offer)
        if offer.state != OfferState.OPEN:  # the author or another worker was first
            continue
        offer.state, offer.state_at = OfferState.LAPSED, now()
        _ended(db, story, offer, Happening.OFFER_LAPSED, "site")
        _tell_company(db, story, offer)
        lapsed.append(offer)
    return lapsed


def _hold(db: Session, author: Member, offer: Offer) -> Story:
    """The author's story, and the offer in it as it stands now."""
    story = db.get_one(Story, offer.story_id)
    permissions.hold_to_write(db, author, story)
    database.hold(db, offer)
    return story


def _require_open(db: Session, offer: Offer) -> None:
    """Invalid where the offer cannot be taken any more, Missing where it is hidden."""
    answer = db.get(Response, offer.response_id or 0)
    if answer is None or answer.visibility != Visibility.PUBLIC:
        raise Missing
    if offer.state != OfferState.OPEN:
        raise Invalid(Problem("This offer has been decided on, or taken back."))
    if offer.deadline and is_over(offer.deadline, now()):
        raise Invalid(Problem("The last day of this offer is over."))


def _require_reason(state: OfferState, why: str) -> None:
    if state == OfferState.REFUSED and not why:
        raise Invalid(Problem("Say in a few words why you refuse it."), "why")


def _spoken(db: Session, story: Story, offer: Offer, happening: Happening) -> None:
    """The author said something about an offer: the case follows, the company hears."""
    _note(db, story, offer, happening, "author")
    if not offer.made_here:
        telling.spoke(db, story)
    else:
        cases.settle(db, story)
        _tell_company(db, story, offer)
    outbox.news(db, story.id, story.author_id)
    outbox.index(db, story.id)
    history.touch(db, story, now())


def _ended(
    db: Session, story: Story, offer: Offer, happening: Happening, by: str
) -> None:
    """An offer ended without the author, who is told."""
    _note(db, story, offer, happening, by)
    cases.settle(db, story)
    history.touch(db, story, now())
    if story.author_id is not None:
        to = f"member:{story.author_id}"
        outbox.letter(db, "offer_ended", to, story_id=story.id, offer_id=offer.id)


def _note(
    db: Session, story: Story, offer: Offer, happening: Happening, by: str
) -> None:
    whose = offer.company_id
    history.note(
        db, story, happening, by, at=now(), company_id=whose, offer_id=offer.id
    )


def _tell_company(db: Session, story: Story, offer: Offer) -> None:
    company_id = offer.company_id or 0
    telling.write(db, "offer_decided", story, company_id, offer_id=offer.id)
