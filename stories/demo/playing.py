"""What happens in the life of a story, deed by deed, as its file tells."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from stories import importing, publishing
from stories.demo import reading_along, remarks, translators, turns
from stories.demo.files import Life
from stories.demo.stage import Act, Stage
from stories.demo.times import after, dated, moment
from stories.entries.story import StoryEntry
from stories.importing import StoryRow
from stories.models import Story

Told = dict[str, Any]
DEEDS: dict[str, Callable[[Stage, Life, Told], None]] = {
    **turns.DEEDS,
    **remarks.DEEDS,
    **reading_along.DEEDS,
    **translators.DEEDS,
}


def acts(life: Life, today: date) -> Iterator[Act]:
    """Its publication, or its import, and everything after."""
    begun = published = moment(life.published, today)
    if life.imported:
        begun = moment(life.imported, today)
        yield Act(begun, partial(_import, life, published.date()))
    else:
        yield Act(begun, partial(_publish, life, begun))
    for step in life.then:
        told = dict(step)
        at = after(begun, told.pop("after"), told.pop("at", None))
        yield Act(at, partial(_do, life, told.pop("do"), dated(told, begun)))


def _publish(life: Life, begun: datetime, stage: Stage) -> None:
    entry = StoryEntry.model_validate(dated(life.entry, begun))
    author = stage.members[life.author]
    stage.stories[life.name] = publishing.publish(stage.db, author, entry)


def _import(life: Life, published: date, stage: Stage) -> None:
    told = dict(life.entry)
    row = StoryRow.model_validate(
        {**told, "body": told.pop("text"), "published_on": published}
    )
    importing.import_stories(stage.db, importing.Names(), [importing.ready(row)])
    found = stage.db.query(Story).filter_by(source=row.source, source_id=row.source_id)
    stage.stories[life.name] = found.one()


def _do(life: Life, deed: str, told: Told, stage: Stage) -> None:
    DEEDS[deed](stage, life, told)
