"""Insiders: who writes about a company that they speak for, or whose mail they read.

Readers have to know whose experience it is (US 16 CFR 465; EU UCPD, Annex I 23c).
"""

from typing import NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from stories import permissions, webmail
from stories.models import Company, Member, Mention, Moment, Representative, now

_SPEAKS = exists(
    select(Representative.id).where(
        permissions.on_team(Company.id, bindparam("now", type_=Moment())),
        Representative.member_id == bindparam("member"),
    )
)
NAMED = (
    select(Company.name, Company.domain, _SPEAKS)
    .join(Mention, Mention.company_id == Company.id)
    .where(Mention.story_id == bindparam("story"))
    .order_by(Mention.position, Mention.id)
)
"""Made once: to make such a statement takes as long as to execute it."""


class Ties(NamedTuple):
    """The names of companies that somebody has to do with: in whose team they are, and
    on whose domain they read their mail."""

    speaks_for: str | None = None
    reads_mail_of: str | None = None


def ties(db: Session, member: Member | None, mail_domain: str, story_id: int) -> Ties:
    """What ties a member or a guest to companies that the story names; a public
    provider's customers are no insiders."""
    db.flush()
    whose = {"story": story_id, "member": member and member.id, "now": now()}
    named = db.connection().execute(NAMED, whose).all()
    domain = "" if webmail.is_public(mail_domain) else mail_domain
    speaks = (name for name, _, on_team in named if on_team)
    reads = (name for name, its, _ in named if its and webmail.belongs(domain, its))
    return Ties(next(speaks, None), next(reads, None))
