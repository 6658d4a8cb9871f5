"""Translated stories as they are read, and the pages on which they are made."""

import json
import re

import pytest

from stories import moderating, publishing, responding, translating, updating
from stories.entries.story import UpdateEntry
from stories.models.codes import Target, Visibility
from stories.responding import ResponseEntry
from tests.people import an_entry
from tests.tongues import (
    ITALIAN,
    WHY,
    accepted,
    in_italian,
    reviewed,
    reworded,
    translated,
)


def page(client, story, lang="en", tag="it", **more):
    address = f"/{lang}/stories/{story.id}-il-bollitore-mai-arrivato/in/{tag}"
    return client.get(address, **more)


def test_a_translated_story_is_read_at_its_own_address(client, story, italian):
    answer = page(client, story)

    assert answer.status_code == 200
    assert '<h1 lang="it" dir="ltr">Il bollitore mai arrivato</h1>' in answer.text
    assert "Translated from English by" in answer.text
    assert "Not reviewed yet" in answer.text


def test_another_slug_leads_to_the_right_one(client, story, italian):
    answer = client.get(f"/en/stories/{story.id}-x/in/it")

    assert answer.status_code == 301
    there = f"/en/stories/{story.id}-il-bollitore-mai-arrivato/in/it"
    assert answer.location == there


def test_its_canonical_speaks_its_language(client, story, italian):
    text = page(client, story).text

    there = f"/it/stories/{story.id}-il-bollitore-mai-arrivato/in/it"
    assert re.search(f'rel="canonical" href="[^"]*{there}"', text)
    assert 'hreflang="x-default"' in text


def test_original_and_translation_lead_to_each_other(client, story, italian):
    original = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came").text
    told = page(client, story).text

    assert f'href="/en/stories/{story.id}-il-bollitore-mai-arrivato/in/it"' in original
    assert f'href="/en/stories/{story.id}-the-kettle-that-never-came"' in told


def linked(text):
    return json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])


def test_programs_read_what_is_a_translation_of_what(client, cy, story, italian):
    told = linked(page(client, story).text)
    original = linked(
        client.get(f"/en/stories/{story.id}-the-kettle-that-never-came").text
    )

    assert told["inLanguage"] == "it"
    assert told["translator"]["name"] == "Cy"
    assert told["translationOfWork"]["@id"] == original["@id"]
    assert [each["@id"] for each in original["workTranslation"]] == [told["@id"]]


def test_nothing_is_translated_into_this_language(client, story, italian):
    assert page(client, story, tag="de").status_code == 404
    assert page(client, story, tag="nonsense").status_code == 404


def test_updates_and_answers_are_read_in_their_place(
    client, db, ada, bob, cy, acme, story, italian
):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    entry = ResponseEntry(kind="apologise", text="We are sorry.", language="en")
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()
    translated(db, cy, update, text="È arrivato.")
    translated(db, cy, answer, text="Ci dispiace.")

    text = page(client, story).text

    assert '<div class="prose" lang="it" dir="ltr"><p>È arrivato.</p>' in text
    assert "Ci dispiace." in text
    assert "We are sorry." not in text
    assert text.count("Translated from English by") == 3


def test_what_is_not_translated_is_read_as_it_is(client, db, ada, story, italian):
    updating.add_update(db, ada, story, UpdateEntry(text="It came.", language="de"))
    db.commit()

    assert (
        '<div class="prose" lang="de" dir="ltr"><p>It came.</p>'
        in page(client, story).text
    )


def test_what_a_company_has_said_in_both_languages_is_read_in_this_one(
    client, db, ada, bob, cy, acme
):
    story = publishing.publish(db, ada, an_entry(language="it"))
    entry = ResponseEntry(
        kind="apologise", text="We are sorry.", language="en", also="Ci dispiace."
    )
    responding.respond(db, bob, story, acme.id, entry)
    update = updating.add_update(db, ada, story, UpdateEntry(text="Kam an."))
    db.commit()
    translated(db, cy, update, language="en", text="It came.")

    text = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came/in/en").text

    assert "It came." in text
    assert "The story itself is not translated yet." in text


def test_readers_see_that_it_is_out_of_date_and_what_changed(
    client, db, ada, story, italian
):
    reworded(db, ada, story)

    assert "Out of date: the original has changed" in page(client, story).text
    about = client.get(f"/en/translations/{italian.id}").text
    assert "What changed in the original since" in about
    assert re.search(r"<del>[^<]*kettle[^<]*</del>", about)
    assert re.search(r"<ins>[^<]*August[^<]*</ins>", about)


def test_readers_see_who_has_looked_at_it(client, db, ada, bob, story, italian):
    bob.reads = ["en", "it"]
    accepted(db, ada, italian)
    reviewed(db, bob, italian)
    db.commit()

    text = page(client, story).text

    assert "Accepted by the author" in text
    assert "who reads both languages" in text


def test_its_earlier_wordings_are_public(client, db, cy, italian):
    entry = in_italian(text="Ho pagato a maggio, e basta.")
    translating.amend(db, cy, italian, entry, "Shorter.")
    db.commit()

    about = client.get(f"/en/translations/{italian.id}")
    number = re.search(rf"/en/translations/{italian.id}/(\d+)", about.text)[1]
    text = client.get(f"/en/translations/{italian.id}/{number}").text

    assert "Shorter." in text
    assert "<del>" in text


