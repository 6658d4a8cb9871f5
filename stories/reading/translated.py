"""Which translations there are of what a page shows, and which one a reader wants."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from stories import languages
from stories.models import Member, Response, Story, Translation, Update
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.reading.gathering import Gathered, Wish, among, place

SHOWN = (Translation.maker == Maker.HUMAN) & (
    Translation.visibility == Visibility.PUBLIC
)
"""Those that everybody may read, in lists and by search engines too."""
LIGHT = (
    *("id", "story_id", "target", "target_id", "language", "title", "translator_id"),
    *("source_revision", "posted_at", "outdated_at", "accepted_at"),
)
OF_STORY = SHOWN & (Translation.story_id == place("story"))
WISH = Wish(Translation, OF_STORY, LIGHT)
"""What a story's page asks for."""
OPENING = 1_500
OF_STORIES = (
    SHOWN
    & among(Translation.story_id, "stories")
    & (Translation.target == Target.STORY)
)
WISH_OF_CARDS = Wish(
    Translation,
    OF_STORIES,
    LIGHT,
    beside=(func.substr(Translation.html, 1, OPENING),),
)
"""What lists of stories ask for."""


def of_what_is_read() -> ColumnElement[bool]:
    """The condition for translations of texts that stand in their story for all."""
    read = [Translation.target == Target.STORY]
    for table, target in ((Update, Target.UPDATE), (Response, Target.RESPONSE)):
        same = (table.id == Translation.target_id) & (Translation.target == target)
        shown = table.visibility == Visibility.PUBLIC
        read.append(select(table.id).where(same, shown).exists())
    return or_(*read)


class Told(NamedTuple):
    """A story's translation, and the beginning of its HTML."""

    row: Translation
    begin: str


def told(found: Gathered) -> dict[int, list[Told]]:
    """The translations of each story in a list, in the order of their tags."""
    members = found.by_id(Member)
    said: dict[int, list[Told]] = {}
    for row, (begin,) in found.with_beside(Translation):
        set_translator(row, members)
        said.setdefault(row.story_id, []).append(Told(row, begin))
    for each in said.values():
        each.sort(key=lambda one: one.row.language)
    return said


def tags(db: Session, ids: list[int]) -> dict[int, list[str]]:
    """The languages that people have translated some stories into."""
    wanted = Translation.story_id.in_(ids) & (Translation.target == Target.STORY)
    said: dict[int, list[str]] = {}
    asked = select(Translation.story_id, Translation.language).where(wanted & SHOWN)
    for number, tag in db.execute(asked).all() if ids else ():
        said.setdefault(number, []).append(tag)
    return said


def of_story(
    found: Gathered, story: Story, responses: Iterable[Response]
) -> list[Translation]:
    """Those of the texts that can be read here, the story's own first; each with its
    translator."""
    members = found.by_id(Member)
    shown = {(Target.STORY, story.id)}
    for target, rows in ((Target.UPDATE, story.updates), (Target.RESPONSE, responses)):
        public = (each for each in rows if each.visibility == Visibility.PUBLIC)
        shown |= {(target, each.id) for each in public}
    there = found.of(Translation)
    made = [each for each in there if (each.target, each.target_id) in shown]
    for each in made:
        set_translator(each, members)
    return sorted(made, key=lambda each: (each.target != Target.STORY, each.id))


def set_translator(translation: Translation, members: dict[int, Member]) -> None:
    """Put the member beside their translation."""
    translator = members.get(translation.translator_id or 0)
    set_committed_value(translation, "translator", translator)


def chosen(
    original: str, offered: Iterable[Translation], wanted: Sequence[str]
) -> Translation | None:
    """The translation for who wants these languages; None where the original will do,
    or there is none."""
    by_tag = {each.language: each for each in offered}
    if not by_tag or languages.match(wanted, [original]):
        return None
    found = languages.match(wanted, list(by_tag))
    return by_tag[found] if found else None
