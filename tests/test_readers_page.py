"""What readers add and what they are warned of, as people meet it in a browser."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import corroborating, polling, warning
from stories.corroborating import CorroborationEntry
from stories.models import Caution, Corroboration, Poll
from stories.polling import PollEntry
from stories.warning import CautionEntry
from tests.lives import a_story
from tests.reading_eyes import missing_from

ME_TOO = {"product": "K1", "year": "2019", "outcome": "not_resolved", "text": "Twice."}


@pytest.fixture
def story(db, ada, kettles):
    """Ada's story about Kettles."""
    return a_story(db, ada, kettles)


@pytest.fixture
def phone_of(page_of):
    """A member's browser on a phone that runs no scripts."""
    width = {"width": 360, "height": 740}

    def make(member):
        return page_of(member, java_script_enabled=False, viewport=width)

    return make


def says(page, **facts):
    """Fill in the reader's own facts."""
    page.get_by_role("textbox", name="Product").fill(facts["product"])
    page.get_by_label("In which year?").fill(facts["year"])
    page.get_by_label("How did it end?").select_option(facts["outcome"])
    page.get_by_label("In a line").fill(facts["text"])


def test_a_reader_says_that_it_happened_to_them_too(phone_of, bob, story):
    page = phone_of(bob)

    page.goto(f"/en/stories/{story.id}")
    page.get_by_role("link", name="It happened to me too").click()
    says(page, **ME_TOO)
    page.get_by_role("button", name="It happened to me too").click()

    expect(page.get_by_text("Thank you: it is counted with the story.")).to_be_visible()
    expect(page.get_by_text("One reader says so.")).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text="Twice.")
    tells(line, "Not resolved", "2019", "K1")
    readers = page.locator("#same-here").locator("..")
    expect(readers).not_to_contain_text("Bob")


def tells(part, *words):
    for each in words:
        expect(part).to_contain_text(each)


def test_a_reader_says_it_otherwise_and_takes_it_back(phone_of, db, bob, story):
    corroborating.corroborate(db, bob, story, CorroborationEntry.model_validate(ME_TOO))
    db.commit()
    page = phone_of(bob)

    page.goto(f"/en/stories/{story.id}/same-here")
    expect(page.get_by_label("In a line")).to_have_value("Twice.")
    says(page, product="K2", year="2020", outcome="resolved", text="Once more.")
    page.get_by_role("button", name="Keep it so").click()

    expect(page.get_by_text("One reader says so.")).to_be_visible()
    line = page.get_by_role("listitem").filter(has_text="Once more.")
    tells(line, "Resolved", "2020", "K2")
    page.goto(f"/en/stories/{story.id}/same-here")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("It is taken back.")).to_be_visible()
    expect(page.get_by_text("One reader says so.")).to_have_count(0)


def test_it_is_counted_apart_wherever_figures_stand(client, db, bob, story, kettles):
    said = corroborating.corroborate(
        db, bob, story, CorroborationEntry.model_validate(ME_TOO)
    )
    db.commit()
    one = "One reader says so of a story here."

    for place in (f"companies/{kettles.id}", f"products/{said.product_id}"):
        page = client.get(f"/en/{place}", follow_redirects=True)
        assert not missing_from(page, one, "They are counted apart")
    compared = client.get(f"/en/compare?company={kettles.id}")
    assert not missing_from(compared, "Readers to whom it happened too, of all times")
    assert not missing_from(
        client.get("/en/stories"), "1 reader: it happened to me too"
    )


def test_a_product_s_page_is_new_when_one_is_taken_back(
    client, db, bob, story, kettles
):
    said = corroborating.corroborate(
        db, bob, story, CorroborationEntry.model_validate(ME_TOO)
    )
    db.commit()
    address = f"/en/products/{said.product_id}"
    client.get(address, follow_redirects=True)

    corroborating.take_back(db, bob, story)
    db.commit()

    page = client.get(address, follow_redirects=True)
    assert "says so of a story here" not in page.text


def test_who_is_not_signed_in_is_led_there(client, story):
    asked = client.get(f"/en/stories/{story.id}/same-here")

    assert asked.location == f"/en/sign-in?next=/en/stories/{story.id}/same-here"


@pytest.mark.parametrize(
    "wrong", [{"outcome": ""}, {"year": "soon"}, {"year": "2099"}, {"text": "x" * 301}]
)
def test_nonsense_is_said_to_be_so_and_what_was_typed_stays(
    browser_of, db, bob, story, wrong
):
    answer = browser_of(bob).post(
        f"/en/stories/{story.id}/same-here", data={**ME_TOO, **wrong}
    )

    assert answer.status_code == 422
    assert 'value="K1"' in answer.text
    assert db.scalar(select(Corroboration)) is None


def test_the_author_is_refused(browser_of, ada, story):
    answer = browser_of(ada).post(f"/en/stories/{story.id}/same-here", data=ME_TOO)

    assert answer.status_code == 403


def test_a_reader_s_line_can_be_reported(browser_of, db, bob, cy, story):
    said = corroborating.corroborate(
        db, bob, story, CorroborationEntry(outcome="open", text="Buy at shop.example")
    )
    db.commit()
    browser = browser_of(cy)
    page = browser.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert f'href="/en/flag/corroboration/{said.id}"' in page.text

    sent = browser.post(f"/en/flag/corroboration/{said.id}", data={"reason": "spam"})

    assert sent.status_code == 303


