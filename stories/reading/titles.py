"""Titles in the language of whoever reads of stories elsewhere, as in letters."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from stories.models import Story, Translation
from stories.models.codes import Target
from stories.reading.letters import Told
from stories.reading.translated import SHOWN, chosen


class Retitled:
    """A story, read only, under the title that somebody has given it in a language."""

    is_retitled = True

    def __init__(self, story: Story, told: Translation) -> None:
        self._story = story
        self.title, self.language = told.title, told.language

    def __getattr__(self, name: str) -> Any:
        return getattr(self._story, name)


def retitled(
    db: Session, told: Told, reader: int | None, wanted: Sequence[str]
) -> Told:
    """What a letter tells, with titles in the languages that somebody wants, where
    members have translated them; authors know their stories by their own."""
    stories = [*(each.story for each in told.news), *filter(None, [told.story])]
    theirs = {each.id: each for each in stories if each.author_id != reader}
    fresh = _in(db, theirs.values(), wanted)
    if not fresh:
        return told
    news = tuple(
        replace(each, story=fresh.get(each.story.id, each.story)) for each in told.news
    )
    story = fresh.get(told.story.id, told.story) if told.story else None
    return replace(told, story=story, news=news)


def _in(
    db: Session, stories: Iterable[Story], wanted: Sequence[str]
) -> dict[int, Story]:
    by_id = {each.id: each for each in stories}
    asked = select(Translation).where(
        SHOWN, Translation.target == Target.STORY, Translation.story_id.in_(by_id)
    )
    offered: dict[int, list[Translation]] = {}
    for row in db.scalars(asked).all() if by_id else ():
        offered.setdefault(row.story_id, []).append(row)
    found = {
        number: chosen(by_id[number].language, rows, wanted)
        for number, rows in offered.items()
    }
    return {
        number: cast("Story", Retitled(by_id[number], row))
        for number, row in found.items()
        if row is not None
    }
