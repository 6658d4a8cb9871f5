"""Translations that tests need, made in one line each."""

from typing import Any

from sqlalchemy.orm import Session

from stories import publishing, sources, translating
from stories.entries.judging import RulingEntry
from stories.models import Member, Response, Story, Translation, Update
from stories.models.codes import Target
from stories.sources import Source
from stories.translating import TranslationEntry, judging
from tests.people import an_entry

ITALIAN = {
    "title": "Il bollitore mai arrivato",
    "text": "Ho pagato a maggio. A luglio ancora niente *bollitore*.",
    "language": "it",
}
WHY = RulingEntry(reason="not_genuine", words="It says something else.")
"""Why staff hide a translation."""


def in_italian(**more: Any) -> TranslationEntry:
    """What somebody types who translates the kettle."""
    return TranslationEntry.model_validate({**ITALIAN, **more})


def reworded(
    db: Session,
    author: Member,
    story: Story,
    text: str = "I paid in May. They wrote in August.",
) -> None:
    """The author says it otherwise: what translates the words before is out of date."""
    publishing.amend(db, author, story, an_entry(text=text))
    db.commit()


def source(db: Session, text: Story | Update | Response) -> Source:
    """A text as it can be translated."""
    return sources.find(db, Target(text.__tablename__), text.id)


def translated(
    db: Session, member: Member, of: Story | Update | Response, **more: Any
) -> Translation:
    """The member's translation of a text into Italian."""
    if not isinstance(of, Story):
        more = {"title": "", **more}
    made = translating.translate(db, member, source(db, of), in_italian(**more))
    db.commit()
    return made


def accepted(db: Session, owner: Member, translation: Translation) -> None:
    """Its original's author accepts it as it stands."""
    judging.accept(db, owner, translation, judging.seen_now(db, translation))


def reviewed(db: Session, reader: Member, translation: Translation) -> None:
    """Somebody who reads both languages reviews it as it stands."""
    judging.review(db, reader, translation, judging.seen_now(db, translation))
