"""The five scenarios can be entered, published and recalled with all their facts."""

from collections.abc import Callable

import pytest

from stories import publishing, updating
from stories.entries.story import StoryEntry
from stories.languages import detect
from stories.models.codes import MentionRole, Precision
from tests import scenarios

FIVE = [
    scenarios.licence_certificate,
    scenarios.melted_boombox,
    scenarios.itunes_by_mail,
    scenarios.repair_programme,
    scenarios.kit_mai_arrivato,
]


@pytest.mark.parametrize("scenario", FIVE)
def test_every_fact_of_a_scenario_is_recalled(
    db, ada, scenario: Callable[[], StoryEntry]
):
    entry = scenario()

    recalled = publishing.entry_of(db, publishing.publish(db, ada, entry))

    for name in type(entry).model_fields:
        if name not in ("mentions", "series", "names", "letters", "quotations", "text"):
            assert getattr(recalled, name) == getattr(entry, name), name
    assert [(each.company, each.role, each.products) for each in recalled.mentions] == [
        (each.company, each.role, sorted(each.products)) for each in entry.mentions
    ]
    assert recalled.series.part == entry.series.part
    assert len(recalled.letters) == len(entry.letters)


@pytest.mark.parametrize("scenario", FIVE)
def test_the_language_of_a_scenario_is_guessed(scenario: Callable[[], StoryEntry]):
    entry = scenario()

    assert detect(entry.text).tag == entry.language


def test_the_named_employee_of_the_boom_box_is_masked(db, ada):
    story = publishing.publish(db, ada, scenarios.melted_boombox())

    assert "Quillfeather" not in story.text
    assert "it was with the supervisor of the social media team." in story.text


def test_only_the_subject_of_the_praise_is_a_case(db, ada):
    story = publishing.publish(db, ada, scenarios.itunes_by_mail())

    mentions = publishing.entry_of(db, story).mentions
    subjects = [each for each in mentions if each.role == MentionRole.SUBJECT]
    assert [each.company for each in subjects] == ["Apple"]


def test_the_kit_has_an_update_of_16_march_2010(db, ada):
    story = publishing.publish(db, ada, scenarios.kit_mai_arrivato())

    update = updating.add_update(db, ada, story, scenarios.kit_update())

    assert (update.happened_at.isoformat()[:10], update.happened_precision) == (
        "2010-03-16",
        Precision.DAY,
    )
