"""What readers add to a story beside remarks, and what they are warned of."""

from collections.abc import Callable
from typing import Any

from stories import corroborating, polling, pressing, warning
from stories.corroborating import CorroborationEntry
from stories.demo.files import Life
from stories.demo.parts import MODERATOR
from stories.demo.stage import Stage
from stories.polling import PollEntry, VoteEntry
from stories.pressing import JudgementEntry, PressureEntry
from stories.warning import CautionEntry, WhyEntry

Told = dict[str, Any]


def _same_here(stage: Stage, life: Life, told: Told) -> None:
    reader, story = stage.members[told.pop("by")], stage.stories[life.name]
    entry = CorroborationEntry.model_validate(told)
    corroborating.corroborate(stage.db, reader, story, entry)


def _ask(stage: Stage, life: Life, told: Told) -> None:
    author, story = stage.members[life.author], stage.stories[life.name]
    polling.ask(stage.db, author, story, PollEntry.model_validate(told))


def _judge(stage: Stage, life: Life, told: Told) -> None:
    """Several readers, each with the same answer."""
    for reader in told["by"]:
        entry = VoteEntry(answer=told["answer"])
        polling.vote(stage.db, stage.members[reader], stage.stories[life.name], entry)


def _pressure(stage: Stage, life: Life, told: Told) -> None:
    author, story = stage.members[life.author], stage.stories[life.name]
    why = JudgementEntry(words=told.pop("why"))
    said = pressing.disclose(
        stage.db, author, story, PressureEntry.model_validate(told)
    )
    pressing.uphold(stage.db, stage.members[MODERATOR], said, why)


def _warn(stage: Stage, life: Life, told: Told) -> None:
    staff, story = stage.members[MODERATOR], stage.stories[life.name]
    warning.warn(stage.db, staff, story, CautionEntry.model_validate(told))


def _stop_warning(stage: Stage, life: Life, told: Told) -> None:
    staff, story = stage.members[MODERATOR], stage.stories[life.name]
    why = WhyEntry(words=told["words"])
    for each in warning.standing(stage.db, story):
        if each.by == "staff":
            warning.lift(stage.db, staff, each, why)


DEEDS: dict[str, Callable[[Stage, Life, Told], None]] = {
    "same_here": _same_here,
    "ask": _ask,
    "judge": _judge,
    "pressure": _pressure,
    "warn": _warn,
    "stop_warning": _stop_warning,
}
