"""Who may speak for a company: asked for, proven, granted, given back, taken away."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import cases, counting, history, outbox, permissions, webmail
from stories.entries import Entry, Line, Note
from stories.models import Company, Member, Representative, Verification, now
from stories.models.codes import ClaimState, Method, StaffDeed
from stories.problems import Forbidden, Invalid, Problem

VALID = timedelta(days=365)
OPEN = (ClaimState.ASKED, ClaimState.PROVEN, ClaimState.GRANTED)


class ClaimEntry(Entry):
    """Who wants to speak for a company, under which name and title, and why."""

    name: Annotated[Line, Field(min_length=2, max_length=100)]
    job_title: Annotated[Line, Field(min_length=2, max_length=100)]
    words: Note = ""


class VerdictEntry(Entry):
    """Why staff refuse a claim or take a role away; the person is told."""

    words: Annotated[Note, Field(min_length=1)]


def domain_of(company: Company, email_domain: str) -> str:
    """The domain, where an address on it can prove a place in the company.

    Raises Invalid for public webmail, and for another domain than the company's
    where the company's is known.
    """
    domain = email_domain.lower().rstrip(".")
    if webmail.is_public(domain):
        raise Invalid(
            Problem(
                "Anybody can have an address at %(domain)s. Use your address at work.",
                domain=domain,
            ),
            "email",
        )
    if company.domain and not webmail.belongs(domain, company.domain):
        raise Invalid(
            Problem(
                "This address is not on %(domain)s, the company’s own domain.",
                domain=company.domain,
            ),
            "email",
        )
    return domain


def claim(
    db: Session,
    member: Member,
    company: Company,
    entry: ClaimEntry,
    *,
    contact: str,
    email_domain: str,
) -> Representative:
    """Ask to speak for a company. A letter goes to the address at work.

    `contact` is the opaque id of that address, `email_domain` its domain. Raises
    Invalid where the address proves nothing or the member has asked already.
    """
    permissions.require_standing(member)
    domain = domain_of(company, email_domain)
    _require_none_open(db, member, company)
    asked = Representative(
        member_id=member.id,
        company_id=company.id,
        name=entry.name,
        job_title=entry.job_title,
        words=entry.words,
        contact=contact,
        domain=domain,
    )
    db.add(asked)
    db.flush()
    _write_to_work(db, asked)
    return asked


def remind(db: Session, member: Member, asked: Representative) -> None:
    """Write to the address at work once more: the first letter has not arrived."""
    permissions.require(asked.member_id == member.id)
    if asked.state != ClaimState.ASKED:
        raise Invalid(Problem("This address has been confirmed already."))
    _write_to_work(db, asked)


def renew(db: Session, member: Member, role: Representative) -> None:
    """Ask the address at work once more whether it is still theirs (rule 8).

    Raises Invalid where the role is good for long, or the address proves no more.
    """
    permissions.require(role.member_id == member.id)
    permissions.require_standing(member)
    _require_renewable(db, role)
    domain_of(db.get_one(Company, role.company_id), role.domain or "")
    _write_to_work(db, role)


def prove(db: Session, asked: Representative) -> None:
    """The letter at work was answered: the address is theirs. Staff decide next, but
    for a role that they have granted before. Twice does no harm."""
    if asked.state == ClaimState.ASKED:
        asked.state = ClaimState.PROVEN
        db.flush()
    elif _is_renewable(db, asked):
        _verify(db, asked)


def grant(db: Session, staff: Member, asked: Representative) -> Verification:
    """Let a person speak for a company; the first one makes the company told.

    Raises Forbidden for strangers and for staff's own claims, Invalid for a claim
    whose address was not proven.
    """
    _require_other(staff, asked)
    if asked.state != ClaimState.PROVEN:
        raise Invalid(Problem("The address at work has not been confirmed."))
    asked.state, asked.decided_at = ClaimState.GRANTED, now()
    history.decide(db, staff, StaffDeed.GRANT, asked)
    verification = _verify(db, asked)
    outbox.letter(
        db, "claim_granted", f"member:{asked.member_id}", representative_id=asked.id
    )
    return verification


def refuse(
    db: Session, staff: Member, asked: Representative, verdict: VerdictEntry
) -> None:
    """Refuse a claim, with the reason that the person is told."""
    _require_other(staff, asked)
    if asked.state not in (ClaimState.ASKED, ClaimState.PROVEN):
        raise Invalid(Problem("This claim was decided already."))
    asked.state, asked.decided_at = ClaimState.REFUSED, now()
    asked.reason = verdict.words
    history.decide(db, staff, StaffDeed.REFUSE, asked, words=verdict.words)
    outbox.letter(
        db, "claim_refused", f"member:{asked.member_id}", representative_id=asked.id
    )


def give_back(db: Session, member: Member, role: Representative) -> None:
    """Speak for the company no longer; what was said stays as it was said."""
    permissions.require(role.member_id == member.id)
    if role.state not in OPEN:
        raise Invalid(Problem("This role has ended already."))
    _end(db, role, ClaimState.GIVEN_BACK)


def take_away(
    db: Session, staff: Member, role: Representative, verdict: VerdictEntry
) -> None:
    """End a person's role, with the reason that they are told."""
    _require_other(staff, role)
    if role.state != ClaimState.GRANTED:
        raise Invalid(Problem("This role has ended already."))
    role.reason = verdict.words
    _end(db, role, ClaimState.TAKEN_AWAY)
    history.decide(db, staff, StaffDeed.TAKE_AWAY, role, words=verdict.words)
    outbox.letter(
        db, "role_ended", f"member:{role.member_id}", representative_id=role.id
    )


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


def _end(db: Session, role: Representative, state: ClaimState) -> None:
    role.state, role.ended_at = state, now()
    db.flush()
    history.touch_company(db, role.company_id)


def _verify(db: Session, role: Representative) -> Verification:
    """The address is good for a year from now; the first voice makes a company told."""
    company = db.get_one(Company, role.company_id)
    first = not permissions.is_told(db, company)
    verification = Verification(
        representative_id=role.id,
        method=Method.EMAIL,
        detail=role.domain or "",
        expires_at=now() + VALID,
    )
    db.add(verification)
    db.flush()
    if first:
        _tell_all(db, company)
    history.touch_company(db, company.id)
    return verification


def _is_renewable(db: Session, role: Representative) -> bool:
    db.refresh(role, ["verifications"])
    return permissions.may_renew(role)


def _require_renewable(db: Session, role: Representative) -> None:
    if not _is_renewable(db, role):
        raise Invalid(Problem("Nothing has to be proven again here now."))


def _tell_all(db: Session, company: Company) -> None:
    """When a company gets its first voice it is told together of the last year."""
    told = [mention.story_id for mention in cases.tell_recent(db, company)]
    for story_id in told:
        outbox.index(db, story_id)
    counting.follow(db, *told)


def _require_other(staff: Member, asked: Representative) -> None:
    permissions.require(permissions.is_staff(staff))
    if asked.member_id == staff.id:
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))


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
        if not granted or permissions.representative(db, member, company.id):
            raise Invalid(Problem("You have asked for this company already."))
        _end(db, each, ClaimState.LAPSED)
