"""Two who say that they speak for a company, and one who says that the other may not.

Staff decide, with both proofs side by side; until then both stay as they are, for else
a stranger could silence whom the company has chosen.
"""

from typing import Annotated

from pydantic import Field
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from stories import database, permissions, representing
from stories.entries import Entry, Id, Note
from stories.models import Contest, Member, Representative, now
from stories.models.codes import ClaimState
from stories.problems import Forbidden, Invalid, Problem
from stories.representing.entries import VerdictEntry
from stories.representing.voices import BY_STAFF, require_other, tell


class ContestEntry(Entry):
    """Whose right is contested, and why."""

    against_id: Id
    words: Annotated[Note, Field(min_length=1)]


def standing(db: Session, member: Member, company_id: int) -> Representative | None:
    """The proven claim or role by which the member can contest others', if any. What
    only staff can look at is proven when they have looked."""
    mine = select(Representative).where(
        Representative.member_id == member.id,
        Representative.company_id == company_id,
        or_(
            (Representative.state == ClaimState.PROVEN)
            & Representative.method.not_in(BY_STAFF),
            permissions.answering_for(company_id),
        ),
    )
    return db.scalar(mine.order_by(Representative.id.desc()).limit(1))


def others(db: Session, mine: Representative) -> list[Representative]:
    """Who else speaks for the company, or has proven that they might."""
    theirs = select(Representative).where(
        Representative.company_id == mine.company_id,
        Representative.id != mine.id,
        Representative.member_id != mine.member_id,
        or_(
            Representative.state == ClaimState.PROVEN,
            permissions.on_team(mine.company_id),
        ),
    )
    return list(db.scalars(theirs.order_by(Representative.id)))


def contest(
    db: Session, member: Member, company_id: int, entry: ContestEntry
) -> Contest:
    """Say that somebody may not speak for the company; staff decide.

    Raises Forbidden for strangers, Invalid for who is no other, or was named before.
    """
    permissions.require_standing(member)
    mine = standing(db, member, company_id)
    if mine is None:
        raise Forbidden(Problem("You do not speak for this company."))
    if entry.against_id not in {each.id for each in others(db, mine)}:
        raise Invalid(Problem("Choose one of them."), "against_id")
    before = select(Contest.id).where(
        Contest.by_id == mine.id,
        Contest.against_id == entry.against_id,
        Contest.decided_at.is_(None),
    )
    if db.scalar(before.limit(1)) is not None:
        raise Invalid(Problem("You have told us already; staff will look at it."))
    told = Contest(
        company_id=company_id,
        by_id=mine.id,
        against_id=entry.against_id,
        words=entry.words,
    )
    db.add(told)
    db.flush()
    _tell_owners(db, mine)
    return told


def _tell_owners(db: Session, mine: Representative) -> None:
    """Owners of the team learn that somebody contests who speaks, and not who it is."""
    others_own = permissions.owning(mine.company_id)
    for owner in db.scalars(select(Representative).where(others_own)).all():
        if owner.member_id != mine.member_id:
            tell(db, "contested", owner)


def uphold(db: Session, staff: Member, told: Contest, entry: VerdictEntry) -> None:
    """It is as they say: the other's role ends, or their claim is refused."""
    against = _decide(db, staff, told, upheld=True)
    if against.state == ClaimState.GRANTED:
        representing.take_away(db, staff, against, entry)
    elif against.state in (ClaimState.ASKED, ClaimState.PROVEN):
        representing.refuse(db, staff, against, entry)


def dismiss(db: Session, staff: Member, told: Contest) -> None:
    """The other may speak all the same: nothing changes for them."""
    _decide(db, staff, told, upheld=False)


def _decide(
    db: Session, staff: Member, told: Contest, *, upheld: bool
) -> Representative:
    by = db.get_one(Representative, told.by_id)
    against = db.get_one(Representative, told.against_id)
    for each in (by, against):
        require_other(staff, each)
    database.hold(db, told)
    if told.decided_at is not None:
        raise Invalid(Problem("This was decided already."))
    told.decided_at, told.upheld = now(), upheld
    db.flush()
    tell(db, "contest_decided", by)
    return against
