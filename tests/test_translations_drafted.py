"""What a member types of a translation is kept until it is published."""

import pytest
from sqlalchemy import select

from stories import publishing
from stories.models import TranslationDraft
from stories.models.codes import Visibility
from stories.translating import drafting
from tests.people import an_entry
from tests.tongues import ITALIAN, source, translated
from web import limits
from web.limits import HALF_A_DAY


@pytest.fixture
def there(story):
    return f"/en/translate/story/{story.id}"


@pytest.fixture
def browser(browser_of, cy):
    return browser_of(cy)


def drafts(db):
    db.rollback()
    return db.scalars(select(TranslationDraft)).all()


def test_what_is_typed_is_saved_by_itself(browser, db, cy, there):
    typed = {"title": "Il boll", "language": "it", "version": 0}
    first = browser.post(f"{there}/saved", data=typed)
    second = browser.post(
        f"{there}/saved", data={**typed, "title": "Il bollitore", "version": 1}
    )

    assert (first.json["version"], second.json["version"]) == (1, 2)
    (draft,) = drafts(db)
    assert (draft.member_id, draft.fields["title"]) == (cy.id, "Il bollitore")


def test_it_stands_in_the_form_again(browser, there):
    browser.post(f"{there}/saved", data={"title": "Il boll", "text": "Ho pag"})

    text = browser.get(there).text

    assert 'value="Il boll"' in text
    assert "Ho pag</textarea>" in text
    assert 'name="version" value="1"' in text


def test_it_is_listed_among_ones_drafts(browser, there):
    browser.post(f"{there}/saved", data={"title": "Il boll"})

    text = browser.get("/en/drafts").text

    assert f'href="{there}"' in text
    assert "Il boll" in text


def test_nobody_else_sees_it(browser, browser_of, bob, client, there):
    browser.post(f"{there}/saved", data={"title": "Il boll"})
    other = browser_of(bob)

    assert "Il boll" not in other.get(there).text
    assert "Il boll" not in other.get("/en/drafts").text
    assert client.post(f"{there}/saved", data={"title": "x"}).status_code in (303, 401)


def test_another_tab_overwrites_nothing(browser, db, there):
    browser.post(f"{there}/saved", data={"title": "One", "version": 0})
    browser.post(f"{there}/saved", data={"title": "Two", "version": 1})

    late = browser.post(f"{there}/saved", data={"title": "Old", "version": 1})
    shown = browser.post(there, data={**ITALIAN, "version": 1})

    assert (late.status_code, shown.status_code) == (409, 409)
    assert "Ho pagato a maggio." in shown.text
    (draft,) = drafts(db)
    assert draft.fields["title"] == "Two"


def test_a_button_saves_it_where_no_script_does(browser, db, there):
    answer = browser.post(there, data={"title": "Il boll", "do": "save"})

    assert (answer.status_code, answer.location) == (303, f"{there}#saved")
    assert len(drafts(db)) == 1


def test_it_goes_when_it_is_published(browser, db, there):
    browser.post(f"{there}/saved", data={"title": "Il boll"})

    answer = browser.post(there, data={**ITALIAN, "version": 1})

    assert answer.status_code == 303
    assert drafts(db) == []


def test_what_is_refused_is_kept(browser, db, there):
    answer = browser.post(there, data={**ITALIAN, "title": ""})

    assert answer.status_code == 422
    (draft,) = drafts(db)
    assert draft.fields["text"] == ITALIAN["text"]


def test_who_was_signed_out_sends_it_again(client, browser, db, there):
    answer = client.post(there, data=ITALIAN)

    assert answer.status_code == 401
    assert "Ho pagato a maggio." in answer.text
    assert 'name="language" value="it"' in answer.text
    assert drafts(db) == []


def test_it_is_thrown_away(browser, db, story, there):
    browser.post(f"{there}/saved", data={"title": "Il boll"})

    answer = browser.post(f"/en/translations/drafts/story/{story.id}")

    assert answer.status_code == 303
    assert drafts(db) == []


def test_what_is_changed_is_kept_too(browser, db, cy, story):
    made = translated(db, cy, story)
    there = f"/en/translations/{made.id}/change"
    browser.post(f"{there}/saved", data={**ITALIAN, "text": "Nuovo.", "why": "Meglio"})
    text = browser.get(there).text

    browser.post(there, data={**ITALIAN, "text": "Nuovo.", "version": 1})

    assert "Nuovo.</textarea>" in text
    assert 'value="Meglio"' in text
    assert drafts(db) == []
    db.refresh(made)
    assert made.text == "Nuovo."


def test_what_changed_since_it_was_begun_is_shown(browser, db, ada, story, there):
    browser.post(f"{there}/saved", data={**ITALIAN, "source_revision": 1})
    names = [{"name": "Mario Rossi", "role": "somebody"}]
    publishing.amend(db, ada, story, an_entry(text="Mario Rossi is late."))
    publishing.amend(db, ada, story, an_entry(text="It is late.", names=names))
    db.commit()

    text = browser.get(there).text

    assert "What changed in the original since" in text
    assert "Names of people were taken out of the original." in text
    assert 'name="source_revision" value="3"' in text


def test_what_was_taken_back_meanwhile_leaves_what_was_typed(browser, db, story, there):
    browser.post(f"{there}/saved", data=ITALIAN)
    story.visibility = Visibility.HIDDEN
    db.commit()

    shown = browser.get(there)
    saved = browser.post(f"{there}/saved", data={**ITALIAN, "version": 1})

    assert shown.status_code == 404
    assert "Ho pagato a maggio." in shown.text
    assert saved.status_code == 200


def test_a_translation_withdrawn_takes_its_draft_along(browser, db, cy, story):
    made = translated(db, cy, story)
    browser.post(f"/en/translations/{made.id}/change/saved", data=ITALIAN)

    seen = {"do": "withdraw"}
    browser.post(f"/en/translations/{made.id}", data=seen)

    assert drafts(db) == []


def test_one_member_has_so_many_and_no_more(db, cy, story, monkeypatch):
    monkeypatch.setattr(drafting, "MOST_DRAFTS", 0)

    with pytest.raises(drafting.Invalid):
        drafting.save(db, cy, drafting.of(source(db, story)), {}, 0)


def test_a_network_is_counted_for_half_a_day_at_most():
    every = [each for table in limits.TABLE.values() for each in table]

    assert max(each.within for each in every if each.per != "member") <= HALF_A_DAY


@pytest.mark.parametrize("name", ["translate", "machine"])
def test_translations_are_limited_by_the_hour_and_by_the_day(name):
    times = {each.within for each in limits.TABLE[name] if each.per == "member"}

    assert times == {limits.HOUR, limits.DAY}
