"""Texts that can be said in other languages: stories, updates, companies' answers."""

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories import permissions
from stories.models import (
    Member,
    Representative,
    Response,
    Revision,
    Story,
    Translation,
    Update,
)
from stories.models.codes import Target, Visibility
from stories.problems import Invalid, Missing, Problem

Text = Story | Update | Response
TABLES: dict[Target, type[Text]] = {
    Target.STORY: Story,
    Target.UPDATE: Update,
    Target.RESPONSE: Response,
}
FREE = ("CC BY", "CC-BY", "CC0")
BOUND = re.compile(r"\b(?:NC|ND)\b")
"""Without what is altered, or without what earns money: what is translated here stands
under CC BY-SA, which forbids neither."""


@dataclass(frozen=True)
class Source:
    """A text that is translated, in its story; `revision` is its newest wording."""

    story: Story
    target: Target
    text: Text
    revision: int

    @property
    def title(self) -> str:
        """Only stories have one."""
        return self.story.title if self.target == Target.STORY else ""


def find(db: Session, target: Target, number: int) -> Source:
    """The text, as everybody may read it; raises Missing where nobody may."""
    table: Any = TABLES.get(target)
    text: Text | None = db.get(table, number) if table else None
    if text is None or text.visibility not in permissions.SEEN or not text.text:
        raise Missing
    story = text if isinstance(text, Story) else db.get_one(Story, text.story_id)
    if story.visibility not in permissions.SEEN:
        raise Missing
    revision = text.revision if isinstance(text, Story) else newest(db, target, text.id)
    return Source(story, target, text, revision)


def of(db: Session, translation: Translation) -> Source:
    """What was translated; raises Missing where nobody may read it."""
    return find(db, translation.target, translation.target_id)


def is_free(source: Source) -> bool:
    """Whether its licence lets others translate it: what is written here does, and what
    is imported where its licence says so."""
    return source.target == Target.RESPONSE or allows(source.story)


def allows(story: Story) -> bool:
    """The same, of a story and its updates."""
    if permissions.is_own_story(story):
        return True
    licence = (story.source_licence or "").upper()
    return licence.startswith(FREE) and not BOUND.search(licence)


def require_free(source: Source) -> None:
    """Raises Forbidden where the licence of the text allows no translation."""
    permissions.require(
        is_free(source), Problem("The licence of this text allows no translation.")
    )


def owns(db: Session, member: Member, source: Source) -> bool:
    """Whether the member has the say over the text: who wrote the story, and for an
    answer who speaks for the company."""
    if isinstance(source.text, Response):
        company_id = source.text.company_id
        return permissions.representative(db, member, company_id) is not None
    return permissions.owns(member, source.story)


def whom(db: Session, source: Source) -> int | None:
    """The member who is told what becomes of the text."""
    if isinstance(source.text, Response):
        role = db.get(Representative, source.text.representative_id or 0)
        return role.member_id if role else None
    return source.story.author_id


def require_place(db: Session, translation: Translation) -> None:
    """Raises Invalid where another translation of the same has taken its place."""
    other = select(Translation.id).where(
        Translation.target == translation.target,
        Translation.target_id == translation.target_id,
        Translation.language == translation.language,
        Translation.maker == translation.maker,
        Translation.visibility == Visibility.PUBLIC,
        Translation.id != translation.id,
    )
    if db.scalar(other) is not None:
        raise Invalid(Problem("Another translation has taken its place."))


def newest(db: Session, target: Target, number: int) -> int:
    """The number of a text's present wording."""
    kept = select(func.max(Revision.number)).where(
        Revision.target == target, Revision.target_id == number
    )
    return db.scalar(kept) or 1


def lost_names(db: Session, source: Source, since: int) -> bool:
    """Whether names of people were taken out of the text since an earlier wording."""
    later = (Revision.number > since) & Revision.unnamed
    of_it = (Revision.target == source.target) & (Revision.target_id == source.text.id)
    return db.scalar(select(Revision.id).where(of_it, later).limit(1)) is not None
