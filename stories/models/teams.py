"""Who is asked into a company's team, and whose place in it is contested."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stories.models.base import Base, Numbered, now
from stories.models.companies import Company
from stories.models.conversation import Representative
from stories.models.speaking import InvitationState, TeamRole


class Invitation(Numbered, Base):
    """An owner of a team asks somebody at an address of the company to join it.

    `contact` is the opaque id of that address. It can be accepted once.
    """

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_company", "company_id", "state"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("representative.id"), index=True)
    contact: Mapped[str] = mapped_column(index=True)
    domain: Mapped[str]
    team_role: Mapped[TeamRole]
    state: Mapped[InvitationState] = mapped_column(default=InvitationState.OPEN)
    invited_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    role_id: Mapped[int | None] = mapped_column(ForeignKey("representative.id"))

    company: Mapped[Company] = relationship(lazy="raise")
    by: Mapped[Representative] = relationship(lazy="raise", foreign_keys=by_id)


class Contest(Numbered, Base):
    """Somebody who asks to speak for a company, or does, says that another may not.

    Staff decide, with both proofs before them: `upheld` is what they found.
    """

    __tablename__ = "contest"
    __table_args__ = (Index("ix_contest_waiting", "decided_at", "id"),)

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("representative.id"), index=True)
    against_id: Mapped[int] = mapped_column(ForeignKey("representative.id"), index=True)
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=now)
    decided_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]

    company: Mapped[Company] = relationship(lazy="raise")
    by: Mapped[Representative] = relationship(lazy="raise", foreign_keys=by_id)
    against: Mapped[Representative] = relationship(
        lazy="raise", foreign_keys=against_id
    )
