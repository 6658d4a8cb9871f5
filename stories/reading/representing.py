"""What pages show of somebody's right to speak for a company."""

from dataclasses import dataclass

from sqlalchemy import case, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from stories import cases, permissions
from stories.models import (
    Company,
    Contest,
    Invitation,
    Member,
    Mention,
    Representative,
    Story,
    now,
)
from stories.models.codes import CaseState, MentionRole
from stories.models.speaking import InvitationState, TeamRole
from stories.problems import Forbidden, Missing, Problem


@dataclass(frozen=True)
class Voice:
    """In whose name somebody answers a story. `clock` and `reference` (the author's
    order number) are there where the story is about the company."""

    story: Story
    mention: Mention
    role: Representative
    clock: cases.Clock | None
    reference: str

    @property
    def closed(self) -> bool:
        """Whether the author has closed the case: only a closing statement is left."""
        return cases.standing(self.mention).state == CaseState.CLOSED


def latest(db: Session, member: Member, company: Company) -> Representative | None:
    """The member's newest claim to speak for the company, with how it was verified."""
    return db.scalar(
        select(Representative)
        .where(
            Representative.member_id == member.id,
            Representative.company_id == company.id,
        )
        .options(
            selectinload(Representative.verifications),
            joinedload(Representative.company),
        )
        .order_by(Representative.asked_at.desc(), Representative.id.desc())
        .limit(1)
    )


def asked(db: Session, number: int) -> Representative:
    """A claim with its company and proofs, for who was written to at work."""
    company = joinedload(Representative.company)
    proofs = selectinload(Representative.verifications)
    found = db.get(Representative, number, options=[company, proofs])
    if found is None:
        raise Missing
    return found


def team(db: Session, company_id: int) -> list[Representative]:
    """All who are in a company's team today, owners first, with how it was proven."""
    rank = case({role: place for place, role in enumerate(TeamRole)}, value=IN_TEAM)
    theirs = (
        select(Representative)
        .where(permissions.on_team(company_id))
        .options(selectinload(Representative.verifications))
        .order_by(rank, Representative.name, Representative.id)
    )
    return list(db.scalars(theirs))


IN_TEAM = Representative.team_role


def invitations(db: Session, company_id: int) -> list[Invitation]:
    """Whom the team waits for, the newest first."""
    waiting = select(Invitation).where(
        Invitation.company_id == company_id,
        Invitation.state == InvitationState.OPEN,
        Invitation.expires_at > now(),
    )
    return list(db.scalars(waiting.order_by(Invitation.id.desc())))


def invitation(db: Session, number: int) -> Invitation:
    """One invitation, with its company."""
    loaded = [joinedload(Invitation.company)]
    found = db.get(Invitation, number, options=loaded, populate_existing=True)
    if found is None:
        raise Missing
    return found


def contests(db: Session) -> list[Contest]:
    """What waits for staff, the oldest first."""
    waiting = (
        select(Contest)
        .where(Contest.decided_at.is_(None))
        .options(
            joinedload(Contest.company),
            joinedload(Contest.by),
            joinedload(Contest.against),
        )
        .order_by(Contest.id)
        .limit(MOST_CONTESTS)
    )
    return list(db.scalars(waiting))


MOST_CONTESTS = 50


def contest(db: Session, number: int) -> Contest:
    """One contest, with both roles and how each was proven."""
    both = (joinedload(Contest.by), joinedload(Contest.against))
    found = db.get(
        Contest,
        number,
        options=[
            joinedload(Contest.company),
            *(each.selectinload(Representative.verifications) for each in both),
            *(each.joinedload(Representative.member) for each in both),
        ],
        populate_existing=True,
    )
    if found is None:
        raise Missing
    return found


def voice(
    db: Session, member: Member, number: int, company_id: int | None = None
) -> Voice:
    """The member as the voice of a company that the story names (the first, where
    none is asked for).

    Raises Missing where the story is not there, Forbidden for strangers.
    """
    story = db.get(Story, number, options=[joinedload(Story.author)])
    if story is None or story.visibility not in permissions.SEEN:
        raise Missing
    found = _role(db, member, story, company_id)
    if found is None:
        raise Forbidden(
            Problem("Only a verified representative of the company can do this.")
        )
    mention, role = found
    subject = mention.role == MentionRole.SUBJECT
    clock = cases.clock(mention) if subject else None
    reference = story.private_reference if subject else ""
    return Voice(story, mention, role, clock, reference)


def _role(
    db: Session, member: Member, story: Story, company_id: int | None
) -> tuple[Mention, Representative] | None:
    mine = (
        select(Mention, Representative)
        .join(Representative, permissions.answering_for(Mention.company_id))
        .join(Company, Company.id == Mention.company_id)
        .where(Mention.story_id == story.id, Representative.member_id == member.id)
        .options(
            contains_eager(Representative.company),
            selectinload(Representative.verifications),
        )
        .order_by(Mention.position)
        .limit(1)
    )
    if company_id is not None:
        mine = mine.where(Mention.company_id == company_id)
    row = db.execute(mine).first()
    return (row[0], row[1]) if row else None
