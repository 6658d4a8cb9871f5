"""Who is in a company's team: asked by an owner, come by a letter, changed, removed."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from stories import database, history, outbox, permissions, webmail
from stories.entries import Entry, Line
from stories.models import Company, Invitation, Member, Representative, now
from stories.models.codes import ClaimState
from stories.models.speaking import InvitationState, TeamRole, Verifier
from stories.problems import Forbidden, Invalid, Missing, Problem
from stories.representing import domains
from stories.representing.voices import doubt_secrets, end, tell, twins, verify

GOOD = timedelta(days=14)
"""So long an invitation can be accepted."""
MOST_OPEN = 50


class InvitationEntry(Entry):
    """What somebody is to do in the team."""

    team_role: TeamRole = TeamRole.RESPONDER


class SeatEntry(Entry):
    """Under which name and title somebody speaks."""

    name: Annotated[Line, Field(min_length=2, max_length=100)]
    job_title: Annotated[Line, Field(min_length=2, max_length=100)]


def invite(
    db: Session,
    member: Member,
    company: Company,
    entry: InvitationEntry,
    *,
    contact: str,
    email_domain: str,
) -> Invitation:
    """Ask somebody at an address of the company into the team; a letter goes there.

    Raises Forbidden for who owns no team, Invalid at the address where it proves
    nothing or was asked already.
    """
    permissions.require_standing(member)
    owner = _owner(db, member, company.id)
    domain = domains.own(db, company, email_domain, "email")
    if not (company.domain or webmail.belongs(domain, owner.domain or "")):
        elsewhere = Problem(
            "Only addresses on the domain that proves your own role can be asked."
        )
        raise Invalid(elsewhere, "email")
    _require_room(db, company, contact)
    invitation = Invitation(
        company_id=company.id,
        by_id=owner.id,
        contact=contact,
        domain=domain,
        team_role=entry.team_role,
        expires_at=now() + GOOD,
    )
    db.add(invitation)
    db.flush()
    to = f"contact:{contact}"
    outbox.letter(db, "team_invited", to, invitation_id=invitation.id)
    return invitation


def withdraw(db: Session, member: Member, invitation: Invitation) -> None:
    """Take an invitation back, before somebody comes by it."""
    _owner(db, member, invitation.company_id)
    _use_up(db, invitation, InvitationState.WITHDRAWN)


def is_good(db: Session, invitation: Invitation) -> bool:
    """Whether somebody can still come by it: once, in time, while whoever asked may."""
    asks = select(Representative.id).where(
        Representative.id == invitation.by_id,
        permissions.owning(invitation.company_id),
    )
    is_open = invitation.state == InvitationState.OPEN
    return is_open and invitation.expires_at > now() and db.scalar(asks) is not None


def accept(
    db: Session, member: Member, invitation: Invitation, entry: SeatEntry
) -> Representative:
    """Join the team: whoever reads the letter at the company's address is verified.

    Raises Missing for an invitation that was used or taken back, or is too old.
    """
    permissions.require_standing(member)
    database.hold(db, member)  # who comes by two letters at once joins once
    if not is_good(db, invitation):
        raise Missing(USED)
    if permissions.place_in_team(db, member, invitation.company_id):
        raise Invalid(Problem("You are in this team already."))
    _use_up(db, invitation, InvitationState.ACCEPTED)
    _end_others(db, member, invitation.company_id)
    role = Representative(
        member_id=member.id,
        company_id=invitation.company_id,
        name=entry.name,
        job_title=entry.job_title,
        contact=invitation.contact,
        domain=invitation.domain,
        team_role=invitation.team_role,
        state=ClaimState.GRANTED,
        decided_at=now(),
    )
    db.add(role)
    db.flush()
    invitation.role_id = role.id
    verify(db, role, Verifier.OWNER)
    return role


USED = Problem("This invitation was used or taken back, or is too old.")


def change(db: Session, member: Member, role: Representative, to: TeamRole) -> None:
    """Let somebody in the team do something else. Raises Forbidden for who owns no
    team and about other owners, Invalid where a team would lose its last owner."""
    permissions.require_standing(member)
    database.hold(db, db.get_one(Company, role.company_id))
    owner = _owner(db, member, role.company_id)
    _require_in_team(db, role)
    every = [role, *twins(db, role)]
    if role.member_id == owner.member_id:
        _require_another_owner(db, owner)
    elif any(each.team_role == TeamRole.OWNER for each in every):
        raise Forbidden(OWNERS)
    for each in every:
        each.team_role = to
    db.flush()
    if to == TeamRole.OBSERVER:
        doubt_secrets(db, role)
    history.touch_company(db, role.company_id)


def remove(db: Session, member: Member, role: Representative) -> None:
    """Take somebody out of the team; what they said stays as it was said."""
    permissions.require_standing(member)
    owner = _owner(db, member, role.company_id)
    _require_in_team(db, role)
    if role.member_id == owner.member_id:
        raise Invalid(Problem("To leave the team give your own role back."))
    every = [role, *twins(db, role)]
    if any(each.team_role == TeamRole.OWNER for each in every):
        raise Forbidden(OWNERS)
    _take_invitations_back(db, role.company_id, {each.contact for each in every})
    end(db, role, ClaimState.TAKEN_AWAY)
    tell(db, "team_removed", role)


OWNERS = Problem(
    "Owners do not decide about each other. If one should not be there, tell the staff "
    "of this site."
)


def _owner(db: Session, member: Member, company_id: int) -> Representative:
    found = permissions.ownership(db, member, company_id)
    if found is None:
        raise Forbidden(Problem("Only owners of the company’s team can do this."))
    return found


def _require_in_team(db: Session, role: Representative) -> None:
    database.hold(db, role)
    if role.state != ClaimState.GRANTED:
        raise Missing


def _require_another_owner(db: Session, owner: Representative) -> None:
    others = select(Representative.id).where(
        permissions.owning(owner.company_id),
        Representative.member_id != owner.member_id,
    )
    if db.scalar(others.limit(1)) is None:
        raise Invalid(Problem("A team keeps an owner: make somebody else one first."))


def _take_invitations_back(
    db: Session, company_id: int, contacts: set[str | None]
) -> None:
    """Nobody comes back by a letter that waited."""
    theirs = select(Invitation).where(
        Invitation.company_id == company_id,
        Invitation.contact.in_(contacts - {None}),
        Invitation.state == InvitationState.OPEN,
    )
    for each in db.scalars(theirs).all():
        _use_up(db, each, InvitationState.WITHDRAWN)


def _require_room(db: Session, company: Company, contact: str) -> None:
    waiting = select(func.count()).where(
        Invitation.company_id == company.id,
        Invitation.state == InvitationState.OPEN,
        Invitation.expires_at > now(),
    )
    if db.scalar(waiting.where(Invitation.contact == contact)):
        raise Invalid(Problem("This address has been asked already."), "email")
    if (db.scalar(waiting) or 0) >= MOST_OPEN:
        raise Invalid(Problem("Too many invitations wait. Take some back first."))


def _use_up(db: Session, invitation: Invitation, state: InvitationState) -> None:
    """In one statement: two people who come at once do not both get in."""
    used = db.scalar(
        update(Invitation)
        .where(Invitation.id == invitation.id, Invitation.state == InvitationState.OPEN)
        .values(state=state, decided_at=now())
        .returning(Invitation.id)
    )
    if used is None:
        raise Missing(USED)
    db.refresh(invitation)


def _end_others(db: Session, member: Member, company_id: int) -> None:
    """Their own claims for the company, and what has lapsed of them, are over."""
    claims = select(Representative).where(
        Representative.member_id == member.id,
        Representative.company_id == company_id,
        Representative.state.in_(
            (ClaimState.ASKED, ClaimState.PROVEN, ClaimState.GRANTED)
        ),
    )
    for each in db.scalars(claims).all():
        end(db, each, ClaimState.LAPSED)
