"""Proofs that a machine looks at: an entry in a company's domain, a file on its site.

The worker looks, and tells here what it found; nobody's page waits for it.
"""

import secrets
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from stories import history, outbox, permissions
from stories.models import Errand, Member, Representative, Verification, now
from stories.models.codes import ClaimState, Method
from stories.models.speaking import Doubt, Finding, Verifier
from stories.problems import Invalid, Problem
from stories.representing.voices import LOOKED_AT, tell, verify

EVERY = timedelta(days=1)
"""What was there is looked at again after so long."""
SOON = timedelta(hours=1)
"""What was not there is looked at again after so long."""
PATIENCE = timedelta(days=1)
"""So long what is not there may be a slip; then the role is under check."""
LONG_PATIENCE = timedelta(days=7)
"""So long a server may be in trouble."""
GONE = (Finding.MISSING, Finding.DIFFERENT, Finding.REDIRECTED)
"""What the domain itself says; the rest is trouble on the way."""
LOST = {Method.DNS: Doubt.RECORD_LOST, Method.FILE: Doubt.FILE_LOST}
PATH = "/.well-known/earshot-verification"


def new_proof() -> str:
    """What an entry or a file has to say, different for every claim."""
    return f"earshot-verification={secrets.token_hex(16)}"


def entry_name(domain: str) -> str:
    """The name below the domain at which the entry stands."""
    return f"_earshot.{domain}"


def where(role: Representative) -> str:
    """The place that is looked at: the name of an entry, or the address of a file."""
    domain = role.domain or ""
    file = f"https://{domain}{PATH}"
    return entry_name(domain) if role.method == Method.DNS else file


def ask(db: Session, member: Member, role: Representative) -> None:
    """Let the worker look whether the proof is there."""
    permissions.require(role.member_id == member.id)
    permissions.require_standing(member)
    if role.method not in LOOKED_AT or role.state not in WAITS:
        raise Invalid(Problem("There is nothing to look at here."))
    role.look_asked_at = now()
    db.flush()
    send(db, role)


WAITS = (ClaimState.ASKED, ClaimState.GRANTED)


def send(db: Session, role: Representative) -> None:
    """Leave it to the worker, once."""
    key = f"look:{role.id}"
    if db.scalar(select(Errand.id).where(Errand.key == key).limit(1)) is None:
        outbox.leave(db, "look", key=key, representative_id=role.id)


def due(db: Session, most: int = 100) -> list[Representative]:
    """The roles whose proof is to be looked at again."""
    at = now()
    stale = or_(
        Representative.looked_at < at - EVERY,
        Verification.missed_at.is_not(None) & (Representative.looked_at < at - SOON),
    )
    wanted = (
        select(Representative)
        .join(Verification, Verification.representative_id == Representative.id)
        .where(
            Representative.state == ClaimState.GRANTED,
            Verification.method.in_(LOOKED_AT),
            Representative.method.in_(LOOKED_AT),
            Verification.expires_at > at,
            stale,
        )
        .order_by(Representative.id)
        .limit(most)
    )
    return list(db.scalars(wanted).unique())


def found(db: Session, role: Representative, finding: Finding) -> None:
    """The worker has looked. Twice does no harm."""
    asked, role.look_asked_at = role.look_asked_at, None
    role.looked_at, role.finding = now(), finding
    db.flush()
    if role.state == ClaimState.ASKED and finding == Finding.FOUND:
        role.state = ClaimState.PROVEN
    elif role.state == ClaimState.GRANTED and finding == Finding.FOUND:
        _there(db, role, wanted=asked is not None)
    elif role.state == ClaimState.GRANTED:
        _missed(db, role, finding)


def _there(db: Session, role: Representative, *, wanted: bool) -> None:
    newest = _newest(db, role)
    newest.seen_at, newest.missed_at = now(), None
    if role.doubt in LOST.values():
        role.doubt = role.doubted_at = None
        db.flush()
        history.touch_company(db, role.company_id)
    if wanted and permissions.may_renew(role):
        verify(db, role, Verifier.SITE)


def _missed(db: Session, role: Representative, finding: Finding) -> None:
    newest = _newest(db, role)
    newest.missed_at = newest.missed_at or now()
    patience = PATIENCE if finding in GONE else LONG_PATIENCE
    if role.doubt is None and newest.missed_at <= now() - patience:
        doubt(db, role, LOST[role.method])


def doubt(db: Session, role: Representative, why: Doubt) -> None:
    """Put the role under check; the person is told, and readers see it."""
    if role.doubt is not None:
        return
    role.doubt, role.doubted_at = why, now()
    db.flush()
    history.touch_company(db, role.company_id)
    tell(db, "role_doubted", role)


def _newest(db: Session, role: Representative) -> Verification:
    db.refresh(role, ["verifications"])
    return role.verifications[-1]
