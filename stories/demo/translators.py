"""Members who say a story, or what was answered, in other languages."""

from collections.abc import Callable
from typing import Any

from stories import sources, translating
from stories.demo.files import Life
from stories.demo.stage import Stage
from stories.models.codes import Target
from stories.sources import Source
from stories.translating import TranslationEntry, judging

Told = dict[str, Any]


def _translate(stage: Stage, life: Life, told: Told) -> None:
    source = _source(stage, life, told)
    translator, reviewer = told.pop("by"), told.pop("reviewed_by", None)
    accepted = told.pop("accepted", False)
    entry = TranslationEntry.model_validate(told)
    who = stage.members[translator]
    made = translating.translate(stage.db, who, source, entry)
    seen = judging.seen_now(stage.db, made)
    if accepted:
        judging.accept(stage.db, stage.members[life.author], made, seen)
    if reviewer:
        judging.review(stage.db, stage.members[reviewer], made, seen)


def _source(stage: Stage, life: Life, told: Told) -> Source:
    story = stage.stories[life.name]
    if told.pop("of", "story") == "response":
        answer = stage.latest_answer(story)
        return sources.find(stage.db, Target.RESPONSE, answer.id)
    return sources.find(stage.db, Target.STORY, story.id)


DEEDS: dict[str, Callable[[Stage, Life, Told], None]] = {"translate": _translate}
