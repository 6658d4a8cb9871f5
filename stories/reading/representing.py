"""What pages show of somebody's right to speak for a company."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from stories.models import Company, Member, Representative
from stories.problems import Missing


def latest(db: Session, member: Member, company: Company) -> Representative | None:
    """The member's newest claim to speak for the company, with how it was verified."""
    return db.scalar(
        select(Representative)
        .where(
            Representative.member_id == member.id,
            Representative.company_id == company.id,
        )
        .options(selectinload(Representative.verifications))
        .order_by(Representative.asked_at.desc(), Representative.id.desc())
        .limit(1)
    )


def asked(db: Session, number: int) -> Representative:
    """A claim with its company, for who was written to at work."""
    loaded = joinedload(Representative.company)
    found = db.get(Representative, number, options=[loaded])
    if found is None:
        raise Missing
    return found
