"""What other sites show of ours: the pictures that go with links to stories, companies
and products."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from stories import languages
from stories.figures import Record
from stories.models import (
    Company,
    Contact,
    Product,
    Rejoinder,
    Response,
    Story,
    Update,
)
from stories.models.codes import MentionRole, Visibility
from stories.reading.listing import Card, letters
from stories.reading.story import StoryPage
from web.addresses import absolute, drawn_url, original_language, picture_url
from web.drawing import Sheet
from web.i18n import language, ngettext, speaking
from web.rendering.names import label

Said = Update | Response | Rejoinder
MOST_CASES = 6
"""So many cases stand for all of a company's, in the thread of its picture."""


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


def sheet_of(thing: Company | Product, record: Record) -> Sheet:
    """What the picture of a company or a product shows: its name, and what is counted
    of it, in the language of the page; an open thread, which judges nobody."""
    stories = ngettext("%(n)s story", "%(n)s stories", record.ever.stories)
    decided = ngettext("%(n)s decided", "%(n)s decided", record.decided)
    return Sheet(
        title=thing.name,
        company=thing.company.name if isinstance(thing, Product) else "",
        outcome="open",
        ending=f"{stories} · {decided}" if record.decided else stories,
        steps=_cases(record),
        language=language(),
        direction=_direction(thing.name),
    )


def version_of(drawn: Sheet) -> str:
    """The version in which the picture of a company or a product is drawn now."""
    return _version(drawn)


def picture_of(thing: Company | Product, record: Record) -> str:
    """The full address of the picture of a company's or a product's page."""
    of = "products" if isinstance(thing, Product) else "companies"
    return absolute(drawn_url(of, thing.id, _version(sheet_of(thing, record))))


def _cases(record: Record) -> str:
    """A few tries, of which as large a part is answered as of all cases."""
    ever = record.ever
    drawn = min(ever.told or ever.stories, MOST_CASES)
    answered = round(drawn * ever.answered.value) if ever.answered else 0
    return "ac" * answered + "a" * (drawn - answered)


def _direction(name: str) -> str:
    """That of the first letter that has one, else that of the page."""
    kinds = (unicodedata.bidirectional(letter) for letter in name)
    strong = next((kind for kind in kinds if kind in ("L", "R", "AL")), "")
    if not strong:
        return languages.direction(language())
    return "ltr" if strong == "L" else "rtl"


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


GLOBALS = {"picture": picture, "picture_of": picture_of}
