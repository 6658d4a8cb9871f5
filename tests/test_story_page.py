"""A story's page, as readers see it."""

import pytest

from tests.lives import a_whole_life
from tests.reading_eyes import missing_from

LIFE = (
    "Written on behalf of somebody else",
    "Happened: 20 January 2026",
    "Part 2 of “My kettle saga”",
    "on my old blog",
    "2 calls, 2 hours and 3 people",
    "after 4 hours",
    "The company called",
    "4 hours later",
    "Letter from Customer care",
    "Stay away",
    "Friendly voice",
    "€1,234.50",
    "US$94.00 instead of US$220.00 · Refused",
    "Call back within 3 hours The company · Kept",
    "My money back",
    "A voucher",
    "1 of 10",
    "Would the author buy there again? Never",
    "Answered after 3 days",
    "Waiting for the company, since 21 March 2026",
    "Answered within a day.",
    "Team Care",
    "Verified by an e-mail address of the company on 21 November 2025",
    "Sorry is not a kettle.",
    "They called again.",
    "Offer refused",
    "Updated on 10 March 2026",
    "Same here.",
    "Guest",
    "CC BY-SA 4.0",
    "I sell kettles myself.",
)


@pytest.fixture
def life(db, ada, kettles):
    return a_whole_life(db, ada, kettles)


def test_a_reader_sees_the_whole_life_of_a_story(client, life):
    page = client.get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, *LIFE)
