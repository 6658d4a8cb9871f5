"""No barriers: axe finds nothing on any page, and nothing is wider than a phone."""

from pathlib import Path
from typing import Any

import pytest

from stories import companies, discussing, moderating, publishing, responding, updating
from stories.discussing import CommentEntry
from stories.entries.judging import FlagEntry
from stories.entries.story import UpdateEntry
from stories.models import Story
from stories.models.codes import Target
from stories.responding import RejoinderEntry, ResponseEntry
from tests import scenarios
from tests.people import a_voice

AXE = Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """rules => axe.run({runOnly: rules}).then(found => found.violations.map(
    each => `${each.id} ×${each.nodes.length}: ${each.nodes[0].target.join(" ")}`))"""

EVERYBODY = [
    "",
    "stories",
    "search?q=boom",
    "write",
    "register",
    "sign-in",
    "reset",
    "log",
    "about",
    "how-it-works",
    "rules",
    "privacy",
    "contact",
    "members/ada",
    "companies/{company}",
    "companies/{company}/mentions",
    "companies/{company}/claim",
    "products/1",
    "stories/{story}",
    "stories/{story}/revisions",
    "stories/{story}/comment",
    "nothing-here",
]
AUTHOR = [
    "account",
    "drafts",
    "stories/{story}",
    "stories/{story}/update",
    "stories/{story}/outcome",
    "stories/{story}/more",
    "stories/{story}/responses/1/rejoin",
    "flag/story/{story}",
]
VOICE = ["desk", "stories/{story}/respond?company={company}", "stories/{story}"]
STAFF = ["moderation"]


@pytest.fixture
def axe() -> str:
    if not AXE.exists():
        pytest.skip("left out: axe-core (npm ci) is not here")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def story(db, ada, bob, cy) -> Story:
    """A story with all that can belong to one."""
    sony = companies.add(db, "Sony", domain="sony.example")
    db.commit()
    a_voice(db, bob, sony)
    story = publishing.publish(db, ada, scenarios.melted_boombox())
    publishing.amend(db, ada, story, changed(scenarios.melted_boombox()), "A slip")
    updating.add_update(db, ada, story, UpdateEntry(text="Nothing new."))
    answer = responding.respond(
        db, bob, story, sony.id, ResponseEntry(kind="apologise", text="We are sorry.")
    )
    responding.rejoin(db, ada, answer, RejoinderEntry(text="Thank you."))
    remark = discussing.comment(db, cy, story, CommentEntry(text="Same here."))
    discussing.comment(
        db, ada, story, CommentEntry(text="Really?", parent_id=remark.id)
    )
    moderating.flag(db, ada, Target.COMMENT, remark.id, FlagEntry(reason="spam"))
    db.commit()
    return story


@pytest.fixture
def people(ada, bob, staff):
    """Which pages are whose."""
    return {
        "everybody": (EVERYBODY, None),
        "author": (AUTHOR, ada),
        "voice": (VOICE, bob),
        "staff": (STAFF, staff),
    }


def changed(entry):
    return entry.model_copy(update={"text": entry.text + "\n\nOne more thing."})


def look(page, address: str, axe: str) -> list[str]:
    """What is wrong with a page, in light and in dark, and on a phone."""
    found: list[Any] = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        page.evaluate(axe)
        found += [f"{scheme}: {each}" for each in page.evaluate(ASK, RULES)]
    page.set_viewport_size({"width": 360, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + ([f"{wide} pixels too wide"] if wide > 0 else [])


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("who", ["everybody", "author", "voice", "staff"])
def test_no_page_has_a_barrier(site, page_of, story, people, axe, who, language):
    pages, member = people[who]
    site.catch_up()
    page = page_of(member, bypass_csp=True)

    wrong = {}
    for each in pages:
        address = f"/{language}/{each.format(story=story.id, company=1)}"
        if problems := look(page, address, axe):
            wrong[address] = problems

    assert wrong == {}
