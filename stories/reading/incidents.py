"""Incidents of a company, and the stories that each ties together."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from stories.models import Company, Incident, Story, incident_story
from stories.models.codes import Visibility
from stories.problems import Missing
from stories.reading import listing
from stories.reading.listing import Page

MOST = 20


@dataclass(frozen=True)
class Told:
    """An incident, and how many public stories it ties together."""

    incident: Incident
    number: int


def of_company(db: Session, company: Company) -> list[Told]:
    """The latest incidents of a company, newest first, in one statement."""
    public = Story.visibility == Visibility.PUBLIC
    number = (
        select(func.count())
        .select_from(incident_story)
        .join(Story, Story.id == incident_story.c.story_id)
        .where(incident_story.c.incident_id == Incident.id, public)
        .scalar_subquery()
    )
    found = (
        select(Incident, number)
        .where(Incident.company_id == company.id)
        .order_by(Incident.began_on.desc(), Incident.id.desc())
        .limit(MOST)
    )
    return [Told(*row) for row in db.execute(found)]


def incident(db: Session, number: int) -> Incident:
    """One incident with its company; Missing where it is not there."""
    wanted = select(Incident).where(Incident.id == number)
    found = db.scalar(wanted.options(joinedload(Incident.company)))
    if found is None:
        raise Missing
    return found


def stories(db: Session, which: Incident, older: int | None = None) -> Page:
    """The public stories that an incident ties together, newest first."""
    tied = select(incident_story.c.story_id).where(
        incident_story.c.incident_id == which.id
    )
    return listing.page(db, listing.newest(older).where(Story.id.in_(tied)))
