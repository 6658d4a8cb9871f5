"""To whom a company belongs, as staff note it: subsidiaries, brands, dealers."""

from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session

from stories import history, permissions
from stories.entries import Entry, Note
from stories.models import Company, Member, Representative
from stories.models.codes import ClaimState, Method, StaffDeed
from stories.models.speaking import Kinship
from stories.problems import Invalid, Problem
from stories.representing.voices import end

MOST_ABOVE = 20


class BelongingEntry(Entry):
    """How a company belongs to another, and how staff know."""

    kinship: Kinship = Kinship.SUBSIDIARY
    words: Annotated[Note, Field(min_length=1)]


def belong(
    db: Session,
    staff: Member,
    company: Company,
    parent: Company | None,
    entry: BelongingEntry,
) -> None:
    """Note that a company belongs to another (None: to nobody); the public log says so.

    Raises Invalid where that would be a circle. Roles that rested on the parent end
    where it is the parent no longer.
    """
    permissions.require(permissions.is_staff(staff))
    if parent is not None and company.id in _above(db, parent):
        raise Invalid(Problem("A company cannot belong to itself."), "parent")
    if company.merged_into_id or (parent and parent.merged_into_id):
        raise Invalid(Problem("One of them was merged before."), "parent")
    before = company.parent_id
    stays = parent is not None and parent.id == before
    company.parent_id = parent.id if parent else None
    company.kinship = entry.kinship if parent else None
    db.flush()
    if not stays or entry.kinship == Kinship.RESELLER:
        _end_resting(db, company)
    history.decide(db, staff, StaffDeed.SET_PARENT, company, words=entry.words)
    history.touch_company(db, company.id)
    for each in {before, company.parent_id}:
        if each is not None:
            history.touch_company_page(db, each)


def _above(db: Session, company: Company) -> set[int]:
    """The company and all to which it belongs."""
    found: set[int] = set()
    above: Company | None = company
    while above is not None and above.id not in found and len(found) < MOST_ABOVE:
        found.add(above.id)
        above = db.get(Company, above.parent_id) if above.parent_id else None
    return found


def _end_resting(db: Session, company: Company) -> None:
    resting = select(Representative).where(
        Representative.company_id == company.id,
        Representative.method == Method.PARENT,
        Representative.state == ClaimState.GRANTED,
    )
    for role in db.scalars(resting).all():
        end(db, role, ClaimState.LAPSED)
