"""A story on paper, as Chromium prints it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.lives import a_whole_life


@pytest.fixture
def printed(site, page, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)
    page.goto(f"{site.address}/en/stories/{story.id}")
    return PdfReader(BytesIO(page.pdf(format="A4")))


def test_the_story_and_all_that_followed_stand_on_paper(printed, site):
    words = " ".join("\n".join(each.extract_text() for each in printed.pages).split())

    for told in (
        "A kettle that never came",
        "First I called.",
        "Kettles & Co",
        "1,234.50",  # facts that fold on a screen
        "How it went",
        "They called again.",
        "We are sorry.",
        "Sorry is not a kettle.",
        "Offer refused",
        "Same here.",
        f"{site.address}/en/stories/1-a-kettle-that-never-came",
        f"1 / {len(printed.pages)}",
    ):
        assert told in words, told


def test_what_can_only_be_pressed_does_not(printed):
    words = " ".join(each.extract_text() for each in printed.pages)

    for control in ("Sign in", "Tell your story", "Report", "Search", "Privacy"):
        assert control not in words, control


def test_it_is_a_few_sheets_without_an_empty_one(printed):
    assert 1 <= len(printed.pages) <= 5
    for sheet in printed.pages:
        assert len(sheet.extract_text().split()) > 5
