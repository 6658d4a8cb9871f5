"""Insiders: who writes about a company that they speak for, or whose mail they read.

Readers have to know whose experience it is (US 16 CFR 465; EU UCPD, Annex I 23c).
"""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from stories import permissions, webmail
from stories.models import Company, Member, Mention, Moment, Representative, now

_NAMED = Mention.story_id == bindparam("story")
SPEAKS_FOR = (
    select(Company.name)
    .join(Mention, Mention.company_id == Company.id)
    .join(
        Representative,
        permissions.on_team(Company.id, bindparam("now", type_=Moment())),
    )
    .where(_NAMED, Representative.member_id == bindparam("member"))
    .limit(1)
)
"""Made once, as the next: to make such a statement takes as long as to execute it."""
DOMAINS = (
    select(Company.name, Company.domain)
    .join(Mention, Mention.company_id == Company.id)
    .where(_NAMED, Company.domain.is_not(None))
)


def speaks_for(db: Session, member: Member, story_id: int) -> str | None:
    """The company named in the story in whose team the member is, if there is one."""
    whose = {"story": story_id, "member": member.id, "now": now()}
    return db.scalar(SPEAKS_FOR, whose)


def reads_mail_of(db: Session, mail_domain: str, story_id: int) -> str | None:
    """The company named in the story on whose domain somebody reads their mail; a
    public provider's customers are no insiders."""
    if not mail_domain or webmail.is_public(mail_domain):
        return None
    named = db.execute(DOMAINS, {"story": story_id}).all()
    own = (name for name, domain in named if webmail.belongs(mail_domain, domain or ""))
    return next(own, None)
