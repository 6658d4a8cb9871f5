"""Private conversations, asked for, opened and lived through, also without script."""

import re

import pytest
from playwright.sync_api import expect

from stories import handling, permissions, publishing, talking
from stories.entries.talks import AskEntry, BeginEntry, MessageEntry
from stories.handling import hooks
from stories.handling.hooks import HookEntry
from stories.models import Delivery, Flag, Story, Talk, now
from stories.models.codes import Party
from stories.representing import give_back
from tests.people import a_voice, again, an_entry
from tests.reading_eyes import missing_from, words_of
from tests.talks import SECRET, a_story_with


@pytest.fixture
def story(db, ada, bob, kettles) -> Story:
    return a_story_with(db, ada, bob, kettles)


@pytest.fixture
def talk(db, ada, story, kettles) -> Talk:
    """Ada has opened one, with a message."""
    talk = talking.begin(db, ada, story, kettles.id, BeginEntry(text=SECRET))
    db.commit()
    return talk


def address(talk, *parts) -> str:
    return "/".join([f"/en/talks/{talk.id}", *map(str, parts)])


def test_a_company_asks_and_the_author_says_yes(
    db, browser_of, ada, bob, story, kettles
):
    here = f"/en/stories/{story.id}/talk?company={kettles.id}"
    company, author = browser_of(bob), browser_of(ada)
    form = company.get(here)

    asked = company.post(here, data={"reason": "We need your **number**."})
    page, theirs = author.get(asked.location), company.get(asked.location)
    agreed = author.post(asked.location + "/answer", data={"do": "agree"})

    assert asked.status_code == agreed.status_code == 303
    assert not missing_from(form, "What is agreed here should be told in public.")
    assert not missing_from(page, "Why Kettles & Co asks", "We need your number.")
    assert not missing_from(page, "Bob", "Report")
    assert not missing_from(
        theirs, "We need your number.", "The author has been asked."
    )
    assert db.get_one(Talk, 1).is_open


def test_a_company_without_a_reason_is_asked_for_one(browser_of, bob, story, kettles):
    here = f"/en/stories/{story.id}/talk?company={kettles.id}"

    page = browser_of(bob).post(here, data={"reason": " "})

    assert page.status_code == 422
    assert 'id="error-reason"' in page.text


def test_the_author_says_no(db, browser_of, ada, bob, story, kettles):
    talk = talking.ask(db, bob, story, kettles.id, AskEntry(reason="A refund"))
    db.commit()

    said = browser_of(ada).post(address(talk, "answer"), data={"do": "refuse"})
    again_asked = browser_of(bob).post(
        f"/en/stories/{story.id}/talk?company={kettles.id}", data={"reason": "Please"}
    )

    assert said.status_code == 303
    assert again_asked.status_code == 422
    assert "The author has said no" in words_of(again_asked)


def test_the_suspended_are_asked_for_no_more_than_a_no(
    db, browser_of, ada, bob, story, kettles
):
    talk = talking.ask(db, bob, story, kettles.id, AskEntry(reason="A refund"))
    ada.standing = "suspended"
    db.commit()
    browser = browser_of(ada)
    page = browser.get(address(talk))

    agreed = browser.post(address(talk, "answer"), data={"do": "agree"})
    refused = browser.post(address(talk, "answer"), data={"do": "refuse"})

    assert not missing_from(page, "No, in public only")
    assert "Yes, open it" not in words_of(page)
    assert (agreed.status_code, refused.status_code) == (422, 303)


def test_an_author_begins_one(db, browser_of, ada, story, kettles):
    browser, here = browser_of(ada), f"/en/stories/{story.id}/talk"
    form = browser.get(here)
    typed = {"company_id": kettles.id, "text": SECRET, "last_day": "2001-01-01"}

    refused = browser.post(here, data=typed)
    del typed["last_day"]
    opened = browser.post(here, data=typed)

    assert "Kettles &amp; Co" in form.text
    assert (refused.status_code, opened.status_code) == (422, 303)
    assert SECRET in refused.text
    assert SECRET in browser.get(opened.location).text


def test_without_a_voice_there_is_nobody_to_talk_with(browser_of, db, ada, bob, story):
    role = permissions.representative(db, bob, story_company(db, story))
    give_back(db, bob, role)
    db.commit()

    page = browser_of(ada).get(f"/en/stories/{story.id}/talk")

    assert not missing_from(page, "Nobody speaks here yet")