def test_an_author_asks_and_readers_judge(phone_of, ada, bob, story):
    author = phone_of(ada)
    author.goto(f"/en/stories/{story.id}/more")
    author.get_by_role("link", name="Let readers judge").click()
    author.get_by_label("Should the company have paid?").check()
    author.get_by_role("button", name="Ask readers").click()
    expect(author.get_by_text("Nobody has answered yet.")).to_be_visible()

    reader = phone_of(bob)
    thinks(reader, story, "Yes")

    expect(reader.get_by_text("One reader has answered.")).to_be_visible()
    expect(reader.get_by_role("listitem").filter(has_text="Yes 1")).to_be_visible()
    thinks(reader, story, "No")
    expect(reader.get_by_role("listitem").filter(has_text="No 1")).to_be_visible()
    expect(reader.get_by_role("listitem").filter(has_text="Yes 0")).to_be_visible()


def thinks(reader, story, answer):
    reader.goto(f"/en/stories/{story.id}")
    reader.get_by_role("link", name="Say what you think").click()
    reader.get_by_label(answer, exact=True).check()
    reader.get_by_role("button", name="Say what you think").click()


def test_an_author_takes_no_more_answers(phone_of, page, db, ada, story):
    polling.ask(db, ada, story, PollEntry(question="fair"))
    db.commit()
    author = phone_of(ada)

    author.goto(f"/en/stories/{story.id}/poll")
    author.get_by_role("button", name="Take no more answers").click()

    page.goto(f"/en/stories/{story.id}")
    expect(page.get_by_text("Closed on")).to_be_visible()
    expect(page.get_by_role("link", name="Say what you think")).to_have_count(0)


def test_only_its_author_opens_a_poll(browser_of, db, bob, story):
    answer = browser_of(bob).post(
        f"/en/stories/{story.id}/poll", data={"question": "paid"}
    )

    assert answer.status_code == 403
    assert db.scalar(select(Poll)) is None


def test_nobody_judges_where_nobody_asks(browser_of, bob, story):
    assert browser_of(bob).get(f"/en/stories/{story.id}/judge").status_code == 404


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_a_judgement_is_one_of_three(browser_of, db, ada, bob, story, answer):
    polling.ask(db, ada, story, PollEntry(question="fair"))
    db.commit()

    sent = browser_of(bob).post(
        f"/en/stories/{story.id}/judge", data={"answer": answer}
    )

    assert sent.status_code == 422


def test_staff_warn_readers_of_a_story_and_take_it_off(
    browser_of, client, db, staff, story
):
    desk, here = browser_of(staff), f"/en/moderation/warnings/stories/{story.id}"
    words = {"concern": "under_check", "words": "We asked for the receipt."}

    desk.post(here, data=words)

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert not missing_from(
        page, "Under check by staff of this site", "We asked for the receipt."
    )
    assert not missing_from(client.get("/en/log"), "Readers are warned of something")
    assert not missing_from(desk.get(here), "We asked for the receipt.")
    number = db.scalar(select(Caution.id))
    assert desk.post(f"/en/moderation/warnings/{number}/off").status_code == 422
    desk.post(f"/en/moderation/warnings/{number}/off", data={"words": "It is there."})
    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)
    assert "Under check" not in page.text
    assert not missing_from(client.get("/en/log"), "A warning was taken off")


def test_staff_warn_about_a_company_found_by_name(
    browser_of, client, db, staff, kettles
):
    desk = browser_of(staff)
    found = desk.get("/en/moderation/warnings?company=Kettles+%26+Co")
    client.get("/en/companies/1", follow_redirects=True)

    desk.post(found.location, data={"concern": "pressure", "words": "Letters came."})

    page = client.get("/en/companies/1", follow_redirects=True)
    assert not missing_from(
        page, "There was pressure to take something down", "Letters came."
    )
    assert (
        client.get("/api/v1/companies/1").json["warnings"][0]["concern"] == "pressure"
    )
    nobody = desk.get("/en/moderation/warnings?company=Nobody")
    assert not missing_from(nobody, "No company is known by this name or number.")


@pytest.mark.parametrize("way", ["", "/stories/1", "/companies/1", "/stories/99"])
def test_others_do_not_warn(browser_of, bob, story, way):
    assert browser_of(bob).get(f"/en/moderation/warnings{way}").status_code == 403


def test_the_api_gives_all_of_it(client, db, ada, bob, staff, story):
    corroborating.corroborate(
        db, bob, story, CorroborationEntry(outcome="open", year=2019)
    )
    polling.ask(db, ada, story, PollEntry(question="own", words="Was it me?"))
    warning.warn(db, staff, story, CautionEntry(concern="under_check", words="Wait."))
    db.commit()

    given = client.get(f"/api/v1/stories/{story.id}").json

    assert given["warnings"][0]["words"] == "Wait."
    assert given["readers"]["same_here"][0]["year"] == 2019
    assert given["readers"]["poll"]["words"] == "Was it me?"
    assert client.get("/api/v1/companies/1").json["same_here"] == {"open": 1}
