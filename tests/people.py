"""People and stories that many tests need, made in one line each."""

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import companies
from stories.entries.story import MentionEntry, StoryEntry
from stories.models import Company, Errand, Member, Representative, Verification
from stories.models.base import Numbered
from stories.models.codes import ClaimState, Method

Row = TypeVar("Row", bound=Numbered)


def a_member(db: Session, handle: str, **more: Any) -> Member:
    """Somebody who has joined."""
    member = Member(
        handle=handle,
        handle_folded=handle.lower(),
        display_name=handle.capitalize(),
        **more,
    )
    db.add(member)
    db.commit()
    return member


def a_company(db: Session, name: str, **more: Any) -> Company:
    """A company that is known here."""
    company = companies.add(db, name, **more)
    db.commit()
    return company


def a_voice(db: Session, member: Member, company: Company) -> Representative:
    """The member speaks for the company, verified by mail."""
    voice = an_unsaved_voice(db, member, company)
    db.commit()
    return voice


def an_unsaved_voice(db: Session, member: Member, company: Company) -> Representative:
    """Like `a_voice`, for tests that take everything back."""
    voice = Representative(
        member_id=member.id,
        company_id=company.id,
        name=member.display_name,
        state=ClaimState.GRANTED,
    )
    db.add(voice)
    db.flush()
    db.add(Verification(representative_id=voice.id, method=Method.EMAIL))
    db.flush()
    return voice


def an_entry(**more: Any) -> StoryEntry:
    """A short complaint about Acme, with whatever else it is to hold."""
    story = {
        "title": "The kettle that never came",
        "text": "I paid in May. In July there was still no kettle, and no word.",
        "language": "en",
        "kind": "complaint",
        "mentions": [MentionEntry(company="Acme")],
    }
    return StoryEntry.model_validate({**story, **more})


def letters(db: Session, name: str) -> list[str]:
    """To whom a letter waits to be sent."""
    waiting = db.scalars(select(Errand).where(Errand.task == "letter"))
    return [each.details["to"] for each in waiting if each.details["name"] == name]


def again(db: Session, row: Row) -> Row:
    """The row as it is by now."""
    db.rollback()
    db.expire_all()
    return db.get_one(type(row), row.id)