def story_company(db, story) -> int:
    db.refresh(story, ["mentions"])
    return story.mentions[0].company_id


def test_what_was_read_is_new_no_more(db, browser_of, bob, talk):
    desk = browser_of(bob)
    before = desk.get(f"/en/desk?company={talk.company_id}")
    desk.get(address(talk))
    after = desk.get(f"/en/desk?company={talk.company_id}")

    assert "New in private" in before.text
    assert "New in private" not in after.text
    assert not again(db, talk).is_new_to(Party.COMPANY)


def test_an_author_sees_on_their_pages_that_something_is_new(
    db, browser_of, ada, bob, story, talk
):
    talking.write(db, bob, talk, MessageEntry(text="We ring tomorrow."))
    db.commit()
    browser = browser_of(ada)

    own = browser.get("/en/members/ada")
    page = browser.get(f"/en/stories/{story.id}-the-kettle-that-never-came")

    assert "New in private" in own.text
    assert re.search(r"In private with Kettles &amp; Co\s*<strong[^>]*>New", page.text)
    assert "We ring tomorrow" not in own.text + page.text


def test_readers_see_that_it_was_opened_and_nothing_else(client, story, talk):
    page = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came")
    told = client.get(f"/api/v1/stories/{story.id}")
    feed = client.get(f"/en/stories/{story.id}.atom")

    assert not missing_from(page, "A private conversation was opened")
    for each in (page, told, feed, client.get("/record.jsonl")):
        assert each.status_code == 200
        assert "0151" not in each.text
    assert "/talks/" not in page.text
    assert "New in private" not in client.get("/en/members/ada").text


def test_strangers_find_nothing(db, browser_of, client, cy, staff, rival, talk):
    judge = browser_of(staff)
    for who in (browser_of(cy), judge):
        assert who.get(address(talk)).status_code == 404
        for rest in ("", "/answer", "/last-day", "/end", "/messages/1/back"):
            data = {"text": "Hello", "do": "agree", "last_day": "2001-01-01"}
            sent = who.post(address(talk) + rest, data=data)
            assert sent.status_code == 404, rest
        assert who.get("/en/flag/message/1").status_code == 404
        assert who.get(f"/en/desk/talks?company={talk.company_id}").status_code == 403
    assert client.get(address(talk)).status_code == 303
    assert judge.get("/en/moderation/texts/message/1").status_code == 404
    assert again(db, talk).is_open


def test_a_session_of_before_opens_nothing_after(db, browser_of, bob, kettles, talk):
    old = browser_of(bob)
    assert SECRET in old.get(address(talk)).text

    give_back(db, bob, permissions.representative(db, bob, kettles.id))
    db.commit()

    assert old.get(address(talk)).status_code == 404
    assert old.post(address(talk), data={"text": "Hello"}).status_code == 404
    assert old.get(f"/en/desk/talks?company={kettles.id}").status_code == 403


def test_no_token_opens_it(db, client, bob, kettles, talk):
    _, words = handling.tokens.make(
        db,
        bob,
        kettles.id,
        handling.tokens.TokenEntry(name="A program", scopes=["desk:read"]),
    )
    db.commit()

    page = client.get(address(talk), headers={"Authorization": f"Bearer {words}"})

    assert page.status_code == 303


def test_programs_hear_that_something_was_written_not_what(
    db, ada, bob, kettles, talk, seal
):
    hooks.add(
        db, bob, kettles.id, HookEntry(address="https://kettles.example/hook"), seal
    )

    talking.write(db, ada, talk, MessageEntry(text=SECRET))

    (sent,) = db.query(Delivery).all()
    places = {"company_id": kettles.id, "story_id": talk.story_id, "talk_id": talk.id}
    assert (sent.event, sent.places) == ("talk.written", places)


def test_nonsense_is_not_there(browser_of, ada, talk):
    browser = browser_of(ada)

    assert browser.post(address(talk), data={"text": " "}).status_code == 422
    assert browser.post(address(talk, "answer"), data={"do": "eat"}).status_code == 404
    assert browser.post(address(talk, "messages", 4711, "back")).status_code == 404
    assert browser.get("/en/talks/4711").status_code == 404
    late = browser.post(address(talk, "last-day"), data={"last_day": "2001-01-01"})
    assert late.status_code == 422
    assert 'id="error-last_day"' in late.text


