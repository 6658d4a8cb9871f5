"""What readings load, and in how many statements."""

from decimal import Decimal

from stories.reading import story as story_reading
from tests.lives import a_whole_life


def test_a_story_and_all_its_parts_take_one_statement(db, ada, kettles, statements):
    story = a_whole_life(db, ada, kettles)
    db.expunge_all()
    statements.clear()

    page = story_reading.page(db, story.id, None)

    assert len(statements) == 1
    assert [step.what for step in page.steps] == [
        "contact",
        "contact",
        "offer",
        "event",
        "event",
        "response",
        "rejoinder",
        "update",
        "event",
    ]
    assert page.story.amounts[0].value == Decimal("1234.5")
