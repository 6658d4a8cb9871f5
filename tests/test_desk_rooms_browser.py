"""The rooms beside a desk in a real browser: templates, tokens, webhooks, letters."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from stories import publishing
from tests.people import an_entry
from tests.playing import shown

NO_SCRIPT = {"java_script_enabled": False}
PHONE = {"viewport": {"width": 360, "height": 740}}


@pytest.fixture
def settings(settings, receiver):
    return replace(settings, fetch_inside=receiver.place)


@pytest.fixture
def story(db, ada, kettles, voice):
    named = {"mentions": [{"company": kettles.name, "company_id": kettles.id}]}
    found = publishing.publish(db, ada, an_entry(private_reference="KE-20417", **named))
    db.commit()
    return found


def room(page: Page, name: str) -> None:
    """Go from the desk into one of its rooms."""
    page.goto("/en/desk")
    page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("options", [{}, {**NO_SCRIPT, **PHONE}])
def test_a_template_is_kept_changed_put_into_an_answer_and_removed(
    page_of, bob, story, options
):
    page = page_of(bob, **options)
    room(page, "Templates")
    page.get_by_label("Name of the template").fill("We look")
    page.get_by_label("Text", exact=True).fill("Dear {autor}, we look for it.")
    page.get_by_role("button", name="Keep the template").click()
    shown(page, "There is nothing to fill in for {autor}.")
    page.get_by_label("Text", exact=True).fill("Dear {author}, see {reference}.")
    page.get_by_role("button", name="Keep the template").click()
    page.get_by_role("link", name="We look").click()
    page.get_by_label("Name of the template").fill("We look into it")
    page.get_by_role("button", name="Keep the template").click()
    expect(page.get_by_role("link", name="We look into it")).to_be_visible()

    page.goto(f"/en/stories/{story.id}/respond")
    page.get_by_label("Template").select_option(index=1)
    page.get_by_role("button", name="Put it into the answer").click()
    text = page.locator('[name="text"]')
    expect(text).to_have_value(re.compile("Dear Ada, see …417"))
    page.locator('[name="kind"][value="acknowledge"]').check()
    page.get_by_role("button", name="Publish answer").click()
    shown(page, "Dear Ada, see")

    room(page, "Templates")
    page.locator("summary", has_text=re.compile("Remove.*We look into it")).click()
    page.get_by_role("button", name="Remove it for good").click()
    expect(page.get_by_text("We look into it")).to_have_count(0)


def test_a_token_is_made_shown_once_used_and_ended(page_of, bob, story):
    page = page_of(bob)
    room(page, "Tokens of the API")
    page.get_by_label("What is it for?").fill("Our tickets")
    page.locator('[name="scopes"]').first.check()
    page.get_by_role("button", name="Make the token").click()
    words = page.locator("code.token").inner_text()
    bearer = {"Authorization": f"Bearer {words}"}

    read = page.request.get("/api/v1/desk", headers=bearer)
    assert (read.status, "KE-20417" in read.text()) == (200, True)
    room(page, "Tokens of the API")
    expect(page.locator("code.token")).to_have_count(0)
    shown(page, "Our tickets", "Last used")

    page.get_by_role("button", name=re.compile("End it.*Our tickets")).click()
    shown(page, "Ended on")
    assert page.request.get("/api/v1/desk", headers=bearer).status == 401
    assert not page.complaints


def test_a_webhook_is_kept_tested_given_a_new_secret_and_removed(
    site, page_of, bob, story, receiver
):
    page = page_of(bob)
    room(page, "Webhooks")
    page.get_by_label("Web address").fill(f"http://{receiver.place}/in")
    page.get_by_role("button", name="Send there").click()
    expect(page.get_by_text("it is shown only this once")).to_be_visible()
    before = page.locator("code.token").inner_text()
    page.get_by_role("button", name="Send a test").click()
    shown(page, "The test is on its way", "Not sent yet")
    site.catch_up()
    page.reload()
    shown(page, "Came (204)")
    assert len(receiver.came) == 1

    expect(page.locator("code.token")).to_have_count(0)
    page.get_by_role("button", name="Make a new secret").click()
    expect(page.locator("code.token")).not_to_have_text(before)
    shown(page, "The secret before signs too until")

    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text(receiver.place)).to_have_count(0)
    assert not page.complaints


def test_letters_of_a_desk_come_as_often_as_is_wished(page_of, bob, story):
    page = page_of(bob, **NO_SCRIPT)
    room(page, "Letters")
    expect(page.locator('[name="often"][value="at_once"]')).to_be_checked()

    page.locator('[name="often"][value="daily"]').check()
    page.get_by_role("button", name="Keep it so").click()

    room(page, "Letters")
    expect(page.locator('[name="often"][value="daily"]')).to_be_checked()
