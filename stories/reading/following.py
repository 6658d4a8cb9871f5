"""What a member follows, and what is new about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session, joinedload

from stories.models import (
    Company,
    Follow,
    Member,
    Mention,
    Product,
    Rejoinder,
    Response,
    SavedSearch,
    Story,
    TimelineEntry,
    Update,
    mention_product,
)
from stories.models.codes import Happening, MentionRole, Visibility
from stories.models.following import Followed, Often

MOST = 30
"""So many stories stand in one letter."""
LOOKED_AT = 200


@dataclass(frozen=True)
class Kept:
    """A follow, and what it is of; None where that is there no longer."""

    follow: Follow
    thing: Story | Company | Product | SavedSearch | None

    @property
    def name(self) -> str:
        """What it is called."""
        if isinstance(self.thing, Story):
            return self.thing.title
        return self.thing.name if self.thing else ""


@dataclass(frozen=True)
class News:
    """A story, and the kinds of what is new in it, in the order in which they came:
    story, update, response, rejoinder, outcome; and the search that found it."""

    story: Story
    kinds: list[str] = field(default_factory=list)
    found_by: str = ""


def own(db: Session, member: Member) -> list[Kept]:
    """Everything that a member follows, what was followed last first."""
    mine = select(Follow).where(Follow.member_id == member.id)
    follows = list(db.scalars(mine.order_by(Follow.id.desc())))
    things = {what: _things(db, what, follows) for what in Followed}
    return [Kept(one, things[one.what].get(one.number)) for one in follows]


def _things(db: Session, what: Followed, follows: list[Follow]) -> dict[int, Any]:
    numbers = [each.number for each in follows if each.what == what]
    table = TABLES[what]
    found = db.scalars(select(table).where(table.id.in_(numbers))) if numbers else ()
    return {each.id: each for each in found if _is_there(each)}


TABLES: dict[Followed, Any] = {
    Followed.STORY: Story,
    Followed.COMPANY: Company,
    Followed.PRODUCT: Product,
    Followed.SEARCH: SavedSearch,
}


def _is_there(thing: Any) -> bool:
    return getattr(thing, "visibility", Visibility.PUBLIC) == Visibility.PUBLIC


def follow_of(db: Session, number: int, often: Often) -> Kept | None:
    """The follow with this number, if it still asks for such letters and is of
    something that is there."""
    kept = db.get(Follow, number)
    if kept is None or kept.often != often:
        return None
    thing = db.get(TABLES[kept.what], kept.number)
    return Kept(kept, thing) if thing is not None and _is_there(thing) else None


def news(
    db: Session, member_id: int, often: Often, since: datetime, until: datetime
) -> list[News]:
    """What is new after one moment, and until another, in what a member follows; not
    what they wrote themselves. What moved last comes first."""
    followed = (
        select(Story)
        .where(
            Story.id.in_(_stories(member_id, often)),
            Story.visibility == Visibility.PUBLIC,
            Story.author_id.is_distinct_from(member_id),
            Story.last_activity_at > since,
        )
        .options(joinedload(Story.author))
        .order_by(Story.last_activity_at.desc(), Story.id.desc())
        .limit(LOOKED_AT)
    )
    found = {story.id: News(story) for story in db.scalars(followed)}
    for _, number, kind in sorted(_happened(db, list(found), since, until)):
        kinds = found[number].kinds
        if kind not in kinds:
            kinds.append(kind)
    return [each for each in found.values() if each.kinds][: MOST + 1]


def searches(db: Session, member_id: int, often: Often) -> list[SavedSearch]:
    """The searches that a member follows so."""
    followed = select(Follow.number).where(
        Follow.member_id == member_id,
        Follow.often == often,
        Follow.what == Followed.SEARCH,
    )
    mine = SavedSearch.member_id == member_id
    wanted = select(SavedSearch).where(SavedSearch.id.in_(followed), mine)
    return list(db.scalars(wanted.order_by(SavedSearch.id)))


def fresh(
    db: Session,
    search: SavedSearch,
    numbers: Iterable[int],
    since: datetime,
    until: datetime,
) -> list[News]:
    """Those of the stories that a search found that were published meanwhile, by
    others."""
    wanted = (
        select(Story)
        .where(
            Story.id.in_(numbers),
            Story.visibility == Visibility.PUBLIC,
            Story.author_id.is_distinct_from(search.member_id),
            Story.published_at > since,
            Story.published_at <= until,
        )
        .options(joinedload(Story.author))
        .order_by(Story.published_at.desc(), Story.id.desc())
    )
    return [News(story, ["story"], search.name) for story in db.scalars(wanted)]


def _stories(member_id: int, often: Often) -> Any:
    """The stories that a member follows in any way."""

    def of(what: Followed) -> Select[int]:
        return select(Follow.number).where(
            Follow.member_id == member_id, Follow.often == often, Follow.what == what
        )

    companies, products = of(Followed.COMPANY), of(Followed.PRODUCT)
    about = select(Mention.story_id).where(
        Mention.role == MentionRole.SUBJECT,
        Mention.company_id.in_(_and_successors(Company, companies)),
    )
    bought = (
        select(Mention.story_id)
        .join(mention_product, mention_product.c.mention_id == Mention.id)
        .where(mention_product.c.product_id.in_(_and_successors(Product, products)))
    )
    return union(of(Followed.STORY), about, bought)


def _and_successors(table: Any, numbers: Select[int]) -> Any:
    merged = select(table.merged_into_id).where(
        table.id.in_(numbers), table.merged_into_id.is_not(None)
    )
    return union(numbers, merged)


Happened = tuple[datetime, int, str]


def _happened(
    db: Session, numbers: list[int], since: datetime, until: datetime
) -> list[Happened]:
    """When, in which story, and what."""
    found: set[Happened] = set()
    for kind, story, at, shown in HAPPENINGS:
        wanted = select(at, story).where(
            story.in_(numbers), at > since, at <= until, shown
        )
        rows = db.execute(wanted).all()
        found.update((moment, number, kind) for moment, number in rows)
    return list(found)


SEEN = Visibility.PUBLIC
HAPPENINGS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("story", Story.id, Story.published_at, Story.visibility == SEEN),
    ("update", Update.story_id, Update.published_at, Update.visibility == SEEN),
    ("response", Response.story_id, Response.posted_at, Response.visibility == SEEN),
    (
        "rejoinder",
        Rejoinder.story_id,
        Rejoinder.posted_at,
        Rejoinder.visibility == SEEN,
    ),
    (
        "outcome",
        TimelineEntry.story_id,
        TimelineEntry.at,
        TimelineEntry.happening == Happening.OUTCOME_CHANGED,
    ),
)
"""What is told: where it stands, in which story, when it came, and whether it is shown.
"""
