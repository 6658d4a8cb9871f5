"""Insiders say so: who speaks for a company does not praise or blame it as a customer,
and who may work there is asked."""

from sqlalchemy.orm import Session

from stories import insiders
from stories.models import Member, Story
from stories.models.codes import AuthorRelation
from stories.problems import Invalid, Problem


def require(db: Session, author: Member, story: Story, mail_domain: str = "") -> None:
    """Raises Invalid where the author speaks for a company that the story names, or
    reads mail on its domain, and the story says nothing of it.

    `mail_domain` is there until the author has been asked.
    """
    if story.disclosure or story.author_relation == AuthorRelation.EMPLOYEE:
        return
    own = insiders.ties(db, author, mail_domain, story.id)
    if own.speaks_for is not None:
        speaks = Problem(
            "You speak for %(company)s here: say that you work there, or what else "
            "readers should know about you.",
            company=own.speaks_for,
        )
        raise Invalid(speaks, "author_relation")
    if own.reads_mail_of is not None:
        asks = Problem(
            "Your mail address is one of %(company)s. If you work there, say so here; "
            "if not, leave it and publish again.",
            company=own.reads_mail_of,
        )
        raise Invalid(asks, "author_relation")
