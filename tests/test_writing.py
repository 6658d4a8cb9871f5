"""The editor: drafts, preview, publishing, and what happens when things go wrong."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import companies, publishing
from stories.models import Draft, Revision, Story, now
from tests.people import an_entry

TYPED = {
    "title": "The kettle that never came",
    "text": "I paid in May. In July there was still no kettle.",
    "kind": "complaint",
    "mentions-0-company": "Acme",
    "mentions-0-role": "subject",
    "language": "en",
}


def drafted(client, **more):
    """A draft as a browser saves it; gives its address."""
    answer = client.post("/en/write", data={**TYPED, "do": "save", **more})
    assert answer.status_code == 303
    return answer.location.partition("#")[0]


def test_an_empty_editor_asks_four_things(client):
    page = client.get("/en/write").text

    for name in ("mentions-0-company", "title", "text", "kind"):
        assert f'name="{name}"' in page


def test_a_visitor_may_write_before_registering(client, db):
    address = drafted(client)

    page = client.get(address).text
    assert "The kettle that never came" in page
    assert db.scalars(select(Draft.member_id)).all() == [None]


def test_a_visitor_who_publishes_is_asked_to_register_and_keeps_the_draft(client, db):
    address = drafted(client)

    answer = client.post(address, data={**TYPED, "version": 1, "do": "publish"})

    key = address.rpartition("/")[2]
    assert answer.location.endswith(f"/en/register?draft={key}")
    assert db.scalars(select(Draft.key)).all() == [key]


def test_a_visitors_draft_becomes_the_members_who_opens_it(client, browser_of, db, ada):
    address = drafted(client)

    browser_of(ada).get(address)

    assert db.scalars(select(Draft.member_id)).all() == [ada.id]
    assert client.get(address).status_code == 404


def test_four_answers_are_published(browser_of, db, ada):
    answer = browser_of(ada).post("/en/write", data={**TYPED, "do": "publish"})

    story = db.scalars(select(Story)).one()
    assert answer.status_code == 303
    assert f"/en/stories/{story.id}-" in answer.location
    assert db.scalars(select(Draft)).all() == []


def test_what_is_wrong_is_said_at_the_field_and_what_was_typed_stays(browser_of, ada):
    typed = {**TYPED, "title": "", "contacts-0-channel": "phone"}
    typed["contacts-0-minutes"] = "many"

    answer = browser_of(ada).post("/en/write", data={**typed, "do": "publish"})

    assert answer.status_code == 422
    assert 'id="error-title"' in answer.text
    assert 'id="error-contacts-0-minutes"' in answer.text
    assert 'value="many"' in answer.text
    assert "In July there was still no kettle." in answer.text


def test_messages_come_in_the_language_of_the_page(browser_of, ada):
    answer = browser_of(ada).post("/it/write", data={"do": "publish"})

    assert answer.status_code == 422
    assert 'lang="it"' in answer.text


def test_another_tab_does_not_overwrite_silently(browser_of, db, ada):
    browser = browser_of(ada)
    address = drafted(browser)
    browser.post(address, data={**TYPED, "title": "First tab", "version": 1})

    answer = browser.post(address, data={**TYPED, "title": "Second", "version": 1})

    assert answer.status_code == 409
    assert 'value="Second"' in answer.text
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Draft)).one().fields["title"] == "First tab"


def test_after_the_warning_the_wording_at_hand_can_be_saved(browser_of, db, ada):
    browser = browser_of(ada)
    address = drafted(browser)
    browser.post(address, data={**TYPED, "title": "First tab", "version": 1})

    answer = browser.post(address, data={**TYPED, "title": "Second", "version": 2})

    assert answer.status_code == 303
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Draft)).one().fields["title"] == "Second"


def test_an_expired_sign_in_loses_nothing(client, browser_of, db, ada):
    address = drafted(browser_of(ada))

    answer = client.post(address, data={**TYPED, "title": "Typed since", "version": 1})

    rescued = db.scalars(select(Draft).where(Draft.member_id.is_(None))).one()
    assert rescued.fields["title"] == "Typed since"
    assert "/en/sign-in" in answer.location
    assert rescued.key in answer.location


def test_an_expired_sign_in_makes_no_second_story_of_a_change(
    client, browser_of, db, ada
):
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    browser = browser_of(ada)
    address = browser.get(f"/en/stories/{story.id}/amend").location
    typed = {**TYPED, "title": "Typed since", "version": 1}

    client.post(address, data=typed)  # the same browser, signed out meanwhile
    rescued = db.scalars(select(Draft).where(Draft.member_id.is_(None))).one()
    browser.get(f"/en/drafts/{rescued.key}")
    publish = {**typed, "do": "publish"}
    browser.post(f"/en/drafts/{rescued.key}", data=publish)

    db.rollback()
    db.expire_all()
    assert db.scalars(select(Story.title)).all() == ["Typed since"]
    assert db.scalars(select(Draft)).all() == []


def test_nobody_changes_a_story_by_a_draft_of_it_that_they_found(
    client, browser_of, db, ada, cy
):
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    address = browser_of(ada).get(f"/en/stories/{story.id}/amend").location
    client.post(address, data={**TYPED, "title": "Stolen", "version": 1})
    rescued = db.scalars(select(Draft).where(Draft.member_id.is_(None))).one()

    publish = {**TYPED, "title": "Stolen", "version": 1, "do": "publish"}
    answer = browser_of(cy).post(f"/en/drafts/{rescued.key}", data=publish)

    assert answer.status_code == 403
    db.rollback()
    db.expire_all()
    assert db.scalars(select(Story.title)).all() == [an_entry().title]


def test_the_script_saves_and_hears_the_new_version(client):
    first = client.post("/en/write/saved", data=TYPED)
    again = client.post(
        f"{first.json['address']}/saved", data={**TYPED, "title": "More", "version": 1}
    )
    late = client.post(
        f"{first.json['address']}/saved", data={**TYPED, "title": "Old", "version": 1}
    )

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json["version"] == 2
    assert late.status_code == 409


def test_strangers_do_not_see_a_members_draft(browser_of, ada, bob):
    address = drafted(browser_of(ada))

    answer = browser_of(bob).get(address)

    assert answer.location == "/en/members/bob"


def test_who_goes_back_to_what_is_published_is_told_where_it_is(browser_of, ada):
    browser = browser_of(ada)
    address = drafted(browser)
    browser.post(f"{address}/publish")

    back = browser.get(address, follow_redirects=True).text

    assert "What is published is here." in back
    assert "The kettle that never came" in back


def test_the_preview_shows_the_text_as_it_will_be(browser_of, ada):
    browser = browser_of(ada)
    answer = browser.post(
        "/en/write", data={**TYPED, "text": "It is **late**.", "do": "preview"}
    )

    assert "<strong>late</strong>" in browser.get(answer.location).text


def test_a_row_is_taken_away_without_script(browser_of, db, ada):
    browser = browser_of(ada)
    rows = {"promises-0-what": "Tomorrow", "promises-1-what": "Next week"}
    address = drafted(browser, **rows)

    browser.post(address, data={**TYPED, **rows, "version": 1, "remove": "promises-0"})

    db.rollback()
    db.expire_all()
    assert db.scalars(select(Draft)).one().fields["promises"] == [{"what": "Next week"}]


def test_a_name_of_several_companies_is_asked_about(browser_of, db, ada):
    companies.add(db, "Acme", country="US")
    companies.add(db, "Acme", country="DE", domain="acme.example")
    db.commit()

    answer = browser_of(ada).post("/en/write", data={**TYPED, "do": "publish"})

    assert answer.status_code == 422
    assert answer.text.count('type="radio" name="mentions-0-company_id"') == 2


def test_the_language_is_guessed_from_the_text(client):
    text = "Ho pagato a maggio e in luglio il bollitore non era ancora arrivato."

    answer = client.post("/it/write/language", data={"text": text})

    assert answer.json == {"language": "it"}


def test_a_published_story_is_changed_in_the_same_editor(browser_of, db, ada):
    story = publishing.publish(db, ada, an_entry())
    db.commit()
    browser = browser_of(ada)

    draft = browser.get(f"/en/stories/{story.id}/amend").location
    page = browser.get(draft).text
    answer = browser.post(
        draft,
        data={
            **TYPED,
            "text": "It came.",
            "why": "It came",
            "version": 1,
            "do": "publish",
        },
    )

    assert "The kettle that never came" in page
    assert answer.status_code == 303
    kept = select(Revision.why).where(Revision.target == "story").order_by(Revision.id)
    assert db.scalars(kept).all() == ["", "It came"]


def test_strangers_do_not_change_a_story(browser_of, db, ada, bob):
    story = publishing.publish(db, ada, an_entry())
    db.commit()

    assert browser_of(bob).get(f"/en/stories/{story.id}/amend").status_code == 403


def test_a_draft_is_thrown_away(browser_of, db, ada):
    browser = browser_of(ada)
    address = drafted(browser)

    browser.post(f"{address}/discard")

    assert db.scalars(select(Draft)).all() == []


def test_numbers_and_dates_are_understood_in_the_readers_language(browser_of, db, ada):
    money = {
        "amounts-0-role": "paid",
        "amounts-0-value": "1.250,50",
        "amounts-0-currency": "eur",
        "happened-year": "2009",
        "happened-month": "10",
    }

    browser_of(ada).post("/it/write", data={**TYPED, **money, "do": "publish"})

    story = db.scalars(select(Story)).one()
    fields = publishing.fields_of(db, story)
    assert fields["amounts"][0]["value"] == "1250.5"
    assert story.happened_precision == "month"


@pytest.mark.parametrize("deed", ["save", "publish", "preview", "nonsense"])
def test_nothing_at_all_breaks_nothing(browser_of, ada, deed):
    answer = browser_of(ada).post("/en/write", data={"do": deed}, follow_redirects=True)

    assert answer.status_code in (200, 422)


def test_what_the_preview_shows_is_published_from_there(browser_of, db, ada):
    browser = browser_of(ada)
    address = drafted(browser)

    page = browser.get(f"{address}/preview").text
    answer = browser.post(f"{address}/publish", follow_redirects=True)

    assert f'action="{address}/publish"' in page
    assert "Your story is published" in answer.text
    assert db.scalars(select(Story.visibility)).all() == ["public"]


def test_what_is_wrong_is_told_with_the_name_of_its_field(browser_of, ada):
    typed = {"contacts-0-channel": "phone", "contacts-0-minutes": "half an hour"}
    typed |= {"contacts-1-channel": "fax", "contacts-1-when-year": "26"}

    page = (
        browser_of(ada).post("/en/write", data={**TYPED, **typed, "do": "publish"}).text
    )

    assert "<title>Problem: Tell your story" in page
    assert "Contact 1: Minutes in all – Enter a whole number." in page
    assert "Contact 2: Year – Write the whole year, such as 2026." in page


def test_a_list_has_an_empty_row_when_it_is_asked_for(browser_of, ada):
    browser = browser_of(ada)
    typed = {**TYPED, "promises-0-what": "A man on Tuesday"}

    alone = browser.post("/en/write", data=typed, follow_redirects=True).text
    more = {**typed, "another": "promises"}
    page = browser.post("/en/write", data=more, follow_redirects=True).text

    assert "promises-0-what" in alone
    assert "promises-1-what" not in alone
    assert "promises-1-what" in page


def test_money_is_understood_with_its_sign(browser_of, db, ada):
    money = {"amounts-0-role": "paid", "amounts-0-value": "£649.00"}
    money["amounts-0-currency"] = "£"

    browser_of(ada).post("/en/write", data={**TYPED, **money, "do": "publish"})

    (amount,) = publishing.fields_of(db, db.scalars(select(Story)).one())["amounts"]
    assert (amount["value"], amount["currency"]) == ("649", "GBP")


def test_a_draft_stays_until_its_author_says_twice_that_it_may_go(browser_of, ada):
    browser = browser_of(ada)

    page = browser.get(drafted(browser)).text

    assert page.index("Throw this draft away") < page.index("Throw it away for good")


def test_a_story_is_published_later_by_itself(browser_of, db, ada):
    browser = browser_of(ada)
    tomorrow = (now() + timedelta(days=1)).date()
    then = {"publish_day": str(tomorrow), "publish_time": "08:30", "do": "schedule"}

    drafts = browser.post("/en/write", data={**TYPED, **then}, follow_redirects=True)

    assert "Your story publishes itself on" in drafts.text
    assert "Publishes itself on" in drafts.text
    (due,) = db.scalars(select(Draft.publish_at))
    assert (due.date(), due.hour, due.minute) == (tomorrow, 8, 30)


def test_an_author_can_change_their_mind_about_publishing_later(browser_of, db, ada):
    browser = browser_of(ada)
    then = {"publish_day": "2100-01-01", "publish_time": "08:30", "do": "schedule"}
    browser.post("/en/write", data={**TYPED, **then})
    draft = db.scalars(select(Draft)).one()

    changed = {**TYPED, "version": draft.version, "do": "unschedule"}
    page = browser.post(f"/en/drafts/{draft.key}", data=changed, follow_redirects=True)

    assert "Your story waits until you publish it." in page.text
    db.rollback()
    assert db.scalars(select(Draft.publish_at)).all() == [None]


@pytest.mark.parametrize("day", ["", "2001-01-01", "soon"])
def test_a_story_is_not_published_at_no_time_or_in_the_past(browser_of, ada, day):
    then = {"publish_day": day, "publish_time": "08:30", "do": "schedule"}

    page = browser_of(ada).post("/en/write", data={**TYPED, **then})

    assert page.status_code == 422
    assert 'id="error-publish_at"' in page.text
