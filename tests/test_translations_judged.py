"""Translations that are judged, refused, or looked through first, page by page."""

import pytest

from stories import history, publishing, responding, translating, updating
from stories.entries.story import UpdateEntry
from stories.models.codes import Visibility
from stories.responding import ResponseEntry
from tests.people import an_entry
from tests.tongues import ITALIAN, in_italian, translated


@pytest.mark.parametrize("seen", [{}, {"wording": 1, "original": 1}])
def test_what_was_changed_since_the_page_was_opened_is_not_accepted(
    browser_of, db, ada, cy, italian, seen
):
    translating.amend(db, cy, italian, in_italian(text="Altro."))
    db.commit()

    there = f"/en/translations/{italian.id}"
    answer = browser_of(ada).post(there, data={"do": "accept", **seen})

    assert answer.status_code == 422
    assert "was changed since you opened the page" in answer.text
    assert italian.accepted_at is None


def test_whoever_judges_sees_what_they_judge(browser_of, ada, italian):
    text = browser_of(ada).get(f"/en/translations/{italian.id}").text

    assert 'name="wording" value="1"' in text
    assert "I paid in May" in text
    assert "Ho pagato a maggio" in text


def imported(db, story, licence):
    story.origin, story.source_licence = "imported", licence
    db.commit()


@pytest.mark.parametrize(
    "licence", ["all rights reserved", "CC BY-ND 4.0", "CC BY-NC-SA 4.0", "cc-by-nc"]
)
def test_what_its_licence_forbids_is_refused_before_anybody_writes(
    browser_of, db, cy, story, licence
):
    imported(db, story, licence)

    answer = browser_of(cy).get(f"/en/translate/story/{story.id}")

    assert answer.status_code == 403
    assert "allows no translation" in answer.text


def test_what_is_refused_keeps_what_was_typed(browser_of, db, cy, story):
    imported(db, story, "all rights reserved")

    answer = browser_of(cy).post(f"/en/translate/story/{story.id}", data=ITALIAN)

    assert answer.status_code == 422
    assert "allows no translation" in answer.text
    assert "Ho pagato a maggio." in answer.text


def test_what_is_there_no_longer_leaves_what_was_typed(browser_of, db, cy, story):
    story.visibility = Visibility.HIDDEN
    db.commit()

    answer = browser_of(cy).post(f"/en/translate/story/{story.id}", data=ITALIAN)

    assert answer.status_code == 404
    assert "Ho pagato a maggio." in answer.text


@pytest.fixture
def held(db, ada, cy, acme):
    """Cy's translation of what named somebody, kept from readers."""
    story = publishing.publish(db, ada, an_entry(text="Mario Rossi said no."))
    made = translated(db, cy, story, text="Disse di no.")
    names = [{"name": "Mario Rossi", "role": "somebody"}]
    entry = an_entry(text="Mario Rossi said no.", names=names)
    publishing.amend(db, ada, story, entry)
    db.commit()
    return made


def test_what_is_kept_back_is_not_there_for_readers(client, browser_of, bob, held):
    slugged = f"/en/stories/{held.story_id}-il-bollitore-mai-arrivato/in/it"

    assert client.get(slugged).status_code == 404
    assert browser_of(bob).get(f"/en/translations/{held.id}").status_code == 404


def test_its_translator_reads_why_and_confirms_it(browser_of, db, cy, held):
    browser, there = browser_of(cy), f"/en/translations/{held.id}"
    text = browser.get(there).text
    seen = {"wording": 1, "original": 1}

    answer = browser.post(there, data={"do": "confirm", **seen})

    assert "Names of people were taken out of the original." in text
    assert "Disse di no." in text
    assert answer.status_code == 303
    db.refresh(held)
    assert held.visibility == Visibility.PUBLIC


def test_staff_come_to_it_from_what_is_reported(browser_of, staff, held):
    browser = browser_of(staff)

    queue = browser.get("/en/moderation").text
    reported = browser.get(f"/en/moderation/texts/translation/{held.id}").text

    assert f"/en/moderation/texts/translation/{held.id}" in queue
    assert f"/en/translations/{held.id}" in reported


@pytest.fixture
def update(db, ada, cy, story):
    """An update, which alone Cy has translated."""
    made = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()
    translated(db, cy, made, text="È arrivato.")
    return made


def test_a_page_of_which_little_is_translated_is_found_by_its_original(
    client, story, update
):
    slug = f"{story.id}-the-kettle-that-never-came"
    original = client.get(f"/en/stories/{slug}").text
    text = client.get(f"/en/stories/{slug}/in/it").text

    assert "È arrivato." in text
    assert '<meta name="robots" content="noindex">' in text
    assert 'rel="canonical"' not in text
    assert '<link rel="alternate" hreflang' not in text
    assert '/in/it" rel="nofollow"' in original
    assert 'hreflang="it"><bdi' not in original


def test_nobody_is_credited_for_what_the_company_said_itself(
    client, db, bob, cy, acme, story, italian
):
    entry = ResponseEntry(kind="apologise", text="We are sorry.", language="en")
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()
    translated(db, cy, answer, text="Siamo tristi.")
    answer.also_language, answer.also_html = "it", "<p>Ci dispiace.</p>"
    history.touch(db, story)
    db.commit()

    slug = f"{story.id}-il-bollitore-mai-arrivato"
    text = client.get(f"/en/stories/{slug}/in/it").text

    assert "Ci dispiace." in text
    assert "Siamo tristi." not in text
    assert text.count("Translated from English by") == 1


def test_a_story_that_must_not_be_translated_does_not_ask_for_it(client, db, story):
    there = f"/en/stories/{story.id}-the-kettle-that-never-came"
    free = client.get(there).text
    imported(db, story, "CC BY-ND 4.0")
    history.touch(db, story)
    db.commit()

    assert f"/en/translate/story/{story.id}" in free
    assert f"/en/translate/story/{story.id}" not in client.get(there).text
