"""What becomes of a right to speak for a company: it is verified, or it ends."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from stories import cases, counting, history, outbox, permissions
from stories.models import (
    Company,
    Invitation,
    Member,
    Representative,
    Verification,
    Webhook,
    now,
)
from stories.models.codes import ClaimState, Method
from stories.models.speaking import InvitationState, Verifier
from stories.problems import Forbidden, Problem

VALID = timedelta(days=365)
GONE = (ClaimState.GIVEN_BACK, ClaimState.TAKEN_AWAY)
"""Whose role ended so is in the team no longer, by whatever other role."""
LOOKED_AT = (Method.DNS, Method.FILE)
"""What a machine can look at again and again."""
BY_STAFF = (Method.DOCUMENT, Method.VOUCHING)
"""What only staff can look at."""


def verify(
    db: Session,
    role: Representative,
    verifier: Verifier,
    *,
    method: Method | None = None,
    detail: str = "",
) -> Verification:
    """The role is good for a year from now, and in doubt no longer; the first voice
    makes a company told."""
    company = db.get_one(Company, role.company_id)
    first = not permissions.is_told(db, company)
    method = method or role.method
    verification = Verification(
        representative_id=role.id,
        method=method,
        detail=detail or role.domain or "",
        verifier=verifier,
        expires_at=now() + VALID,
        seen_at=now() if method in LOOKED_AT else None,
    )
    role.method, role.look_asked_at = method, None
    role.doubt = role.doubted_at = None
    db.add(verification)
    db.flush()
    if first:
        _tell_all(db, company)
    history.touch_company(db, company.id)
    return verification


def twins(db: Session, role: Representative) -> list[Representative]:
    """The other granted roles of the same person for the same company: there are such
    where two companies became one."""
    theirs = select(Representative).where(
        Representative.member_id == role.member_id,
        Representative.company_id == role.company_id,
        Representative.state == ClaimState.GRANTED,
        Representative.id != role.id,
    )
    return list(db.scalars(theirs.order_by(Representative.id)))


def end(db: Session, role: Representative, state: ClaimState) -> None:
    """The role is no more; what was said in it stays. With it go the invitations that
    wait, and the roles in brands that rested on it."""
    was = role.state
    role.state, role.ended_at, role.look_asked_at = state, now(), None
    db.flush()
    if was == ClaimState.GRANTED:
        doubt_secrets(db, role)
        if state in GONE:
            for each in twins(db, role):
                end(db, each, state)
    asked = (Invitation.by_id == role.id) & (Invitation.state == InvitationState.OPEN)
    over = {"state": InvitationState.WITHDRAWN, "decided_at": now()}
    db.execute(update(Invitation).where(asked).values(**over))
    history.touch_company(db, role.company_id)
    brands = select(Company.id).where(Company.parent_id == role.company_id)
    resting = select(Representative).where(
        Representative.member_id == role.member_id,
        Representative.company_id.in_(brands),
        Representative.method == Method.PARENT,
        Representative.state == ClaimState.GRANTED,
    )
    for each in db.scalars(resting).all():
        end(db, each, ClaimState.LAPSED)


def doubt_secrets(db: Session, role: Representative) -> None:
    """Who sits at the desk no longer may know what signs that which is sent to the
    company's programs: its owners hear of it, or all who speak for it."""
    theirs = Webhook.company_id == role.company_id
    kept = select(Webhook).where(theirs, Webhook.known_since.is_(None))
    known = db.scalars(kept.order_by(Webhook.id).with_for_update()).all()
    for hook in known:
        hook.known_since = now()
    if not known:
        return
    owns, speaks = (
        permissions.owning(role.company_id),
        permissions.answering_for(role.company_id),
    )
    others = select(Representative).where(Representative.member_id != role.member_id)
    told = db.scalars(others.where(owns)).all() or db.scalars(others.where(speaks))
    for each in {one.member_id: one for one in told}.values():
        tell(db, "secret_known", each)


def require_other(staff: Member, role: Representative) -> None:
    """Raises Forbidden for strangers, and for staff where it is about themselves."""
    permissions.require(permissions.is_staff(staff))
    if role.member_id == staff.id:
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))


def tell(db: Session, letter: str, role: Representative) -> None:
    """Write to the member whose role it is."""
    outbox.letter(db, letter, f"member:{role.member_id}", representative_id=role.id)


def _tell_all(db: Session, company: Company) -> None:
    """When a company gets its first voice it is told together of the last year."""
    told = [mention.story_id for mention in cases.tell_recent(db, company)]
    for story_id in told:
        outbox.index(db, story_id)
    counting.follow(db, *told)
