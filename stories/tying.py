"""Incidents: staff tie stories together that one recall or outage lies behind."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from sqlalchemy import Select, delete, exists, func, insert, select
from sqlalchemy.orm import Session

from stories import history, permissions
from stories.entries.incidents import Alike, IncidentEntry
from stories.models import (
    Company,
    Incident,
    Member,
    Mention,
    Story,
    StoryIssue,
    incident_story,
    mention_product,
)
from stories.models.codes import MentionRole, StaffDeed, Visibility
from stories.problems import Invalid, Problem

MOST = 500
"""So many stories are tied at once; whoever wants more does it again."""


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
    naming = select(Mention.story_id).where(Mention.story_id.in_(set(story_ids)))
    return _tie(db, staff, incident, naming)


def tie_alike(db: Session, staff: Member, incident: Incident, alike: Alike) -> int:
    """Tie the public stories in which the same went wrong; how many."""
    permissions.require(permissions.is_staff(staff))
    happened = func.coalesce(Story.happened_at, Story.published_at)
    wrong = select(StoryIssue.story_id).where(StoryIssue.issue == alike.issue)
    naming = (
        select(Mention.story_id)
        .join(Story, Story.id == Mention.story_id)
        .where(
            Mention.role == MentionRole.SUBJECT,
            Mention.story_id.in_(wrong),
            Story.visibility == Visibility.PUBLIC,
        )
    )
    if alike.product_id is not None:
        named = mention_product.c.mention_id == Mention.id
        bought = mention_product.c.product_id == alike.product_id
        naming = naming.where(exists().where(named, bought))
    if alike.since_it_began:
        began = datetime.combine(incident.began_on, time(), UTC)
        naming = naming.where(happened >= began)
    return _tie(db, staff, incident, naming)


def untie(db: Session, staff: Member, incident: Incident, story_id: int) -> None:
    """A story has nothing to do with the incident after all."""
    permissions.require(permissions.is_staff(staff))
    gone = db.execute(
        delete(incident_story)
        .where(
            incident_story.c.incident_id == incident.id,
            incident_story.c.story_id == story_id,
        )
        .returning(incident_story.c.story_id)
    )
    if gone.first() is not None:
        _note(db, staff, StaffDeed.UNTIE, incident, [story_id])


def _tie(db: Session, staff: Member, incident: Incident, naming: Select[int]) -> int:
    """Tie those that name the company and are not tied yet, and tell of each."""
    mine = naming.where(
        Mention.company_id == incident.company_id,
        Mention.story_id.not_in(_tied(incident)),
    )
    found = list(db.scalars(mine.distinct().order_by(Mention.story_id).limit(MOST)))
    if found:
        rows = [{"incident_id": incident.id, "story_id": number} for number in found]
        db.execute(insert(incident_story), rows)
        _note(db, staff, StaffDeed.TIE, incident, found)
    return len(found)


def _note(
    db: Session,
    staff: Member,
    deed: StaffDeed,
    incident: Incident,
    story_ids: Iterable[int],
) -> None:
    """The public log tells of each story; every page that shows them is stale."""
    for number in story_ids:
        history.decide(db, staff, deed, incident, words=incident.title, story_id=number)
    history.touch_company(db, incident.company_id)


def _tied(incident: Incident) -> Select[int]:
    return select(incident_story.c.story_id).where(
        incident_story.c.incident_id == incident.id
    )
