"""A member's public page."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories.models import Member, Representative, Verification, now
from stories.models.codes import ClaimState, Standing
from stories.problems import Gone, Missing, Problem
from stories.reading import listing
from stories.reading.listing import Page
from stories.text import fold


@dataclass(frozen=True)
class MemberPage:
    """A member, their stories, and the companies that they speak for."""

    member: Member
    stories: Page
    speaks_for: list[Representative]


def page(db: Session, handle: str, older: int | None = None) -> MemberPage:
    """The member with this handle, however it is spelt."""
    member = db.scalar(select(Member).where(Member.handle_folded == fold(handle)))
    if member is None:
        raise Missing
    if member.standing == Standing.LEFT:
        raise Gone(Problem("This member has left."))
    stories = listing.page(db, listing.by_author(member, older))
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
