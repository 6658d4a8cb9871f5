"""Translated stories in lists, searches, feeds, sitemaps and the API."""

import re
from xml.etree import ElementTree as ET

import pytest

from stories import moderating, updating
from stories.entries.judging import RulingEntry
from stories.entries.story import UpdateEntry
from stories.models.codes import Target
from stories.reading.listing import cards
from tests.tongues import translated
from web import worker
from web.finding import index

WHY = RulingEntry(reason="not_genuine", words="It says something else.")
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def italian(app, db, cy, story):
    """Cy's translation of it, in the index."""
    made = translated(db, cy, story)
    worker.drain(app)
    yield made
    with app.app_context():
        index().close()


def titles(page):
    found = re.findall(r"<h[23]><a href=\"([^\"]+)\"[^>]*>([^<]+)</a>", page.text)
    return [title for _, title in found]


def test_a_reader_of_the_other_language_finds_it(client, story, italian):
    found = client.get("/it/search?q=bollitori")

    assert titles(found) == ["Il bollitore mai arrivato"]
    assert "/in/it" in found.text
    assert "<mark>bollitore</mark>" in found.text
    assert "Cy" in found.text


def test_who_finds_it_in_the_original_is_led_there(client, story, italian):
    found = client.get("/en/search?q=kettles")

    assert titles(found) == ["The kettle that never came"]


def test_words_of_both_languages_find_it_once(client, story, italian):
    assert titles(client.get("/en/search?q=bollitore")) == [
        "The kettle that never came"
    ]


def test_who_reads_only_the_other_language_finds_it(browser_of, db, bob, italian):
    bob.reads = ["it"]
    browser = browser_of(bob)

    assert titles(browser.get("/it/search?q=bollitore")) == [
        "Il bollitore mai arrivato"
    ]


def test_updates_are_found_in_the_other_language(app, client, db, ada, cy, story):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()
    translated(db, cy, update, text="È arrivato un pacchetto.")
    worker.drain(app)

    assert titles(client.get("/it/search?q=pacchetti"))
    with app.app_context():
        index().close()


def test_what_is_hidden_is_not_found(app, client, db, staff, italian):
    moderating.hide(db, staff, Target.TRANSLATION, italian.id, WHY)
    db.commit()
    worker.drain(app)

    assert titles(client.get("/it/search?q=bollitore")) == []


@pytest.mark.parametrize("page", ["stories", "companies/1-acme", "members/ada", ""])
def test_lists_show_it_in_the_readers_language(client, story, italian, page):
    assert "Il bollitore mai arrivato" in titles(client.get(f"/it/{page}"))
    assert "The kettle that never came" in titles(client.get(f"/en/{page}"))


def test_cards_are_asked_for_at_once(statements, db, cy, story, italian):
    translated(db, cy, story, language="de", title="Der Kessel", text="Im Mai.")
    statements.clear()

    found = cards(db, [story.id])

    assert len(statements) == 1
    assert [each.row.language for each in found[0].told] == ["de", "it"]


def test_a_feed_in_the_other_language_has_it(client, story, italian):
    feed = ET.fromstring(client.get("/it/stories.atom").text)
    entry = feed.find(f"{ATOM}entry")

    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "it"
    assert entry.findtext(f"{ATOM}title") == "Il bollitore mai arrivato"
    assert entry.findtext(f"{ATOM}contributor/{ATOM}name") == "Cy"
    assert f"translation/{italian.id}" in entry.findtext(f"{ATOM}id")


def test_a_feed_in_its_own_language_has_the_original(client, story, italian):
    items = client.get("/en/stories.json").json["items"]

    assert [each["title"] for each in items] == ["The kettle that never came"]


def test_a_feed_narrowed_to_a_language_has_it_in_that_language(client, story, italian):
    items = client.get("/de/stories.json?language=it").json["items"]

    assert [each["title"] for each in items] == ["Il bollitore mai arrivato"]


def test_a_feed_of_all_languages_keeps_to_its_own(client, story, italian):
    items = client.get("/de/stories.json?language=*").json["items"]

    assert [each["title"] for each in items] == ["The kettle that never came"]


def test_what_is_new_about_a_story_is_its_translation_too(client, story, italian):
    items = client.get(f"/en/stories/{story.id}.json").json["items"]

    assert {each["language"] for each in items} == {"en", "it"}


def test_a_sitemap_has_it_by_its_canonical_address(client, story, italian):
    text = client.get("/sitemap-stories-1.xml").text

    there = f"/it/stories/{story.id}-il-bollitore-mai-arrivato/in/it"
    assert text.count(f"{there}</loc>") == 1
    assert text.count("<loc>") == 2


def test_the_api_tells_of_it(client, story, italian):
    told = client.get(f"/api/v1/stories/{story.id}").json["translations"]

    assert [each["language"] for each in told] == ["it"]
    assert told[0]["translator"] == "Cy"
    assert told[0]["out_of_date"] is False
    assert told[0]["address"].endswith("il-bollitore-mai-arrivato/in/it")


def test_who_reads_only_the_other_language_sees_it_in_lists(
    browser_of, db, bob, story, italian
):
    bob.reads = ["it"]
    browser = browser_of(bob)

    assert titles(browser.get("/it/stories")) == ["Il bollitore mai arrivato"]
    assert titles(browser.get("/en/stories")) == ["The kettle that never came"]


def test_a_list_in_one_language_has_what_is_translated_into_it(client, story, italian):
    assert titles(client.get("/de/stories?language=it")) == [
        "Il bollitore mai arrivato"
    ]
    assert titles(client.get("/de/stories?language=fr")) == []


def test_who_reads_both_languages_reads_the_original(
    browser_of, db, bob, story, italian
):
    bob.reads = ["en", "it"]

    assert titles(browser_of(bob).get("/it/stories")) == ["The kettle that never came"]
