"""The same story can be written without a script, with the keyboard alone, on a phone
that loses its connection, and found and read by everybody."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories import companies, publishing
from stories.entries.facts import AmountEntry
from stories.entries.story import StoryEntry
from stories.models import Draft, Follow, Mention, Story
from tests import keyboard, scenarios
from tests.browsing import enter
from web.finding import index

PHONE = {"viewport": {"width": 360, "height": 740}}


def whole() -> StoryEntry:
    """A scenario with contacts, a promise, and an amount besides."""
    paid = AmountEntry(role="paid", value="1099.50", currency="USD", company="Sony")
    return scenarios.licence_certificate().model_copy(update={"amounts": [paid]})


def assert_written_as_it_was_meant(db, member, entry) -> None:
    """The story that was written here is the one that the entry alone makes."""
    db.rollback()
    written = publishing.entry_of(db, db.scalars(select(Story)).one())
    meant = publishing.entry_of(db, publishing.publish(db, member, entry))
    assert written == meant


def test_a_whole_story_is_written_without_a_script(site, page_of, db, ada, bob):
    page = page_of(ada, java_script_enabled=False)
    page.goto("/en/write")

    enter(page, whole())
    page.locator('button[value="publish"]').click()

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"), timeout=30_000)
    expect(page.locator("main")).to_contain_text("call back within 3 hours")
    assert_written_as_it_was_meant(db, bob, whole())


def test_a_whole_story_is_written_with_the_keyboard_alone(site, page_of, db, ada, bob):
    page = page_of(ada)
    page.goto("/en/write")

    keyboard.fill_in(page, whole())

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"), timeout=30_000)
    assert page.complaints == []
    assert_written_as_it_was_meant(db, bob, whole())


def test_a_company_is_chosen_with_the_keyboard(site, page_of, db, ada, kettles):
    page = page_of(ada)
    page.goto("/en/write")

    type_into(page, "mentions-0-company", "Kett", "ArrowDown", "Enter")
    type_into(page, "title", "Boiled dry")
    type_into(page, "text", "It boiled dry on its first day, and nobody answered.")
    reach(page, "kind")
    page.keyboard.press("Space")
    reach_button(page, "publish")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"), timeout=30_000)
    assert db.scalars(select(Mention.company_id)).all() == [kettles.id]
    assert page.complaints == []


def test_products_of_the_chosen_company_are_offered_line_by_line(
    site, page_of, db, ada, kettles
):
    other = companies.add(db, "Other & Sons")
    for company, name in (
        *((kettles, "Kettle 3000"), (kettles, "ケトル大"), (other, "Kettle Two")),
    ):
        companies.product_named(db, company, name)
    db.commit()
    page = page_of(ada)
    page.goto("/en/write")
    type_into(page, "mentions-0-company", "Kettles", "ArrowDown", "Enter")
    field = page.locator('[name="mentions-0-products"]')
    offers = page.locator('[name="mentions-0-products"] + ul li')

    type_into(page, "mentions-0-products", "kett", "ArrowDown", "Enter")
    expect(field).to_have_value("Kettle 3000")
    page.keyboard.press("Enter")
    page.keyboard.type("Nothing like it")
    expect(offers).to_have_count(0)
    page.keyboard.press("Enter")
    composed(page, "ケトル")
    expect(offers).to_have_text(["ケトル大 Kettles & Co"])
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", re.compile("list-0"))
    page.keyboard.press("Enter")

    expect(field).to_have_value("Kettle 3000\nNothing like it\nケトル大")
    assert page.complaints == []


def composed(page, words):
    """Write as an input method does: letter by letter, then for good. Nothing is
    offered before that."""
    keys = page.context.new_cdp_session(page)
    for end in range(1, len(words) + 1):
        keys.send(
            "Input.imeSetComposition",
            {"text": words[:end], "selectionStart": end, "selectionEnd": end},
        )
    page.wait_for_timeout(400)
    expect(page.locator(".suggestions:visible")).to_have_count(0)
    keys.send("Input.insertText", {"text": words})


def test_a_company_that_is_added_is_offered_with_its_products_too(
    site, page_of, db, ada, kettles
):
    companies.product_named(db, kettles, "Kettle 3000")
    db.commit()
    page = page_of(ada)
    page.goto("/en/write")
    page.get_by_text("another company").click()
    page.locator('[data-another="mentions"]').click()

    type_into(page, "mentions-2-company", "Kett", "ArrowDown", "Enter")
    type_into(page, "mentions-2-products", "kett", "ArrowDown", "Enter")

    expect(page.locator('[name="mentions-2-company_id"]')).to_have_value(
        str(kettles.id)
    )
    expect(page.locator('[name="mentions-2-products"]')).to_have_value("Kettle 3000")
    assert page.complaints == []


def type_into(page, name, words, *keys):
    """Tab to a field and type; then press keys, when suggestions have come."""
    reach(page, name)
    page.keyboard.type(words)
    if keys:
        expect(page.locator(f'[name="{name}"] + ul li').first).to_be_visible()
    for key in keys:
        page.keyboard.press(key)


def reach(page, name, most=60):
    """Press Tab until the field has the focus."""
    for _ in range(most):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name} cannot be reached by the keyboard")


def reach_button(page, value, most=80):
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == value:
            return
    raise AssertionError(f"The button {value} cannot be reached by the keyboard")


def test_the_search_field_offers_companies_and_products(site, page, db, kettles):
    companies.add_aliases(db, kettles, ["ケトル社"])
    product = companies.product_named(db, kettles, "Ketteleer 3")
    db.commit()
    page.goto("/it/")
    field, offers = page.locator("#q"), page.locator("#q + ul li")

    field.press_sequentially("kett")
    expect(offers).to_have_text(
        ["Kettles & Co kettles.example", "Ketteleer 3 Kettles & Co"]
    )
    field.press("ArrowDown")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile(rf"/it/products/{product.id}-ketteleer-3"))
    page.locator("#q").press_sequentially("ケト")
    page.locator("#q + ul li").click()

    expect(page).to_have_url(re.compile(rf"/it/companies/{kettles.id}-kettles-co"))
    assert page.complaints == []


def test_a_lost_connection_loses_nothing(site, context_of, db):
    context = context_of(**PHONE)
    page = context.new_page()
    page.goto("/en/write")
    page.locator('[name="title"]').fill("Written in a tunnel")
    expect(page.locator("#saved")).to_have_text("Saved.", timeout=15_000)
    address = page.url

    context.set_offline(True)
    page.locator('[name="text"]').fill("All of this was typed without a connection.")
    expect(page.locator("#saved")).to_contain_text("no connection", timeout=15_000)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)

    expect(again.locator('[name="text"]')).to_have_value(
        "All of this was typed without a connection."
    )
    expect(again.locator("#saved")).to_have_text("Saved.", timeout=15_000)
    assert "without a connection" in db.scalars(select(Draft)).one().fields["text"]


def test_two_tabs_are_told_of_each_other(site, context_of, db):
    context = context_of()
    first, second = context.new_page(), context.new_page()
    first.goto("/en/write")
    first.locator('[name="title"]').fill("From the first tab")
    expect(first.locator("#saved")).to_have_text("Saved.", timeout=15_000)
    second.goto(first.url)
    first.locator('[name="text"]').fill("The first tab goes on.")
    expect(first.locator("#saved")).to_have_text("Saved.", timeout=15_000)
    first.wait_for_timeout(3000)

    second.locator('[name="title"]').fill("From the second tab")

    expect(second.locator("#saved")).to_contain_text("Another tab", timeout=15_000)
    assert db.scalars(select(Draft)).one().fields["title"] == "From the first tab"


def test_the_language_is_guessed_while_typing(site, page):
    page.goto("/en/write")

    page.locator('[name="text"]').press_sequentially(
        "Ho pagato a maggio e in luglio il bollitore non era ancora arrivato."
    )

    expect(page.locator('[name="language"]')).to_have_value("it", timeout=15_000)


def test_a_scenario_fits_a_phone(site, page_of, db, ada):
    page = page_of(ada, **PHONE)
    page.goto("/en/write")
    enter(page, scenarios.melted_boombox())
    assert wide(page) == 0

    page.get_by_role("button", name="Publish story").click()
    page.wait_for_url(re.compile(r"/en/stories/\d+"))

    assert wide(page) == 0


def wide(page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.fixture
def searched(site):
    """The site, whose index is let go when the test has ended."""
    yield site
    with site.app.app_context():
        index().close()


def test_a_search_is_kept_followed_and_companies_compared_with_the_keyboard(
    searched, page_of, db, bob, kettles
):
    companies.add(db, "Teapots")
    db.commit()
    page = page_of(bob)
    page.goto("/en/")

    tab_to(page, page.locator("#q"), "leaks", "Enter")
    tab_to(page, page.get_by_role("link", name="Keep this search"), "", "Enter")
    tab_to(page, page.get_by_label("Name"), "What leaks", "Enter")
    expect(page).to_have_url(re.compile("/en/searches$"))
    tab_to(page, page.get_by_role("link", name="Follow", exact=True), "", "Enter")
    tab_to(page, page.get_by_role("radio", name="Once a day"), "", "ArrowDown")
    tab_to(page, page.get_by_role("button", name="Follow", exact=True), "", "Enter")
    expect(page.get_by_role("status")).to_contain_text("You follow “What leaks”.")
    page.goto(f"/en/companies/{kettles.id}")
    tab_to(page, page.get_by_role("link", name="Compare with others"), "", "Enter")
    tab_to(page, page.get_by_label("Another company"), "Teapots", "Enter")

    expect(page.locator("h1")).to_have_text("Kettles & Co and Teapots")
    db.rollback()
    assert db.scalars(select(Follow.often)).all() == ["weekly"]
    assert page.complaints == []


def tab_to(page, part, words, *keys, most=60):
    """Tab to a part of the page, which shows that it is reached; type, press keys."""
    expect(part).to_be_visible()
    for _ in range(most):
        page.keyboard.press("Tab")
        if part.evaluate("e => e === document.activeElement"):
            assert part.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
            page.keyboard.type(words)
            for key in keys:
                page.keyboard.press(key)
            return
    raise AssertionError(f"{part} cannot be reached by the keyboard")
