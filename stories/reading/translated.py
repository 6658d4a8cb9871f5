"""Which translations there are of what a page shows, and which one a reader wants."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm.attributes import set_committed_value

from stories import languages
from stories.models import Member, Response, Story, Translation
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.reading.gathering import Gathered, Wish, place

SHOWN = (Translation.maker == Maker.HUMAN) & (
    Translation.visibility == Visibility.PUBLIC
)
"""Those that everybody may read, in lists and by search engines too."""
LIGHT = ("id", "story_id", "target", "target_id", "language", "title", "translator_id")
OF_STORY = SHOWN & (Translation.story_id == place("story"))
WISH = Wish(Translation, OF_STORY, LIGHT)
"""What a story's page asks for."""


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
