"""Who may speak for a company: asked for, proven, granted, given back, taken away."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import database, history, outbox, permissions
from stories.models import Company, Member, Representative, Verification, now
from stories.models.codes import ClaimState, Method, StaffDeed
from stories.models.speaking import Kinship, Verifier
from stories.problems import Invalid, Problem
from stories.representing import domains, looking
from stories.representing.entries import ClaimEntry, GrantEntry, VerdictEntry
from stories.representing.voices import (
    BY_STAFF,
    LOOKED_AT,
    end,
    require_other,
    tell,
    verify,
)

__all__ = ["ClaimEntry", "GrantEntry", "VerdictEntry"]

OPEN = (ClaimState.ASKED, ClaimState.PROVEN, ClaimState.GRANTED)


def claim(
    db: Session,
    member: Member,
    company: Company,
    entry: ClaimEntry,
    *,
    contact: str = "",
    email_domain: str = "",
) -> Representative:
    """Ask to speak for a company. A letter goes to the address at work, or a machine
    looks for an entry or a file, or staff look at what they are shown.

    `contact` is the opaque id of that address, `email_domain` its domain. Raises
    Invalid where that proves nothing or the member has asked already.
    """
    permissions.require_standing(member)
    domain = _domain(db, member, company, entry, email_domain)
    database.hold(db, member)  # who asks twice at once asks once
    _require_none_open(db, member, company)
    by_hand = entry.method in (*BY_STAFF, Method.PARENT)
    asked = Representative(
        member_id=member.id,
        company_id=company.id,
        name=entry.name,
        job_title=entry.job_title,
        words=entry.words,
        method=entry.method,
        contact=contact or None,
        domain=domain or None,
        proof=looking.new_proof() if entry.method in LOOKED_AT else "",
        state=ClaimState.PROVEN if by_hand else ClaimState.ASKED,
    )
    db.add(asked)
    db.flush()
    if entry.method == Method.EMAIL:
        _write_to_work(db, asked)
    return asked


def _domain(
    db: Session, member: Member, company: Company, entry: ClaimEntry, email_domain: str
) -> str:
    """The domain that proves it; "" where something else does."""
    if entry.method == Method.EMAIL:
        return domains.own(db, company, email_domain, "email")
    if entry.method in LOOKED_AT:
        if not (company.domain or entry.domain):
            raise Invalid(Problem("Type the company’s domain."), "domain")
        return domains.own(db, company, company.domain or entry.domain, "domain")
    if entry.method == Method.PARENT and not speaks_for_parent(db, member, company):
        raise Invalid(
            Problem("You do not speak for a company that this one is part of."),
            "method",
        )
    return ""


def speaks_for_parent(db: Session, member: Member, company: Company) -> bool:
    """Whether the member speaks for the company that this one belongs to. A dealer
    belongs to nobody: it only sells for the other."""
    if company.parent_id is None or company.kinship == Kinship.RESELLER:
        return False
    return permissions.representative(db, member, company.parent_id) is not None


def remind(db: Session, member: Member, asked: Representative) -> None:
    """Write to the address at work once more: the first letter has not arrived."""
    permissions.require(asked.member_id == member.id)
    if asked.state != ClaimState.ASKED or asked.method != Method.EMAIL:
        raise Invalid(Problem("This address has been confirmed already."))
    _write_to_work(db, asked)


def renew(db: Session, member: Member, role: Representative) -> None:
    """Prove the role for another year, in the way in which it was proven (rule 8): by
    a letter to the address at work, a look of the machine, or of staff.

    Raises Invalid where the role is good for long, or the address proves no more.
    """
    permissions.require(role.member_id == member.id)
    permissions.require_standing(member)
    _require_renewable(db, role)
    if role.method in BY_STAFF:
        role.look_asked_at = now()
        return
    domains.own(db, db.get_one(Company, role.company_id), role.domain or "", "email")
    if role.method in LOOKED_AT:
        looking.ask(db, member, role)
    else:
        _write_to_work(db, role)


def stamp(role: Representative) -> str:
    """What a letter's link is bound to: once the role is proven, or falls into doubt,
    links of before act no more. Its verifications are loaded."""
    doubted = role.doubted_at.timestamp() if role.doubted_at else 0
    return f"{len(role.verifications)}-{doubted}"


def prove(db: Session, asked: Representative) -> None:
    """The letter at work was answered: the address is theirs. Staff decide next, but
    for a role that they have granted before. Twice does no harm."""
    if asked.state == ClaimState.ASKED:
        asked.state = ClaimState.PROVEN
        db.flush()
    elif asked.method == Method.EMAIL and _is_renewable(db, asked):
        verify(db, asked, Verifier.SITE)


def grant(
    db: Session,
    staff: Member,
    asked: Representative,
    entry: GrantEntry | None = None,
) -> Verification:
    """Let a person speak for a company; the first one makes the company told. A role
    that staff looked at before is good for another year.

    Raises Forbidden for strangers and for staff's own claims, Invalid for a claim
    that nothing proves: neither what they asked for, nor what staff saw.
    """
    require_other(staff, asked)
    _hold(db, asked)
    entry = entry or GrantEntry()
    by = entry.method or asked.method
    _require_proven(db, asked, entry)
    again = asked.state == ClaimState.GRANTED
    asked.state, asked.decided_at = ClaimState.GRANTED, now()
    history.decide(db, staff, StaffDeed.GRANT, asked)
    seen = entry.words if by in BY_STAFF else ""
    verification = verify(db, asked, Verifier.STAFF, method=by, detail=seen)
    if by == Method.PARENT:
        _end_with_parents(db, asked, verification)
    if not again:
        tell(db, "claim_granted", asked)
    return verification


def _end_with_parents(db: Session, asked: Representative, proof: Verification) -> None:
    """What rests on a role for the parent lasts no longer than that was proven for."""
    parent_id = db.get_one(Company, asked.company_id).parent_id
    member = db.get_one(Member, asked.member_id)
    role = permissions.representative(db, member, parent_id) if parent_id else None
    if role is None:
        raise Invalid(Problem("They do not speak for the parent company any more."))
    db.refresh(role, ["verifications"])
    proof.expires_at = role.verifications[-1].expires_at


def _require_proven(db: Session, asked: Representative, entry: GrantEntry) -> None:
    by = entry.method or asked.method
    if asked.state == ClaimState.GRANTED:
        if by not in BY_STAFF:
            raise Invalid(Problem("Nothing has to be proven again here now."))
        _require_renewable(db, asked)
    elif asked.state not in (ClaimState.ASKED, ClaimState.PROVEN):
        raise Invalid(Problem("This claim was decided already."))
    elif by not in (asked.method, *BY_STAFF):
        raise Invalid(Problem("This was not proven."), "method")
    elif asked.state == ClaimState.ASKED and by not in BY_STAFF:
        raise Invalid(_UNPROVEN[asked.method])
    if by in BY_STAFF and not entry.words:
        raise Invalid(Problem("Write down what you saw."), "words")


_UNPROVEN = {
    Method.EMAIL: Problem("The address at work has not been confirmed."),
    Method.DNS: Problem("The entry in the domain has not been found."),
    Method.FILE: Problem("The file on the website has not been found."),
}


def refuse(
    db: Session, staff: Member, asked: Representative, verdict: VerdictEntry
) -> None:
    """Refuse a claim, with the reason that the person is told."""
    require_other(staff, asked)
    _hold(db, asked)
    if asked.state not in (ClaimState.ASKED, ClaimState.PROVEN):
        raise Invalid(Problem("This claim was decided already."))
    asked.state, asked.decided_at = ClaimState.REFUSED, now()
    asked.reason = verdict.words
    history.decide(db, staff, StaffDeed.REFUSE, asked, words=verdict.words)
    tell(db, "claim_refused", asked)


def give_back(db: Session, member: Member, role: Representative) -> None:
    """Speak for the company no longer; what was said stays as it was said."""
    permissions.require(role.member_id == member.id)
    _hold(db, role)
    if role.state not in OPEN:
        raise Invalid(Problem("This role has ended already."))
    end(db, role, ClaimState.GIVEN_BACK)


def take_away(
    db: Session, staff: Member, role: Representative, verdict: VerdictEntry
) -> None:
    """End a person's role, with the reason that they are told."""
    require_other(staff, role)
    _hold(db, role)
    if role.state != ClaimState.GRANTED:
        raise Invalid(Problem("This role has ended already."))
    role.reason = verdict.words
    end(db, role, ClaimState.TAKEN_AWAY)
    history.decide(db, staff, StaffDeed.TAKE_AWAY, role, words=verdict.words)
    tell(db, "role_ended", role)


