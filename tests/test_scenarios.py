"""The five scenarios, lived through in a browser by those whom they concern."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from stories import companies
from stories.entries.story import StoryEntry
from stories.models import Company, Member
from tests import scenarios
from tests.browsing import Site, enter
from tests.people import a_voice


def publish(page: Page, entry: StoryEntry, language: str = "en") -> str:
    """Write the story in the editor and publish it; gives its address."""
    page.goto(f"/{language}/write")
    enter(page, entry)
    page.locator('button[name="do"][value="publish"]').click()
    page.wait_for_url(re.compile(rf"/{language}/stories/\d+"))
    assert page.complaints == []
    return page.url


def found(page: Page, **question: str) -> str:
    """The words of the results that a search shows."""
    words = "&".join(f"{name}={value}" for name, value in question.items())
    page.goto(f"/en/search?{words}")
    return " | ".join(page.locator(".cards article").all_inner_texts())


@pytest.fixture
def sony(db, bob) -> Company:
    """The company of four scenarios, with somebody who speaks for it."""
    company = companies.add(db, "Sony", domain="sony.example")
    db.commit()
    a_voice(db, bob, company)
    return company


def words(page: Page, address: str) -> str:
    """All that a reader sees of a page, in one line."""
    page.goto(address)
    return " ".join(page.locator("main").inner_text().split())


def test_licence_certificate(site, page_of, page, db, ada, sony):
    address = publish(page_of(ada), scenarios.licence_certificate())
    site.catch_up()

    story = words(page, address)
    assert "Written on behalf of somebody else" in story
    assert "2 calls, 2 hours and 3 people" in story
    assert "35 min, 3 people and 2 numbers called" in story
    assert "4 hours later The company called 1 hour" in story
    assert "The company · Kept" in story
    assert "kept does not mean solved" in story
    assert "Still open" in story
    assert "Closed on" in story
    assert "Waiting for the company" in story

    title = "A sticker and a disc"
    assert title in found(page, q="certificate authenticity")
    assert title in found(page, company="Sony")
    assert title not in found(page, company="Microsoft")
    assert title in found(page, company="Microsoft", role="any")
    assert title in found(page, product="Office 2007")


def test_melted_boombox(site, page_of, page, db, ada, sony):
    entry = scenarios.melted_boombox()
    address = publish(page_of(ada), entry)
    site.catch_up()

    story = words(page, address)
    assert "Part 2 of “My saga with one company”" in story
    assert "Part one stands elsewhere" in story
    assert "Refused" in story
    assert "$94" in story
    assert "$220" in story
    assert "Never" in story
    for praised in ("Panasonic", "Apple", "Home Depot", "Lowe’s"):
        assert praised in story.replace("'", "’")
    assert "social media team" in story

    assert entry.title in found(page, q="boom box sun")
    assert entry.title in found(page, company="Home Depot", role="praised")
    assert entry.title not in found(page, company="Home Depot")
    depot = companies.called(db, "Home Depot")[0]
    assert "0 complaints" in words(page, f"/en/companies/{depot.id}").lower() or (
        "nobody has written" in words(page, f"/en/companies/{depot.id}").lower()
    )


def remark(page: Page, site: Site, address: str, name: str, text: str) -> None:
    """Comment as a guest, and confirm the address by the link in the letter."""
    page.goto(f"/en/stories/{number(address)}/comment")
    page.locator('[name="name"]').fill(name)
    page.locator('[name="email"]').fill(f"{name.lower()}@guests.example")
    page.locator('main [name="text"]').fill(text)
    page.locator("main form button.main").click()
    page.wait_for_url(re.compile("/comment/sent"))
    site.catch_up()
    page.goto(link_in(site.newest_letter()))
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile("/stories/"))


def link_in(letter: EmailMessage) -> str:
    """The first address in a letter that leads back here."""
    words = letter.get_body(("plain",)).get_content()
    return re.search(r"http://127\.0\.0\.1:\d+/\S+", words)[0]


def test_melted_boombox_has_two_comments_by_guests(site, page_of, page, db, ada, sony):
    address = publish(page_of(ada), scenarios.melted_boombox())

    for name, text in zip(("Uma", "Vic"), scenarios.boom_box_comments(), strict=True):
        remark(page, site, address, name, text)

    story = words(page, address)
    for text in scenarios.boom_box_comments():
        assert text in story
    assert "2 comments" in words(page, "/en/")


def test_melted_boombox_stands_on_the_desk_of_the_company(
    site, page_of, db, ada, bob, cy, sony
):
    entry = scenarios.melted_boombox()
    publish(page_of(ada), entry)
    depot = companies.called(db, "Home Depot")[0]
    a_voice(db, cy, depot)

    assert entry.title in words(page_of(bob), "/en/desk")
    desk = page_of(cy)
    desk.goto("/en/desk")
    desk.get_by_role("link", name="Named in passing").click()
    expect(desk.locator("main")).to_contain_text(entry.title)


def test_the_person_whom_the_author_names_is_masked(page_of, page, db, ada, sony):
    entry = scenarios.melted_boombox()
    assert entry.names
    name = entry.names[0].name

    address = publish(page_of(ada), entry)

    assert name in entry.text
    assert name not in words(page, address)


def test_itunes_by_mail(site, page_of, page, db, ada):
    entry = scenarios.itunes_by_mail()
    address = publish(page_of(ada), entry)
    site.catch_up()

    story = words(page, address)
    assert "Praise" in story
    assert "after 6 hours" in story
    assert "day" in story
    letter = page.locator("main .letter")
    expect(letter).to_contain_text("Dear customer")
    quotation = page.locator("main figure:not(.letter)").filter(has_text="oxymoron")
    expect(quotation).to_contain_text("Another author")

    assert entry.title in found(page, company="Apple", kind="praise")
    assert entry.title in found(page, q="oxymorons support")
    assert entry.title in found(page, company="Comcast", role="criticised")
    assert entry.title not in found(page, company="Comcast", kind="complaint")


def test_repair_programme(site, page_of, page, db, ada):
    entry = scenarios.repair_programme()
    address = publish(page_of(ada), entry)
    vaio = scenarios.kit_mai_arrivato()
    publish(page_of(ada_again(db)), vaio, "it")
    site.catch_up()

    assert "17 September 2008" in words(page, address)
    assert "17 settembre 2008" in words(page, address.replace("/en/", "/it/"))
    for point in (*entry.points_good, *entry.points_bad):
        assert point in words(page, address)
    assert "Vaio TZ" in words(page, address)

    both = found(page, product="Vaio")
    assert entry.title in both
    assert vaio.title in both
    assert entry.title in found(page, year="2008")
    company = companies.called(db, "Sony")[0]
    assert "praise" in words(page, f"/en/companies/{company.id}").lower()


def ada_again(db):
    """Another author, for a second story."""
    member = Member(handle="dora", handle_folded="dora", display_name="Dora")
    db.add(member)
    db.commit()
    return member


def test_kit_mai_arrivato(site, page_of, db, ada, sony):
    entry = scenarios.kit_mai_arrivato()
    author = page_of(ada, locale="it-IT")
    address = publish(author, entry, "it")
    author.goto(f"{address.rpartition('/')[0]}/{number(address)}/update")
    enter(author, scenarios.kit_update())
    author.locator("main form.form button.main").click()
    author.wait_for_url(re.compile("#update-"))
    site.catch_up()

    reader = page_of(locale="it-IT")
    reader.goto("/")
    expect(reader.locator("html")).to_have_attribute("lang", "it")
    story = words(reader, address)
    assert "Aggiornat" in story
    assert "16 marzo 2010" in story
    assert "25,00 €" in story.replace("\u00a0", " ")

    assert entry.title in found(reader, q="assistenza clienti")
    assert entry.title in found(reader, q="protesta")
    english = page_of(locale="en-GB")
    assert "Italian" in found(english, company="Sony")
    assert "Waiting for the company" in words(english, address.replace("/it/", "/en/"))


def number(address: str) -> str:
    """The story's number in its address."""
    return re.search(r"/stories/(\d+)", address)[1]
