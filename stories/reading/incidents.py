"""Incidents of a company, and the stories that each ties together."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from stories.models import Company, Incident, Mention, Story, incident_story
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


def tied(db: Session, which: Incident) -> list[Story]:
    """All stories that an incident ties together, whoever may see them."""
    mine = select(incident_story.c.story_id).where(
        incident_story.c.incident_id == which.id
    )
    return list(db.scalars(select(Story).where(Story.id.in_(mine)).order_by(Story.id)))


@dataclass(frozen=True)
class Tying:
    """A story, and the incidents of the companies that it names: those that it is tied
    to, and the others."""

    story: Story
    companies: list[Company]
    on: list[Incident]
    off: list[Incident]


def tying(db: Session, number: int) -> Tying:
    """What staff can tie a story to; Missing where there is no such story."""
    named = selectinload(Story.mentions).joinedload(Mention.company)
    story = db.scalar(select(Story).where(Story.id == number).options(named))
    if story is None:
        raise Missing
    companies = {each.company_id: each.company for each in story.mentions}
    newest = (
        select(Incident, incident_story.c.story_id)
        .outerjoin(
            incident_story,
            (incident_story.c.incident_id == Incident.id)
            & (incident_story.c.story_id == number),
        )
        .where(Incident.company_id.in_(companies))
        .order_by(Incident.began_on.desc())
        .limit(MOST * len(companies))
    )
    found = db.execute(newest).all()
    return Tying(
        story=story,
        companies=list(companies.values()),
        on=[each for each, tied_to in found if tied_to],
        off=[each for each, tied_to in found if not tied_to],
    )
