"""Speaking for a company in a real browser: proven by an entry, joined by others."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from stories import representing
from stories.models import Representative


@pytest.fixture
def settings(settings, names, pages):
    return replace(settings, resolver=names.address, fetch_inside=pages.address)


def test_somebody_proves_it_by_an_entry_and_asks_a_colleague_in(
    db, site, page_of, bob, cy, staff, kettles, names
):
    page: Page = page_of(bob)
    page.goto(f"/en/companies/{kettles.id}/claim")
    page.get_by_label("Your name, or that of your team").fill("Bob of Kettles")
    page.get_by_label("What you do there").fill("Customer care")
    page.get_by_label("I make an entry in the company’s domain").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("_earshot.kettles.example")).to_be_visible()
    page.get_by_role("button", name="Look now").click()
    expect(page.get_by_text("We are looking")).to_be_visible()
    db.rollback()
    claim = db.scalars(select(Representative)).one()
    names.say("_earshot.kettles.example", "TXT", [claim.proof])
    db.rollback()
    site.catch_up()
    page.get_by_role("link", name="See what was found").click()
    expect(page.get_by_text("Now staff of this site decide")).to_be_visible()
    db.expire_all()
    representing.grant(db, staff, claim)
    db.commit()

    page.reload()
    page.get_by_role("link", name="Your team").click()
    page.get_by_label("Address at the company").fill("cy@kettles.example")
    page.get_by_label("Observer").check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("cy@kettles.example").first).to_be_visible()
    site.catch_up()
    words = site.newest_letter().get_body(("plain",)).get_content()
    link = next(part for part in words.split() if "/team/join/" in part)

    joining: Page = page_of(cy)
    joining.goto(link)
    joining.get_by_label("Your name, or that of your team").fill("Cy of Kettles")
    joining.get_by_label("What you do there").fill("Repairs")
    joining.get_by_role("button", name="Join the team").click()
    expect(joining.get_by_role("heading", level=1)).to_contain_text("Desk of")

    page.reload()
    page.get_by_role("button", name=re.compile("Make a responder.*Cy")).click()
    expect(page.get_by_text("Responder: Answers stories.").first).to_be_visible()
    page.locator("summary", has_text=re.compile("Take out.*Cy")).click()
    page.get_by_role("button", name="Yes, take out of the team").click()
    expect(page.get_by_text("Cy of Kettles")).to_have_count(0)
    joining.reload()
    expect(joining.get_by_text("You do not speak for this company")).to_be_visible()
    assert not page.complaints
