"""Warnings above a story or about a company: what readers should know, since when.

Staff set them and take them off, which the public log tells.
"""

from typing import Annotated

from pydantic import Field
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from stories import history, permissions
from stories.entries import Entry, Note
from stories.models import Caution, Company, Member, Story, now
from stories.models.codes import StaffDeed
from stories.models.readers import Concern
from stories.problems import Forbidden, Invalid, Missing, Problem


class CautionEntry(Entry):
    """What there is to know, and why, in words that everybody reads."""

    concern: Concern
    words: Annotated[Note, Field(min_length=1)]


class WhyEntry(Entry):
    """Why a warning is taken off."""

    words: Annotated[Note, Field(min_length=1)]


def warn(
    db: Session, staff: Member, about: Story | Company, entry: CautionEntry
) -> Caution:
    """Warn readers; the same warning again has other words, and keeps its date."""
    _require_other_staff(staff, about)
    made = _put(db, about, entry.concern, entry.words)
    _logged(db, staff, StaffDeed.WARN, about, entry.words)
    return made


def lift(db: Session, staff: Member, caution: Caution, why: WhyEntry) -> None:
    """There is nothing to warn of any more; the log keeps it."""
    about = about_what(db, caution)
    _require_other_staff(staff, about)
    if caution.ended_at is not None:
        raise Invalid(Problem("This warning was taken off already."))
    caution.ended_at = now()
    _logged(db, staff, StaffDeed.STOP_WARNING, about, why.words)


def standing(db: Session, about: Story | Company) -> list[Caution]:
    """What readers are warned of at present, the oldest first."""
    wanted = select(Caution).where(_of(about), Caution.ended_at.is_(None))
    return list(db.scalars(wanted.order_by(Caution.since, Caution.id)))


def about_what(db: Session, caution: Caution) -> Story | Company:
    """The story or the company that a warning is about."""
    if caution.story_id is not None:
        return db.get_one(Story, caution.story_id)
    if caution.company_id is None:
        raise Missing
    return db.get_one(Company, caution.company_id)


def _put(db: Session, about: Story | Company, concern: Concern, words: str) -> Caution:
    place = {f"{about.__tablename__}_id": about.id}
    made = Caution(concern=concern, by="staff", **place)
    for known in standing(db, about):
        if (known.concern, known.by) == (concern, "staff"):
            made = known
    made.words = words
    db.add(made)
    db.flush()
    return made


def _of(about: Story | Company) -> ColumnElement[bool]:
    column = Caution.story_id if isinstance(about, Story) else Caution.company_id
    return column == about.id


def _require_other_staff(staff: Member, about: Story | Company) -> None:
    permissions.require(permissions.is_staff(staff))
    if isinstance(about, Story) and permissions.owns(staff, about):
        raise Forbidden(Problem("Somebody else of the staff has to decide this."))


def _logged(
    db: Session, staff: Member, deed: StaffDeed, about: Story | Company, words: str
) -> None:
    """In the public log; and every page that shows it is stale."""
    story_id = about.id if isinstance(about, Story) else None
    history.decide(db, staff, deed, about, words=words, story_id=story_id)
    if isinstance(about, Story):
        history.touch_lists(db, about)
    else:
        history.touch_company(db, about.id)
