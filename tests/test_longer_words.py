"""Words that are two fifths longer than in English fit on a phone, in a browser."""

import re
import sys
from functools import lru_cache
from math import ceil

import pytest
from babel.support import NullTranslations

from stories import outbox
from tests.lives import a_whole_life
from tests.people import a_voice
from web import i18n
from web.finding import index

PHONE = {"width": 360, "height": 740}
LONGER = 0.4
TAG = "pl"
"""The language in whose place the longer words stand."""

KEPT = re.compile(
    r"(%\(\w+\)[a-z]|\{\w+\}|<[^>]+>|&\w+;|https?://\S+|\]\([^)]*\)|[\w.]+@[\w.]+)"
)
KEPT_BY = type(lru_cache(len))
WORD = re.compile(r"[A-Za-z’]+")
OPEN = (
    "() => document.querySelectorAll('main details').forEach(e => { e.open = true; })"
)
LOST = """() => {
  const wide = document.documentElement.clientWidth;
  const aside = ".skip, .unseen, .unseen-tight, .scrolls *, .prose table *, .menu *";
  const lost = [...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility() && !e.matches(aside) && !e.closest("svg, .unseen"))
    .filter(e => { const box = e.getBoundingClientRect();
      return box.width && (box.left < -1 || box.right > wide + 1); })
    .map(e => `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`);
  const more = document.documentElement.scrollWidth - innerWidth;
  return more > 0 ? [`${more} pixels too wide`, ...lost] : lost;
}"""
EVERYBODY = [
    "",
    "stories",
    "stories/{story}",
    "stories/{story}/comment",
    "stories/{story}/revisions",
    "companies",
    "companies/{company}",
    "companies/{company}/claim",
    "companies/{company}/repeats",
    "compare?company={company}",
    "figures",
    "log",
    "nothing-here",
    "register",
    "search?q=kettle",
    "search?q=nobody-says-this",
    "sign-in",
    "write",
]
AUTHOR = [
    "account",
    "account/leave",
    "drafts",
    "flag/story/{story}",
    "follows",
    "searches",
    "stories/{story}",
    "stories/{story}/amend",
    "stories/{story}/more",
    "stories/{story}/outcome",
    "stories/{story}/update",
]
VOICE = [
    "companies/{company}/team",
    "desk",
    "desk/hooks?company={company}",
    "desk/letters?company={company}",
    "desk/months?company={company}",
    "desk/stories/{story}?company={company}",
    "desk/templates?company={company}",
    "stories/{story}/respond?company={company}",
]
STAFF = [
    "moderation",
    "moderation/companies",
    "moderation/members/ada",
    "moderation/roles",
    "moderation/warnings",
]


class Longer(NullTranslations):
    """A catalogue that says everything in English, in longer words."""

    def gettext(self, message):
        return longer(message)

    def ngettext(self, one, many, n):
        return longer(one if n == 1 else many)

    def pgettext(self, context, message):
        return longer(message)

    def npgettext(self, context, one, many, n):
        return longer(one if n == 1 else many)


def longer(message):
    """With every word two fifths longer, and all else as it is.

    >>> longer("Keep %(n)s stories")
    'Keepéé %(n)s storiesééé'
    """
    parts = KEPT.split(message)
    return "".join(
        part if number % 2 else WORD.sub(_stretched, part)
        for number, part in enumerate(parts)
    )


def _stretched(word):
    return word[0] + "é" * ceil(len(word[0]) * LONGER)


@pytest.fixture
def longer_words(monkeypatch):
    """`TAG` is spoken in longer words; nothing that is kept of them stays."""
    forget()
    monkeypatch.setattr(i18n, "_catalogue", lambda _tag: Longer())
    yield
    forget()


def forget():
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "web":
            for each in list(vars(module).values()):
                if type(each) is KEPT_BY:
                    each.cache_clear()


@pytest.fixture
def story(site, db, ada, bob, kettles):
    """A story with all that can belong to one, and who speaks for its company."""
    found = a_whole_life(db, ada, kettles)
    a_voice(db, bob, kettles)
    outbox.index(db, found.id)
    db.commit()
    site.catch_up()
    yield found
    with site.app.app_context():
        index().close()


@pytest.mark.parametrize("who", ["everybody", "author", "voice", "staff"])
def test_longer_words_fit_on_a_phone(
    story, ada, bob, staff, kettles, page_of, longer_words, who
):
    looking = {
        "everybody": (None, EVERYBODY),
        "author": (ada, AUTHOR),
        "voice": (bob, VOICE),
        "staff": (staff, STAFF),
    }
    member, pages = looking[who]
    page = page_of(member, viewport=PHONE)

    lost = {}
    for each in pages:
        address = f"/{TAG}/{each.format(story=story.id, company=kettles.id)}"
        page.goto(address)
        page.evaluate(OPEN)
        if found := page.evaluate(LOST):
            lost[address] = found[:5]

    assert lost == {}
    assert "éé" in page.inner_text("main")