@pytest.mark.parametrize("state", ["author_only", "hidden", "tombstone"])
def test_a_translation_goes_where_its_story_goes(client, db, story, italian, state):
    story.visibility = Visibility(state)
    db.commit()

    assert page(client, story).status_code in (404, 410)
    assert client.get(f"/en/translations/{italian.id}").status_code == 404


def test_an_unlisted_story_is_unlisted_in_every_language(client, db, story, italian):
    story.visibility = Visibility.UNLISTED
    db.commit()

    text = page(client, story).text

    assert '<meta name="robots" content="noindex">' in text
    assert "ld+json" not in text


def test_a_hidden_translation_is_read_by_nobody_else(
    client, browser_of, db, staff, cy, bob, story, italian
):
    moderating.hide(db, staff, Target.TRANSLATION, italian.id, WHY)
    db.commit()

    assert page(client, story).status_code == 404
    assert client.get(f"/en/translations/{italian.id}").status_code == 404
    assert browser_of(bob).get(f"/en/translations/{italian.id}").status_code == 404
    own = browser_of(cy).get(f"/en/translations/{italian.id}")
    assert "Staff of this site have hidden this translation." in own.text


def test_a_member_translates_beside_the_original(browser_of, db, cy, story):
    browser = browser_of(cy)

    form = browser.get(f"/en/translate/story/{story.id}?into=it").text
    answer = browser.post(f"/en/translate/story/{story.id}", data=ITALIAN)

    assert "The kettle that never came" in form
    assert '<option value="it" selected>' in form
    assert answer.status_code == 303
    assert answer.location.endswith("il-bollitore-mai-arrivato/in/it")


def test_strangers_sign_in_first(client, story, italian):
    for path in (f"translate/story/{story.id}", f"translations/{italian.id}/change"):
        answer = client.get(f"/en/{path}")
        assert answer.status_code == 303
        assert "/sign-in" in answer.location


def test_what_was_typed_is_kept_where_something_is_missing(browser_of, cy, story):
    typed = {**ITALIAN, "title": ""}

    answer = browser_of(cy).post(f"/en/translate/story/{story.id}", data=typed)

    assert answer.status_code == 422
    assert "Ho pagato a maggio." in answer.text
    assert "Translate the title too." in answer.text


def test_a_language_has_to_be_chosen(browser_of, cy, story):
    typed = {**ITALIAN, "language": ""}

    answer = browser_of(cy).post(f"/en/translate/story/{story.id}", data=typed)

    assert answer.status_code == 422


def test_numbers_of_people_are_asked_about_first(browser_of, cy, story):
    typed = {**ITALIAN, "text": "Chiamate Mario: +39 347 555 0143."}

    answer = browser_of(cy).post(f"/en/translate/story/{story.id}", data=typed)

    assert answer.status_code == 422
    assert 'name="private-0-keep"' in answer.text


def test_the_translator_brings_it_up_to_date(browser_of, db, ada, cy, story, italian):
    reworded(db, ada, story)
    browser = browser_of(cy)

    form = browser.get(f"/en/translations/{italian.id}/change").text
    typed = {**ITALIAN, "text": "Hanno scritto ad agosto.", "source_revision": "2"}
    answer = browser.post(f"/en/translations/{italian.id}/change", data=typed)

    assert "What changed in the original since" in form
    assert answer.status_code == 303
    assert "Out of date" not in page(browser, story).text


def test_others_do_not_change_it(browser_of, bob, italian):
    there, browser = f"/en/translations/{italian.id}/change", browser_of(bob)

    assert browser.get(there).status_code == 404
    assert browser.post(there, data=ITALIAN).status_code == 404


@pytest.mark.parametrize(
    ("who", "deed", "status"),
    [
        ("ada", "accept", 303),
        ("ada", "set_aside", 303),
        ("cy", "withdraw", 303),
        ("bob", "accept", 422),
        ("bob", "set_aside", 422),
        ("bob", "review", 422),
        ("bob", "withdraw", 422),
        ("ada", "nonsense", 404),
    ],
)
def test_each_does_what_is_theirs(browser_of, request, italian, who, deed, status):
    browser = browser_of(request.getfixturevalue(who))

    sent = {"do": deed, "wording": 1, "original": 1}
    answer = browser.post(f"/en/translations/{italian.id}", data=sent)

    assert answer.status_code == status


def test_it_is_reported_and_decided_upon_like_other_texts(browser_of, bob, italian):
    browser = browser_of(bob)

    form = browser.get(f"/en/flag/translation/{italian.id}")
    sent = {"reason": "spam", "words": "It advertises."}
    answer = browser.post(f"/en/flag/translation/{italian.id}", data=sent)

    assert "Ho pagato a maggio." in form.text
    assert answer.status_code == 303


def statements_of(statements, client, story):
    statements.clear()
    assert page(client, story).status_code == 200
    return len(statements)


def test_the_page_asks_as_much_for_one_part_as_for_many(
    client, statements, db, ada, cy, story, italian
):
    few = statements_of(statements, client, story)
    for words in ("Eins.", "Zwei.", "Drei."):
        update = updating.add_update(db, ada, story, UpdateEntry(text=words))
        db.commit()
        translated(db, cy, update, text="Uno.")

    assert statements_of(statements, client, story) == few
