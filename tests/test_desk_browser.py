"""A team at its desk, in a real browser: on a phone, by keyboard, without scripts."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories.models import DeskNote, Handling
from tests.desks import a_case

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def cases(db, ada, kettles, voice):
    return [a_case(db, ada, kettles, n, title=f"Kettle no {n}") for n in (2, 20, 40)]


def tab_to(page, name: str, value: str = "") -> None:
    """Go on with Tab to a field or a button of this name."""
    for _ in range(200):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "[document.activeElement.name, document.activeElement.value]"
        )
        if here[0] == name and value in ("", here[1]):
            return
    raise AssertionError(f"The keyboard does not reach {name}")


def test_without_scripts_on_a_phone_a_note_is_made(db, page_of, bob, cases):
    page = page_of(bob, java_script_enabled=False, viewport=PHONE)
    page.goto("/en/desk")

    page.get_by_role("link", name="Assign or note").first.click()
    page.get_by_role("textbox", name="Note").fill("Ask the depot")
    page.get_by_role("button", name="Add the note").click()

    expect(page.get_by_text("Ask the depot")).to_be_visible()
    assert db.scalars(select(DeskNote.text)).all() == ["Ask the depot"]


def test_by_keyboard_alone_several_are_assigned(db, page_of, bob, cases, voice):
    page = page_of(bob)
    page.goto("/en/desk")

    for story in (cases[2], cases[1]):
        tab_to(page, "story", str(story.id))
        page.keyboard.press("Space")
    tab_to(page, "assigned")
    page.keyboard.press("B")
    tab_to(page, "do", "assign")
    page.keyboard.press("Enter")
    page.get_by_text("Assigned.").wait_for()

    found = db.scalars(select(Handling).order_by(Handling.story_id)).all()
    assert [each.story_id for each in found] == [cases[1].id, cases[2].id]
    assert {each.assigned_id for each in found} == {voice.id}
    assert page.complaints == []


def test_the_desk_is_narrowed_on_a_phone(page_of, bob, cases):
    page = page_of(bob, viewport=PHONE)
    page.goto("/en/desk")

    page.get_by_text("Narrow it down").first.click()
    page.get_by_label("Clock").select_option(label="Late")
    page.get_by_role("button", name="Show", exact=True).click()

    page.get_by_role("heading", name="Kettle no 20").wait_for()
    expect(page.get_by_role("heading", level=3)).to_have_count(1)


def test_single_keys_go_through_the_desk_and_can_be_switched_off(page_of, bob, cases):
    page = page_of(bob)
    page.goto("/en/desk")

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Kettle no 20")
    page.keyboard.press("x")
    expect(page.locator(".pick :checked")).to_have_count(1)

    page.locator("#desk-q").focus()
    page.keyboard.type("jx?")
    expect(page.locator("#desk-q")).to_have_value("jx?")
    expect(page.locator("#keys")).to_be_hidden()

    page.locator("h1").click()
    page.keyboard.press("?")
    page.get_by_label("Use these keys in this browser").uncheck()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_hidden()
    first = page.get_by_role("link", name="Kettle no 40", exact=True)
    expect(first).not_to_be_focused()
    assert page.complaints == []


def test_keys_lead_to_the_answer(page_of, bob, cases):
    page = page_of(bob)
    page.goto("/en/desk")

    page.keyboard.press("j")
    page.keyboard.press("a")

    page.wait_for_url("**/respond?company=*")
