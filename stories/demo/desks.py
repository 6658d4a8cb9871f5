"""A company's team at its desk: who deals with what, what it noted, how it answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from stories import handling
from stories.demo import files
from stories.demo.stage import Act, Stage
from stories.handling import AssignEntry, NoteEntry, templates, views
from stories.handling.templates import TemplateEntry
from stories.handling.views import ViewEntry

LATELY = timedelta(hours=3)


def acts(at: datetime) -> Iterator[Act]:
    """What teams did this morning."""
    for told in files.desks():
        yield Act(at - LATELY, partial(_work, told))


def _work(told: dict[str, Any], stage: Stage) -> None:
    db, member = stage.db, stage.members[told["member"]]
    company = stage.company(told["company"]).id
    for each in told["templates"]:
        templates.add(db, member, company, TemplateEntry.model_validate(each))
    for each in told["views"]:
        views.keep(db, member, company, ViewEntry.model_validate(each))
    role = handling.voice(db, member, company)
    for each in told["notes"]:
        story = [stage.stories[each["story"]].id]
        handling.note(db, member, company, story, NoteEntry(text=each["text"]))
        handling.see(db, member, company, story)
        if each.get("assigned"):
            handling.assign(db, member, company, story, AssignEntry(assigned=role.id))
