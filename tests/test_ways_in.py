"""The same story can be written without a script, with the keyboard alone, on a phone
that loses its connection, and found and read by everybody."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from stories.models import Draft, Story
from tests import scenarios
from tests.browsing import enter

PHONE = {"viewport": {"width": 360, "height": 740}}


def test_a_scenario_is_written_without_a_script(site, page_of, db, ada):
    page = page_of(ada, java_script_enabled=False)
    entry = scenarios.repair_programme()

    page.goto("/en/write")
    page.locator('[name="mentions-0-company"]').fill("Sony")
    page.locator('[name="mentions-0-products"]').fill("Vaio TZ")
    page.locator('[name="title"]').fill(entry.title)
    page.locator('[name="text"]').fill(entry.text)
    page.locator('[name="kind"][value="praise"]').check()
    page.get_by_text("good and bad points").click()
    page.locator('[name="points_good"]').fill("\n".join(entry.points_good))
    page.get_by_text("money or a gift").click()
    page.locator('[name="amounts-0-role"]').select_option("in_kind")
    page.locator('[name="amounts-0-what"]').fill("2 GB memory stick")
    page.locator('[data-another="amounts"]').click()
    page.locator('[name="amounts-1-role"]').select_option("in_kind")
    page.locator('[name="amounts-1-what"]').fill("screen cloth")
    page.get_by_role("button", name="Publish story").click()

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"))
    text = page.locator("main").inner_text()
    assert entry.title in text
    assert "screen cloth" in text
    assert all(point in text for point in entry.points_good)


def test_a_story_is_written_with_the_keyboard_alone(site, page_of, db, ada, kettles):
    page = page_of(ada)
    page.goto("/en/write")

    type_into(page, "mentions-0-company", "Kett", "ArrowDown", "Enter")
    type_into(page, "title", "Boiled dry")
    type_into(page, "text", "It boiled dry on its first day, and nobody answered.")
    reach(page, "kind")
    page.keyboard.press("Space")
    reach_button(page, "publish")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"))
    assert db.scalars(select(Story.title)).all() == ["Boiled dry"]
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

    expect(page).to_have_url(re.compile(r"/en/stories/\d+"))
    assert wide(page) == 0


def wide(page) -> int:
    """By how many pixels the page is wider than the screen."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