def test_the_author_takes_a_message_back(browser_of, ada, bob, talk):
    browser_of(ada).post(address(talk, "messages", 1, "back"))

    page = browser_of(bob).get(address(talk))
    assert SECRET not in page.text
    assert not missing_from(page, "Taken back by the author")


def test_staff_see_what_was_reported_and_its_neighbours(
    db, browser_of, ada, bob, staff, talk
):
    said = ("A threat.", "Neighbour.", "Far away.")
    theirs, *_ = [
        talking.write(db, bob, talk, MessageEntry(text=words)) for words in said
    ]
    db.commit()

    browser_of(ada).post(f"/en/flag/message/{theirs.id}", data={"reason": "violence"})

    page = browser_of(staff).get(f"/en/moderation/texts/message/{theirs.id}")
    assert db.query(Flag).count() == 1
    assert not missing_from(page, "A threat.", SECRET, "Neighbour.")
    assert "Far away." not in page.text


def test_letters_say_where_to_look_and_not_what_was_said(
    app, db, post, member, bob, kettles
):
    mentions = [{"company": kettles.name, "company_id": kettles.id}]
    a_voice(db, bob, kettles)
    story = publishing.publish(db, member, an_entry(mentions=mentions))
    talk = talking.begin(db, member, story, kettles.id, BeginEntry(text="Hello"))
    talking.write(db, bob, talk, MessageEntry(text=SECRET))
    db.commit()

    (letter,) = [each for each in post() if "private" in each.subject]

    assert f"/talks/{talk.id}" in letter.text
    assert "0151" not in letter.text


def test_lived_through_by_both_sides(page_of, site, ada, bob, story, kettles):
    company, author = page_of(bob), page_of(ada)
    company.goto(f"/en/stories/{story.id}")
    company.get_by_role("link", name="Ask for a private conversation").click()
    company.get_by_label("Why in private?").fill("To find your payment.")
    company.get_by_role("button", name="Ask the author").click()
    expect(company.get_by_text("The author has been asked.")).to_be_visible()

    author.goto(f"/en/stories/{story.id}")
    author.get_by_role("link", name="In private with Kettles & Co").click()
    author.get_by_role("button", name="Yes, open it").click()
    author.get_by_label("Your message").fill("Order 4711, **please**.")
    author.get_by_role("button", name="Send message").click()
    expect(author.get_by_text("Order 4711")).to_be_visible()

    company.goto(f"/en/desk?company={kettles.id}")
    news = company.get_by_role("region", name="New in private")
    news.get_by_role("link", name="The kettle that never came").click()
    expect(company.locator(".message strong", has_text="please")).to_be_visible()
    company.get_by_label("Your message").fill("Found it.")
    company.get_by_role("button", name="Send message").click()
    expect(company.get_by_text("Found it.")).to_be_visible()

    author.reload()
    expect(author.get_by_text("Found it.")).to_be_visible()
    author.get_by_role("button", name="End it now").click()
    expect(author.get_by_text("This conversation has ended.")).to_be_visible()
    company.reload()
    expect(company.get_by_text("This conversation has ended.")).to_be_visible()
    expect(company.get_by_label("Your message")).to_have_count(0)


def test_lived_through_without_script(page_of, ada, bob, story, kettles):
    author = page_of(ada, java_script_enabled=False)
    company = page_of(bob, java_script_enabled=False)
    author.goto(f"/en/stories/{story.id}/talk")
    author.get_by_label("Your message").fill(SECRET)
    author.get_by_role("button", name="Open it and send the message").click()
    expect(author.get_by_text(SECRET)).to_be_visible()

    company.goto(author.url)
    company.get_by_label("Your message").fill("We ring today.")
    company.get_by_role("button", name="Send message").click()
    expect(company.get_by_text("We ring today.")).to_be_visible()

    author.reload()
    author.get_by_label("Last day").fill(f"{now().year + 1}-01-01")
    author.get_by_role("button", name="Change the last day").click()
    expect(author.get_by_text(f"Open until 1 January {now().year + 1}")).to_be_visible()
    author.get_by_role("button", name="Take it back").click()
    expect(author.get_by_text("Taken back by the author")).to_be_visible()
