"""Telephone numbers, mail addresses, accounts and cards are caught in time."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect
from sqlalchemy import select

from stories import publishing, updating
from stories.entries.story import UpdateEntry
from stories.models import Story, Update
from stories.text import private_data
from tests.people import an_entry

CAUGHT = [
    ("Ring +39 02 1234 5678 now.", "+39 02 1234 5678"),
    ("It is 0049 171 2345678, he said", "0049 171 2345678"),
    ("tel. (020) 7946 0958", "(020) 7946 0958"),
    ("telefono: 347 1234567.", "347 1234567"),
    ("My phone number is 555-010-9999", "555-010-9999"),
    ("Write to jo.smith+x@mail.example.org.", "jo.smith+x@mail.example.org"),
    ("IBAN DE89 3704 0044 0532 0130 00, please", "DE89 3704 0044 0532 0130 00"),
    ("su GB29NWBK60161331926819", "GB29NWBK60161331926819"),
    ("card 4111 1111 1111 1111!", "4111 1111 1111 1111"),
    ("card 378282246310005", "378282246310005"),
]
LET_BE = [
    "Order 4021 7754 1187, ticket 20240312-778812.",
    "It cost 1,299.00 euros, then 1.299,00 €, then 12 345 678 JPY.",
    "I called on 12.03.2024, on 2024-03-12 and 3/12/24 at 14:30.",
    "I called 14 times in 2023, 2024 and 2025.",
    "Model ZS-1 serial 4111 1111 1111 1112, IBAN DE88370400440532013000.",
    "ISBN 978-3-16-148410-0; parcel 00340434161094042557.",
    "See https://example.org/a/+390212345678?x=0039021234567 and @shop.",
    "2 + 3905 apples; v1.2.3+39021234567; -10 °C to +35 °C.",
]


@pytest.mark.parametrize(("text", "found"), CAUGHT)
def test_what_is_somebody_s_is_found(text, found):
    assert private_data(text) == [found]


@pytest.mark.parametrize("text", LET_BE)
def test_order_numbers_prices_and_dates_stay(text):
    assert private_data(text) == []


@given(st.integers(0, 10**12), st.sampled_from(["Order {}", "no. {:,}", "{} EUR"]))
def test_no_bare_number_is_taken_for_a_telephone(number, words):
    assert private_data(words.format(number)) == []


@given(
    st.dates(date(1950, 1, 1)),
    st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"]),
)
def test_no_day_is_taken_for_a_telephone(day, form):
    assert private_data(f"They called on {day.strftime(form)}: nothing.") == []


@given(st.text(max_size=300))
def test_what_is_found_stands_in_the_text(text):
    assert all(each in text for each in private_data(text))


def test_it_is_left_out_of_a_story_by_default_and_the_order_number_is_not():
    entry = an_entry(
        text="He said: ring +39 02 1234 5678, or jo@example.org.",
        title="+39 02 1234 5678 never answers",
        private_reference="+39 02 1234 5678",
        letters=[{"text": "Yours, jo@example.org"}],
    )

    ready = publishing.prepare(entry)

    assert ready.words.text == "He said: ring […], or […]."
    assert ready.entry.title == "[…] never answers"
    assert ready.letters[0].text == "Yours, […]"
    assert ready.entry.private_reference == "+39 02 1234 5678"


def test_the_company_s_public_number_can_be_kept():
    number = {"words": "+39 02 1234 5678", "keep": True}
    entry = an_entry(text="Ring +39 02 1234 5678 or jo@example.org.", private=[number])

    assert publishing.prepare(entry).words.text == "Ring +39 02 1234 5678 or […]."


def test_updates_are_as_discreet(db, ada):
    story = publishing.publish(db, ada, an_entry())

    updating.add_update(db, ada, story, UpdateEntry(text="Now jo@example.org writes."))

    assert db.scalar(select(Update.text)) == "Now […] writes."


TYPED = {
    "title": "The kettle that never came",
    "text": "Ring +39 02 1234 5678, or jo@example.org.",
    "language": "en",
    "kind": "complaint",
    "mentions-0-company": "Acme",
    "do": "publish",
}


def test_the_form_asks_once_and_then_does_as_it_is_told(browser_of, db, ada):
    browser = browser_of(ada)
    asked = browser.post("/en/write", data=TYPED)
    assert asked.status_code == 422
    assert "Your text holds a number or an address." in asked.text
    assert db.scalar(select(Story.id)) is None
    db.rollback()
    answers = {
        "private-0-words": "jo@example.org",
        "private-1-words": "+39 02 1234 5678",
        "private-1-keep": "yes",
    }

    told = browser.post("/en/write", data={**TYPED, **answers})

    assert told.status_code == 303
    assert db.scalar(select(Story.text)) == "Ring +39 02 1234 5678, or […]."
    here = f"/en/stories/{db.scalar(select(Story.id))}/update"
    assert browser.post(here, data={"text": "jo@example.org"}).status_code == 422


def test_without_scripts_an_author_is_asked(db, page_of, ada):
    page = page_of(ada, java_script_enabled=False)
    page.goto("/en/write?company=Acme")
    page.get_by_role("textbox", name="Title").fill("No kettle")
    page.locator("textarea[name=text]").fill("Ring +39 02 1234 5678, she said.")
    page.locator("input[name=kind][value=complaint]").check()
    page.get_by_role("button", name="Publish story").click()

    asked = page.get_by_text("Your text holds a number or an address.").first
    expect(asked).to_be_visible()
    page.get_by_role("button", name="Publish story").click()

    expect(page.get_by_text("Ring […], she said.").first).to_be_visible()
