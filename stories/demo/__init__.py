"""Sample content: invented people, companies and stories, with their whole lives.

Every deed is done by those who do it on the site, each at its own moment, in the order
of time: so cases, clocks and the public log come out as if it had been so.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from stories import discussing
from stories.demo import desks, files, parts, playing
from stories.demo.stage import Act, ContactOf, Stage
from stories.models import Company, Errand, Member, Story, now
from stories.models.base import played
from stories.problems import Forbidden, Problem
from stories.sealing import Seal

__all__ = ["acts", "is_empty", "load"]

MONTH = timedelta(days=30)
YEARS = timedelta(days=5 * 365)


def is_empty(db: Session) -> bool:
    """Whether nobody and nothing is on the site yet."""
    tables = (Member, Company, Story)
    return all(db.scalar(select(table.id).limit(1)) is None for table in tables)


def acts(at: datetime) -> list[Act]:
    """Everything that is to happen until then, in the order of time."""
    found = [*parts.acts(at.date(), at), *_quiet_months(at), *desks.acts(at)]
    for life in files.lives():
        found.extend(playing.acts(life, at.date()))
    return sorted(found, key=lambda act: act.at)


def load(db: Session, contact_of: ContactOf, seal: Seal) -> Iterator[int]:
    """Play everything; gives how much there is still to do after each deed.

    Nobody is written to: the letters of years ago would come today.

    Raises Forbidden on a site that has content.
    """
    if not is_empty(db):
        raise Forbidden(Problem("Sample content is for an empty site."))
    stage, all_acts = Stage(db, contact_of, seal), acts(now())
    for number, act in enumerate(all_acts, 1):
        with played(act.at):
            act.do(stage)
        yield len(all_acts) - number
    db.execute(delete(Errand).where(Errand.task == "letter"))


def _quiet_months(at: datetime) -> Iterator[Act]:
    """What housekeeping does: threads close in which nothing happens for a year."""
    begun = at - YEARS
    for number in range(YEARS // MONTH):
        yield Act(begun + number * MONTH, _close_quiet)


def _close_quiet(stage: Stage) -> None:
    discussing.close_quiet(stage.db, now())
