"""What other sites show of ours: the picture of a story that goes with its link."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from stories import languages
from stories.models import Company, Contact, Rejoinder, Response, Story, Update
from stories.models.codes import MentionRole, Visibility
from stories.reading.listing import Card, letters
from stories.reading.story import StoryPage
from web.addresses import absolute, original_language, picture_url
from web.drawing import Sheet
from web.i18n import speaking
from web.rendering.names import label

Said = Update | Response | Rejoinder


def sheet(card: Card) -> Sheet:
    """What the picture of a story shows, in the story's own language."""
    story = card.story
    with speaking(original_language(story.language)):
        ending = label("outcome", story.outcome)
    return _sheet(story, card.companies, card.steps, ending)


def version(card: Card) -> str:
    """The version in which the picture of a story is drawn now."""
    return _version(_sheet(card.story, card.companies, card.steps))


def picture(page: StoryPage) -> str:
    """The full address of the picture of a story's page."""
    story = page.story
    about = [m.company for m in story.mentions if m.role == MentionRole.SUBJECT]
    said: Iterable[Said] = (*story.updates, *page.responses, *page.rejoinders)
    shown = [each for each in said if each.visibility == Visibility.PUBLIC]
    drawn = _sheet(story, about, letters(_entered(story.contacts, shown)))
    return absolute(picture_url(story.id, _version(drawn)))


def _entered(
    contacts: Iterable[Contact], said: Iterable[Said]
) -> Iterable[Contact | Said]:
    yield from contacts
    yield from said


def _sheet(
    story: Story, companies: Iterable[Company], steps: str, ending: str = ""
) -> Sheet:
    return Sheet(
        title=story.title,
        company=", ".join(company.name for company in companies),
        outcome=story.outcome,
        ending=ending,
        steps=steps,
        language=story.language,
        direction=languages.direction(story.language),
    )


def _version(drawn: Sheet) -> str:
    return sha256(f"{_hand()}{drawn.written()}".encode()).hexdigest()[:16]


@cache
def _hand() -> str:
    """What draws: other code draws other pictures."""
    code = sorted(Path(str(files("web"))).glob("drawing/*.py"))
    return sha256(b"".join(path.read_bytes() for path in code)).hexdigest()


GLOBALS = {"picture": picture}
