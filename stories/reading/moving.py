"""Stories that may name the wrong company, and those that staff moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from stories import permissions
from stories.models import Company, Member, Mention, Misnaming, Story
from stories.models.codes import FlagState
from stories.problems import Missing

MOST = 50
LOADED = (
    joinedload(Misnaming.story),
    joinedload(Misnaming.company),
    joinedload(Misnaming.other),
)


@dataclass(frozen=True)
class Moving:
    """Reports that wait, oldest first, and the latest moves."""

    reported: Sequence[Misnaming]
    moved: Sequence[Misnaming]


def waiting(db: Session) -> Moving:
    """What the desk of the staff shows of stories and their companies."""
    told = select(Misnaming).options(*LOADED).limit(MOST)
    reported = told.where(Misnaming.state == FlagState.OPEN).order_by(Misnaming.id)
    moved = told.where(Misnaming.moved_at.is_not(None))
    latest = moved.order_by(Misnaming.moved_at.desc(), Misnaming.id.desc())
    return Moving(db.scalars(reported).all(), db.scalars(latest).all())


def one(db: Session, number: int) -> Misnaming:
    """One report."""
    found = db.get(Misnaming, number)
    if found is None:
        raise Missing
    return found


def named(
    db: Session, reader: Member | None, number: int
) -> tuple[Story, list[Company]]:
    """A story that the reader may see, and the companies that it names."""
    story = permissions.require_seen(reader, db.get(Story, number))
    mentions = select(Company).join(Mention, Mention.company_id == Company.id)
    mine = mentions.where(Mention.story_id == number).order_by(Mention.position)
    return story, list(db.scalars(mine))
