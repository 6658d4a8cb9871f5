"""Stories as the API lists them: every field that a search shows or filters by."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from stories.models import (
    Caution,
    Company,
    Member,
    Mention,
    Product,
    Story,
    Translation,
    mention_product,
)
from stories.reading.gathering import Gathered, Gathering, Wish, among
from stories.reading.listing import SHOWN, WARNINGS, warnings
from stories.reading.translated import OF_STORIES

MORE = ("source", "source_id", "source_address", "author_relation")

_authors = select(Story.author_id).where(among(Story.id, "stories"))
_named = select(Mention.company_id).where(among(Mention.story_id, "stories"))
RECORDS = Gathering(
    Wish(Story, among(Story.id, "stories"), (*SHOWN, *MORE)),
    Wish(Member, Member.id.in_(_authors), ("id", "handle", "display_name")),
    Wish(Mention, among(Mention.story_id, "stories")),
    Wish(Company, Company.id.in_(_named), ("id", "name")),
    Wish(
        Product,
        (Product.id == mention_product.c.product_id)
        & (mention_product.c.mention_id == Mention.id)
        & among(Mention.story_id, "stories"),
        ("id", "name"),
        beside=(mention_product.c.mention_id,),
    ),
    WARNINGS,
    Wish(Translation, OF_STORIES, ("id", "story_id", "language", "title")),
    places=(bindparam("stories", expanding=True),),
)


@dataclass(frozen=True)
class Listed:
    """A story without its text, what readers are warned of before it, and what members
    call it in other languages."""

    story: Story
    cautions: list[Caution]
    told: list[Translation]


def records(db: Session, ids: Sequence[int]) -> list[Listed]:
    """These stories, in this order, in one statement."""
    if not ids:
        return []
    found = RECORDS.ask(db, stories=list(ids))
    members, stories = found.by_id(Member), found.by_id(Story)
    about: dict[int, list[Mention]] = {}
    for mention in mentions(found):
        about.setdefault(mention.story_id, []).append(mention)
    for story in stories.values():
        set_committed_value(story, "author", members.get(story.author_id or 0))
        set_committed_value(story, "mentions", about.get(story.id, []))
    warned, told = warnings(found), _told(found)
    return [
        Listed(stories[number], warned.get(number, []), told.get(number, []))
        for number in ids
        if number in stories
    ]


def _told(found: Gathered) -> dict[int, list[Translation]]:
    told: dict[int, list[Translation]] = {}
    for row in sorted(found.of(Translation), key=lambda each: each.language):
        told.setdefault(row.story_id, []).append(row)
    return told


def mentions(found: Gathered) -> list[Mention]:
    """The mentions that were found, in order, with companies and products."""
    companies = found.by_id(Company)
    bought: dict[int, list[Product]] = {}
    for product, (mention,) in found.with_beside(Product):
        bought.setdefault(mention, []).append(product)
    for each in found.of(Mention):
        set_committed_value(each, "company", companies[each.company_id])
        set_committed_value(each, "products", bought.get(each.id, []))
    return sorted(found.of(Mention), key=lambda each: (each.position, each.id))
