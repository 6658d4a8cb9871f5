"""A member's public page: who they are, what they told, for whom they speak."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories.models import Member, Representative, Verification, now
from stories.models.codes import ClaimState, Standing
from stories.problems import Missing
from stories.reading import listing
from stories.reading.listing import Page
from stories.text import fold

UNSEEN = (Standing.UNCONFIRMED, Standing.LEFT)


@dataclass(frozen=True)
class MemberPage:
    """A member, their stories (newest first), and their verified roles."""

    member: Member
    stories: Page
    roles: list[Representative]


def find(db: Session, handle: str) -> Member:
    """The member with this handle; raises Missing where nobody is to be seen."""
    found = db.scalar(select(Member).where(Member.handle_folded == fold(handle)))
    if found is None or found.standing in UNSEEN:
        raise Missing
    return found


def page(
    db: Session,
    member: Member,
    older: int | None = None,
    reads: Sequence[str] = (),
) -> MemberPage:
    """What a member has told in public, from `older` on, in the languages that
    somebody reads."""
    stories = listing.page(db, listing.by_author(member, older), reads=reads)
    return MemberPage(member, stories, _roles(db, member))


def _roles(db: Session, member: Member) -> list[Representative]:
    valid = Verification.expires_at.is_(None) | (Verification.expires_at > now())
    return list(
        db.scalars(
            select(Representative)
            .where(
                Representative.member_id == member.id,
                Representative.state == ClaimState.GRANTED,
                Representative.verifications.any(valid),
            )
            .options(joinedload(Representative.company))
            .order_by(Representative.decided_at)
        )
    )
