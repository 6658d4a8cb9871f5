"""A member's public page: who they are, and the stories that they told."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from stories.models import Member, Mention, Story
from stories.models.codes import Standing, Visibility
from stories.problems import Missing
from stories.text import fold

PAGE = 20


@dataclass(frozen=True)
class MemberPage:
    """A member with their stories, newest first; `more` if there are older ones."""

    member: Member
    stories: list[Story]
    page: int
    more: bool


def find(db: Session, handle: str) -> Member:
    """The member with this handle; raises Missing where nobody is to be seen."""
    found = db.scalar(select(Member).where(Member.handle_folded == fold(handle)))
    if found is None or found.standing in (Standing.UNCONFIRMED, Standing.LEFT):
        raise Missing
    return found


def page(db: Session, member: Member, number: int = 1) -> MemberPage:
    """One page of the stories that a member has told in public."""
    told = (
        select(Story)
        .where(Story.author_id == member.id, Story.visibility == Visibility.PUBLIC)
        .options(selectinload(Story.mentions).joinedload(Mention.company))
        .order_by(Story.published_at.desc(), Story.id.desc())
        .offset((number - 1) * PAGE)
        .limit(PAGE + 1)
    )
    found = list(db.scalars(told))
    return MemberPage(member, found[:PAGE], number, len(found) > PAGE)
