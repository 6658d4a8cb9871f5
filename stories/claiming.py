"""Imported stories find their authors: a member claims one, staff decide."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import cases, database, history, outbox, permissions, telling
from stories.entries import note
from stories.models import Member, Story, StoryClaim, now
from stories.models.codes import ClaimState, Happening, OriginKind, StaffDeed
from stories.problems import Invalid, Problem

MOST_OPEN = 20


def claim(db: Session, member: Member, story: Story, words: str = "") -> StoryClaim:
    """Say that an imported story is one's own.

    The claim's token is to be placed on the page of the source, or the words convince.
    """
    words = note(words, "words")
    permissions.require_standing(member)
    permissions.require_seen(member, story)
    _require_unclaimed(story)
    there = asked(db, member, story)
    if there is not None:
        there.words = words or there.words
        return there
    if len(_asked(db, member)) >= MOST_OPEN:
        raise Invalid(Problem("First wait for what comes of your other claims."))
    token = f"earshot-{secrets.token_hex(10)}"
    made = StoryClaim(story_id=story.id, member_id=member.id, token=token, words=words)
    db.add(made)
    db.flush()
    return made


def asked(db: Session, member: Member, story: Story) -> StoryClaim | None:
    """The member's claim to the story that waits for staff, if there is one."""
    mine = (StoryClaim.member_id == member.id) & (StoryClaim.story_id == story.id)
    waits = StoryClaim.state == ClaimState.ASKED
    return db.scalar(select(StoryClaim).where(mine, waits))


def can_be_claimed(story: Story) -> bool:
    """Whether an imported story still looks for its author."""
    return story.origin == OriginKind.IMPORTED and story.claimed_at is None


def grant(db: Session, staff: Member, claim: StoryClaim, reason: str = "") -> None:
    """The member is the author: their story from now on, and companies are told."""
    story = _hold(db, staff, claim)
    _require_unclaimed(story)
    _decide(db, staff, claim, ClaimState.GRANTED, reason)
    at = now()
    story.author_id, story.claimed_at = claim.member_id, at
    history.note(db, story, Happening.CLAIMED, "author", at=at)
    telling.begin(db, story, at)
    telling.mentioned(db, story, telling.in_passing(db, story))
    cases.settle(db, story)
    for other in _open(db, story):
        _decide(db, staff, other, ClaimState.REFUSED, "")
    outbox.index(db, story.id)
    history.touch(db, story, at)


def refuse(db: Session, staff: Member, claim: StoryClaim, reason: str) -> None:
    """Staff are not convinced; the member may claim again with better proof."""
    _hold(db, staff, claim)
    reason = note(reason, "reason")
    if not reason:
        raise Invalid(Problem("Give a reason."), "reason")
    _decide(db, staff, claim, ClaimState.REFUSED, reason)


def _hold(db: Session, staff: Member, claim: StoryClaim) -> Story:
    """The claimed story, held for the decision on a claim that waits for one."""
    permissions.require(permissions.is_staff(staff))
    own = Problem("Somebody else of the staff has to decide on your own claim.")
    permissions.require(staff.id != claim.member_id, own)
    db.flush()
    database.hold(db, claim)
    if claim.state != ClaimState.ASKED:
        raise Invalid(Problem("This claim has been decided already."))
    story = db.get_one(Story, claim.story_id)
    database.hold(db, story)
    return story


def _decide(
    db: Session, staff: Member, claim: StoryClaim, state: ClaimState, reason: str
) -> None:
    granted = state == ClaimState.GRANTED
    claim.state, claim.decided_at, claim.reason = state, now(), reason
    deed = StaffDeed.CLAIM_GRANTED if granted else StaffDeed.CLAIM_REFUSED
    history.decide(db, staff, deed, claim, words=reason, story_id=claim.story_id)
    outbox.letter(
        db,
        "story_claim_granted" if granted else "story_claim_refused",
        f"member:{claim.member_id}",
        story_id=claim.story_id,
        claim_id=claim.id,
    )


def _require_unclaimed(story: Story) -> None:
    if not can_be_claimed(story):
        raise Invalid(Problem("This story has its author already."))


def _asked(db: Session, member: Member) -> list[StoryClaim]:
    mine = StoryClaim.member_id == member.id, StoryClaim.state == ClaimState.ASKED
    return list(db.scalars(select(StoryClaim).where(*mine)))


def _open(db: Session, story: Story) -> list[StoryClaim]:
    of_it = StoryClaim.story_id == story.id, StoryClaim.state == ClaimState.ASKED
    return list(db.scalars(select(StoryClaim).where(*of_it)))
