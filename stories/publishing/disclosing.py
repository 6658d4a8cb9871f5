"""Insiders say so: who speaks for a company does not praise or blame it as a customer.

Readers have to know whose experience it is (US 16 CFR 465; EU UCPD, Annex I 23c).
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import permissions
from stories.models import Company, Member, Mention, Representative, Story
from stories.models.codes import AuthorRelation
from stories.problems import Invalid, Problem


def require(db: Session, author: Member, story: Story) -> None:
    """Raises Invalid where the author speaks for a company that the story names, and
    the story says nothing of it."""
    if story.disclosure or story.author_relation == AuthorRelation.EMPLOYEE:
        return
    own = db.scalar(
        select(Company.name)
        .join(Mention, Mention.company_id == Company.id)
        .join(Representative, permissions.on_team(Company.id))
        .where(Mention.story_id == story.id, Representative.member_id == author.id)
        .limit(1)
    )
    if own is not None:
        raise Invalid(
            Problem(
                "You speak for %(company)s here: say that you work there, or what "
                "else readers should know about you.",
                company=own,
            ),
            "author_relation",
        )
