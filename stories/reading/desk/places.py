"""Where a story lies on a desk, and what lies after it.

A page begins after the last story of the one before, found by index: it is as soon
there far back in a pile as at its beginning.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, bindparam, inspect

from stories.models import Mention, Moment


class Pile(StrEnum):
    """What lies on a desk, in the order in which it lies there."""

    COMPANY = "company"
    AUTHOR = "author"
    CLOSED = "closed"
    NOT_TOLD = "not_told"
    PASSING = "passing"


PILES = list(Pile)
WITHOUT_CASE = (Pile.NOT_TOLD, Pile.PASSING)
"""They lie by their publication alone, the newest first."""


class Place(NamedTuple):
    """Where a story lies. In the company's pile the case that waits longest (`since`)
    lies first, in the others the one that changed last."""

    pile: Pile
    since: datetime | None
    published_at: datetime
    story_id: int

    @property
    def order(self) -> tuple[float, ...]:
        """Before whom it lies."""
        since = self.since.timestamp() if self.since else 0.0
        return (
            PILES.index(self.pile),
            since if self.pile == Pile.COMPANY else -since,
            -self.published_at.timestamp(),
            -self.story_id,
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the places of `beyond` hold."""
        return {
            "after_since": self.since,
            "after_published": self.published_at,
            "after_story": self.story_id,
        }


def place(pile: Pile, mention: Mention) -> Place:
    """Where a mention of this pile lies."""
    since = None if pile in WITHOUT_CASE else mention.case_changed_at
    return Place(pile, since, mention.published_at, mention.story_id)


class Way(NamedTuple):
    """What must hold, all of it, and since when it then lies there."""

    conditions: list[ColumnElement[bool]]
    since: ColumnElement[Any]


ANYWHERE = Way([], inspect(Mention).columns.case_changed_at)


def beyond(pile: Pile) -> list[Way]:
    """What lies after a place in this pile, in one of these ways. Each is sought in an
    index: what lies there since the same moment is not gone through."""
    alike, changed = _alike(pile), Mention.case_changed_at
    same = [*alike, Mention.published_at == _PUBLISHED, Mention.story_id < _STORY]
    earlier = [*alike, Mention.published_at < _PUBLISHED]
    ways = [Way(same, _SINCE), Way(earlier, _SINCE)]
    if pile in WITHOUT_CASE:
        return ways
    later = changed > _SINCE if pile == Pile.COMPANY else changed < _SINCE
    return [*ways, ANYWHERE._replace(conditions=[later])]


def _alike(pile: Pile) -> list[ColumnElement[bool]]:
    if pile == Pile.PASSING:
        return []
    changed = Mention.case_changed_at
    return [changed.is_(None) if pile == Pile.NOT_TOLD else changed == _SINCE]


_SINCE = bindparam("after_since", type_=Moment())
_PUBLISHED = bindparam("after_published", type_=Moment())
_STORY = bindparam("after_story", type_=Integer())
