"""How long a role lasts: reminders before its end, bounced letters, and its end."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from stories import outbox, webmail
from stories.models import Representative, Verification, now
from stories.models.codes import ClaimState, Method
from stories.models.speaking import Doubt
from stories.representing.looking import doubt
from stories.representing.voices import end, tell

REMINDERS = (30, 7)
"""Days before the end at which the person is reminded."""
DOUBTFUL = timedelta(days=30)
"""So long a role may be under check before it lapses."""
MOST = 200


def remind(db: Session) -> int:
    """Remind whose verification ends soon, once for each of the reminders; how many."""
    ends = _ending_soon()
    soon = db.execute(ends.limit(MOST).with_for_update(of=Verification)).all()
    for role, proof in soon:
        proof.reminded = min(days for days in REMINDERS if _left(proof) < days)
        tell(db, "role_reminder", role)
        if proof.method == Method.EMAIL and role.contact:
            to = f"contact:{role.contact}"
            outbox.letter(db, "role_reminder", to, representative_id=role.id)
    db.flush()
    return len(soon)


def _left(proof: Verification) -> int:
    """Whole days until it ends."""
    return (proof.expires_at - now()).days if proof.expires_at else max(REMINDERS)


def _ending_soon() -> Select[Representative, Verification]:
    """Roles and their newest proof, where a reminder is due that has not gone out."""
    at = now()
    due = [
        (Verification.expires_at < at + timedelta(days=days))
        & or_(Verification.reminded.is_(None), Verification.reminded > days)
        for days in REMINDERS
    ]
    return (
        select(Representative, Verification)
        .join(Verification, Verification.representative_id == Representative.id)
        .where(
            Representative.state == ClaimState.GRANTED,
            Verification.expires_at > at,
            or_(*due),
            ~_has_newer(),
        )
        .order_by(Verification.expires_at)
    )


def _has_newer() -> ColumnElement[bool]:
    newer = aliased(Verification)
    return exists(
        select(newer.id).where(
            newer.representative_id == Verification.representative_id,
            newer.expires_at > Verification.expires_at,
        )
    )


def lapse(db: Session) -> int:
    """End the roles that were under check for too long, and tell those whose
    verification has run out, once; how many."""
    doubtful = select(Representative).where(
        Representative.state == ClaimState.GRANTED,
        Representative.doubted_at < now() - DOUBTFUL,
    )
    doubted = list(db.scalars(doubtful.limit(MOST).with_for_update()))
    for role in doubted:
        tell(db, "role_lapsed", role)
        end(db, role, ClaimState.LAPSED)
    over = db.execute(_over().limit(MOST).with_for_update(of=Verification)).all()
    for role, proof in over:
        proof.reminded = 0
        tell(db, "role_lapsed", role)
    db.flush()
    return len(doubted) + len(over)


def _over() -> Select[Representative, Verification]:
    """What has run out in the last days, and nobody was told. It can be renewed, so
    that the role itself does not end."""
    at = now()
    return (
        select(Representative, Verification)
        .join(Verification, Verification.representative_id == Representative.id)
        .where(
            Representative.state == ClaimState.GRANTED,
            Verification.expires_at <= at,
            Verification.expires_at > at - DOUBTFUL,
            or_(Verification.reminded.is_(None), Verification.reminded > 0),
            ~_has_newer(),
        )
    )


def bounced(db: Session, contact: str) -> int:
    """A letter to this address at work came back: who rests on it is under check."""
    resting = select(Representative).where(
        Representative.contact == contact,
        Representative.method == Method.EMAIL,
        Representative.state == ClaimState.GRANTED,
    )
    found = list(db.scalars(resting))
    for role in found:
        doubt(db, role, Doubt.MAIL_BOUNCED)
    return len(found)


def bounced_at(db: Session, member_id: int, domain: str) -> int:
    """The same for a member's own address, where it is on the domain that proves it."""
    theirs = select(Representative).where(
        Representative.member_id == member_id,
        Representative.method == Method.EMAIL,
        Representative.state == ClaimState.GRANTED,
    )
    found = [
        role
        for role in db.scalars(theirs)
        if role.domain and webmail.belongs(domain, role.domain)
    ]
    for role in found:
        doubt(db, role, Doubt.MAIL_BOUNCED)
    return len(found)
