"""What a letter gathers: everything that is new in what a member follows."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from stories.models import Member, SavedSearch
from stories.models.following import Often
from stories.problems import Invalid
from stories.reading import following, searching
from stories.reading.following import News
from stories.reading.letters import Told
from web import asking
from web.db import db
from web.finding import index


def told(member_id: int, places: dict[str, Any]) -> Told | None:
    """All of it, each story once; None where there is nothing."""
    often = Often(places["often"])
    since, until = (datetime.fromisoformat(places[end]) for end in ("since", "until"))
    news: list[News] = []
    if often != Often.AT_ONCE:  # else they were told already
        news = following.news(db, member_id, often, since, until)
    for search in following.searches(db, member_id, often):
        news += following.fresh(db, search, _found(search), since, until)
    once = {each.story.id: each for each in reversed(news)}
    return Told(news=tuple(reversed(once.values())), often=often) if once else None


def _found(search: SavedSearch) -> Iterable[int]:
    """The newest stories that fit a search, in the languages that its member reads."""
    member = db.get_one(Member, search.member_id)
    try:
        asked = asking.again(db, search.words, tuple(member.reads))
    except Invalid:  # nobody can ask for this any more
        return ()
    question = replace(
        asking.uncounted(asked), sort="newest", offset=0, limit=following.MOST
    )
    return searching.results(db, index(), question).versions
