"""Translating and reading in other languages, as people do it in a browser."""

import pytest
from playwright.sync_api import expect

from stories import publishing
from tests.people import an_entry
from tests.test_barriers import AXE, look
from tests.tongues import ITALIAN, translated

ARABIC = {
    "title": "إبريق لم يصل",
    "text": "دفعت في أيار ولم يصل شيء.",
    "language": "ar",
}


@pytest.fixture
def phone_of(page_of):
    """A browser on a phone that runs no scripts, a member's or anybody's."""
    width = {"width": 360, "height": 740}

    def make(member=None):
        return page_of(member, java_script_enabled=False, viewport=width)

    return make


def test_a_reader_goes_to_a_translation_and_back(phone_of, db, cy, story):
    translated(db, cy, story)
    page = phone_of()

    page.goto(f"/en/stories/{story.id}")
    page.get_by_role("link", name="Italiano").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ITALIAN["title"])
    page.get_by_role("link", name="English (original)").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(story.title)


def test_a_member_translates_a_story_on_a_phone_without_scripts(phone_of, cy, story):
    page = phone_of(cy)

    page.goto(f"/en/stories/{story.id}")
    page.locator("p.read-in").get_by_role("link", name="Translate it").click()
    page.get_by_label("Language that you translate into").select_option("it")
    page.get_by_label("Text", exact=True).fill(ITALIAN["text"])
    page.get_by_label("Title", exact=True).fill(ITALIAN["title"])
    page.get_by_role("button", name="Publish the translation").click()

    expect(
        page.get_by_text("Thank you: your translation is published.")
    ).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(ITALIAN["title"])


def test_what_is_typed_comes_back_after_the_page_is_left(page_of, cy, story):
    page = page_of(cy)

    page.goto(f"/en/translate/story/{story.id}")
    page.get_by_label("Language that you translate into").select_option("it")
    page.get_by_label("Text", exact=True).fill(ITALIAN["text"])
    expect(page.locator("#saved")).to_have_text("Saved.")
    page.evaluate("localStorage.clear()")
    page.goto("/en/drafts")
    page.get_by_role("link", name=story.title).click()

    expect(page.get_by_label("Text", exact=True)).to_have_value(ITALIAN["text"])


def test_its_pages_have_no_barriers_in_either_direction(page_of, db, ada, cy, story):
    if not AXE.exists():
        pytest.skip("left out: axe-core (npm ci) is not here")
    made = translated(db, cy, story, **ARABIC)
    publishing.amend(db, ada, story, an_entry(text="Another."))
    db.commit()
    page = page_of(cy, bypass_csp=True)
    page.add_init_script(AXE.read_text(encoding="utf-8"))

    wrong = {}
    for lang in ("en", "ar"):
        for path in (
            f"stories/{story.id}-x/in/ar",
            f"translations/{made.id}",
            f"translations/{made.id}/change",
            f"translate/story/{story.id}",
        ):
            if found := look(page, f"/{lang}/{path}"):
                wrong[lang, path] = found

    assert wrong == {}
