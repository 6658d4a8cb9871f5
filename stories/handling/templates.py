"""Words that a company's team often answers with, with places to be filled in.

A place is a word of a short list in braces. It is filled in by looking it up, never by
formatting: what an author wrote is not understood as anything but words.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stories.entries import Entry, Language, Line, Remark
from stories.handling import voice
from stories.models import Member, Mention, ReplyTemplate, Representative, Story, now
from stories.models.codes import MentionRole, ResponseKind
from stories.problems import Invalid, Missing, Problem

MOST = 200
PLACES = ("author", "story", "product", "company", "reference", "name")
"""What can be filled in: the author's name, the title, the first product, the company,
the end of the order number, and who answers."""
_PLACE = re.compile(r"\{([^{}\n]{0,40})\}")
_SIGNS = re.compile(r"([\\`*_\[\]<>&|])")
SHOWN_END = 3
"""So much of a private reference may be said in public: its owner knows the rest."""


def _known_places(text: str) -> str:
    for place in _PLACE.findall(text):
        if place not in PLACES:
            raise Invalid(
                Problem(
                    "There is nothing to fill in for {%(place)s}. There is: %(all)s.",
                    place=place,
                    all=", ".join(f"{{{each}}}" for each in PLACES),
                )
            )
    return text


class TemplateEntry(Entry):
    """A template: what its team calls it, in which language it answers, and how."""

    name: Annotated[Line, Field(min_length=1, max_length=100)]
    language: Language
    kind: ResponseKind | None = None
    text: Annotated[Remark, Field(min_length=1), AfterValidator(_known_places)]


def add(
    db: Session, member: Member, company_id: int, entry: TemplateEntry
) -> ReplyTemplate:
    """Keep a template for the whole team."""
    voice(db, member, company_id)
    theirs = ReplyTemplate.company_id == company_id
    if (db.scalar(select(func.count()).where(theirs)) or 0) >= MOST:
        raise Invalid(Problem("At most %(n)s templates are kept.", n=MOST), "name")
    made = ReplyTemplate(company_id=company_id, **entry.model_dump())
    db.add(made)
    db.flush()
    return made


def change(
    db: Session, member: Member, number: int, entry: TemplateEntry
) -> ReplyTemplate:
    """Change a template of one's company."""
    found = theirs(db, member, number)
    for name, value in entry.model_dump().items():
        setattr(found, name, value)
    found.changed_at = now()
    db.flush()
    return found


def forget(db: Session, member: Member, number: int) -> int:
    """Keep a template no longer; whose it was."""
    found = theirs(db, member, number)
    db.delete(found)
    db.flush()
    return found.company_id


def theirs(db: Session, member: Member, number: int) -> ReplyTemplate:
    """A template of a company that the member speaks for. Raises Missing, or Forbidden
    for strangers."""
    found = db.get(ReplyTemplate, number)
    if found is None:
        raise Missing
    voice(db, member, found.company_id)
    return found


def of_company(db: Session, company_id: int, language: str = "") -> list[ReplyTemplate]:
    """A company's templates by name, those in a language first."""
    every = select(ReplyTemplate).where(ReplyTemplate.company_id == company_id)
    found = db.scalars(every.order_by(ReplyTemplate.name, ReplyTemplate.id)).all()
    spoken = language.partition("-")[0]
    return sorted(found, key=lambda each: each.language.partition("-")[0] != spoken)


def filled(
    template: ReplyTemplate, role: Representative, story: Story, mention: Mention
) -> str:
    """The template's words for a story; a place without anything to fill in stays.

    The story's author and the mention's products are loaded.
    """
    subject = mention.role == MentionRole.SUBJECT
    author = story.author.display_name if story.author else story.author_name
    known = {
        "author": author,
        "story": story.title,
        "product": next((each.name for each in mention.products), ""),
        "company": role.company.name,
        "reference": _end(story.private_reference) if subject else "",
        "name": role.name,
    }
    return _PLACE.sub(
        lambda found: _plain(known.get(found[1])) or found[0], template.text
    )


def unfilled(text: str) -> str:
    """The first place in an answer that nothing was filled in for, or ""."""
    found = (place for place in _PLACE.findall(text) if place in PLACES)
    return next(found, "")


def _end(reference: str) -> str:
    return f"…{reference[-SHOWN_END:]}" if len(reference) > 2 * SHOWN_END else ""


def _plain(words: str | None) -> str:
    """So that nothing in a title or a name becomes a link or a picture."""
    return _SIGNS.sub(r"\\\1", words or "")
