"""Incidents: staff tie stories together that one recall or outage lies behind."""

from collections.abc import Iterable

from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from stories import history, permissions
from stories.entries.incidents import IncidentEntry
from stories.models import Company, Incident, Member, Mention, incident_story
from stories.models.codes import StaffDeed
from stories.problems import Invalid, Problem


def open_incident(
    db: Session, staff: Member, company: Company, entry: IncidentEntry
) -> Incident:
    """Open an incident at a company; the public log tells of it."""
    permissions.require(permissions.is_staff(staff))
    if entry.ended_on and entry.ended_on < entry.began_on:
        raise Invalid(Problem("It cannot end before it begins."), "ended_on")
    incident = Incident(company_id=company.id, **entry.model_dump(exclude={"company"}))
    db.add(incident)
    db.flush()
    history.decide(db, staff, StaffDeed.INCIDENT, company, words=entry.title)
    history.touch_company(db, company.id)
    return incident


def tie(
    db: Session, staff: Member, incident: Incident, story_ids: Iterable[int]
) -> int:
    """Tie stories to an incident; how many. Only stories that name the company."""
    permissions.require(permissions.is_staff(staff))
    naming = select(Mention.story_id).where(
        Mention.company_id == incident.company_id,
        Mention.story_id.in_(set(story_ids)),
        Mention.story_id.not_in(_tied(incident)),
    )
    rows = [
        {"incident_id": incident.id, "story_id": number}
        for number in db.scalars(naming).all()
    ]
    if rows:
        db.execute(insert(incident_story), rows)
        history.touch_company(db, incident.company_id)
    return len(rows)


def untie(db: Session, staff: Member, incident: Incident, story_id: int) -> None:
    """A story has nothing to do with the incident after all."""
    permissions.require(permissions.is_staff(staff))
    db.execute(
        delete(incident_story).where(
            incident_story.c.incident_id == incident.id,
            incident_story.c.story_id == story_id,
        )
    )
    history.touch_company(db, incident.company_id)


def _tied(incident: Incident) -> Select[int]:
    return select(incident_story.c.story_id).where(
        incident_story.c.incident_id == incident.id
    )