def waiting(db: Session, most: int = 100) -> list[Representative]:
    """Claims that wait for staff, oldest first."""
    return list(
        db.scalars(
            select(Representative)
            .where(Representative.state.in_((ClaimState.ASKED, ClaimState.PROVEN)))
            .order_by(Representative.asked_at)
            .limit(most)
        )
    )


def _hold(db: Session, role: Representative) -> None:
    """As it stands now: nobody decides twice."""
    db.flush()
    database.hold(db, role)


def _is_renewable(db: Session, role: Representative) -> bool:
    db.refresh(role, ["verifications"])
    return permissions.may_renew(role)


def _require_renewable(db: Session, role: Representative) -> None:
    if not _is_renewable(db, role):
        raise Invalid(Problem("Nothing has to be proven again here now."))


def _write_to_work(db: Session, asked: Representative) -> None:
    to = f"contact:{asked.contact}"
    outbox.letter(db, "claim_prove", to, representative_id=asked.id)


def _require_none_open(db: Session, member: Member, company: Company) -> None:
    """One claim at a time; a right that has run out makes room for a new one."""
    open_ones = select(Representative).where(
        Representative.member_id == member.id,
        Representative.company_id == company.id,
        Representative.state.in_(OPEN),
    )
    for each in db.scalars(open_ones).all():
        granted = each.state == ClaimState.GRANTED
        if not granted or permissions.place_in_team(db, member, company.id):
            raise Invalid(Problem("You have asked for this company already."))
        end(db, each, ClaimState.LAPSED)
