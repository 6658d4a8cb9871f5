"""Stories on a company's invitation, and its badge: labelled, counted apart, the same
for everybody."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as some

from stories import exporting, figures, publishing
from stories.models import Company, Story
from stories.models.codes import OriginKind
from tests.people import a_voice, an_entry
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.badging import MOST_LINES, broken, wide

SVG = "{http://www.w3.org/2000/svg}"


def about(company, **more):
    mentions = [{"company": company.name, "company_id": company.id}]
    return an_entry(mentions=mentions, **more)


@pytest.fixture
def invited(db, ada, kettles, voice):
    story = publishing.publish(db, ada, about(kettles, invited_by=kettles.id))
    db.commit()
    return story


def test_an_invited_story_says_so_and_is_counted_apart(
    db, client, ada, kettles, invited
):
    publishing.publish(db, ada, about(kettles, title="Of my own accord"))
    db.commit()

    ever = figures.of_company(db, kettles).ever

    assert invited.origin == OriginKind.INVITED
    assert (ever.stories, dict(ever.invited)) == (2, {"complaint": 1})
    label = "Written here on the company’s invitation"
    assert not missing_from(
        client.get(f"/en/stories/{invited.id}-the-kettle-that-never-came"), label
    )
    assert not missing_from(
        client.get(f"/en/companies/{kettles.id}-kettles-co"),
        label,
        "1 of these stories was written on the company’s own invitation.",
    )


def test_machines_are_told_too(db, client, kettles, invited):
    record = client.get(f"/api/v1/stories/{invited.id}").json
    company = client.get(f"/api/v1/companies/{kettles.id}").json

    assert record["origin"]["kind"] == "invited"
    assert company["figures"]["invited"] == {"complaint": 1}
    assert any('"invited"' in line for line in exporting.public_record(db))


def test_invited_stories_are_searched_apart(app, client, invited):
    worker.drain(app)

    found = client.get("/en/search?origin=invited")
    assert not missing_from(
        found,
        "Where it comes from",
        "Written here on the company’s invitation",
        invited.title,
    )
    assert invited.title not in client.get("/en/search?not_origin=invited").text


def test_nobody_invites_for_a_company_that_is_not_there(db, ada, cy, kettles):
    unclaimed = publishing.publish(db, ada, about(kettles, invited_by=kettles.id))
    teapots = Company(name="Teapots")
    db.add(teapots)
    db.commit()
    a_voice(db, cy, teapots)
    other = publishing.publish(
        db, ada, about(kettles, title="Another", invited_by=teapots.id)
    )
    none = publishing.publish(db, ada, about(kettles, title="Third", invited_by=4711))

    for story in (unclaimed, other, none):
        assert story.origin == OriginKind.WRITTEN


def test_changing_a_story_does_not_take_the_label_off(db, ada, kettles, invited):
    publishing.amend(db, ada, invited, about(kettles, title="Another title"))

    assert invited.origin == OriginKind.INVITED


def test_the_link_leads_to_an_empty_story_and_keeps_its_label(
    db, browser_of, ada, kettles, voice
):
    browser = browser_of(ada)
    page = browser.get(f"/en/companies/{kettles.id}/write")
    assert not missing_from(page, "praise and complaint count alike")
    hidden = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', page.text)
    typed = {
        **dict(hidden),
        "mentions-0-company": kettles.name,
        "title": "Good kettle",
        "text": "It boils, and it never leaked in three years.",
        "language": "en",
        "kind": "praise",
        "do": "publish",
    }

    browser.post("/en/write", data=typed)

    assert db.query(Story).one().origin == OriginKind.INVITED


# The badge --------------------------------------------------------------------------


def drawn(page) -> list[str]:
    assert page.status_code == 200
    assert page.mimetype == "image/svg+xml"
    return [each.text for each in ET.fromstring(page.data).iter(f"{SVG}text")]


def test_a_badge_has_the_record_and_its_day(db, client, kettles, invited):
    moved = client.get(f"/en/companies/{kettles.id}/badge.svg")
    page = client.get(moved.location)

    assert re.search(r"/badge-[0-9a-f]{16}\.svg$", moved.location)
    assert "immutable" in page.headers["Cache-Control"]
    assert "immutable" not in moved.headers["Cache-Control"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    words = drawn(page)
    assert words[0] == "Kettles & Co"
    assert words[1] == "Told of 1 story, answered 0"
    assert words[-1].startswith("Earshot, as of ")
    assert "prefers-color-scheme:dark" in page.text


def test_a_badge_speaks_the_language_of_its_address(client, kettles):
    words = drawn(
        client.get(f"/it/companies/{kettles.id}/badge.svg", follow_redirects=True)
    )

    assert words[0] == "Kettles & Co"
    assert client.get("/en/companies/4711/badge.svg").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["<script>&\"'", "قوارير الشاي", "ドナウ" * 20, "Donau" * 30, "é" * 70],
)
def test_any_name_fits_on_a_badge(db, client, name):
    company = Company(name=name)
    db.add(company)
    db.commit()

    page = client.get(f"/en/companies/{company.id}/badge.svg", follow_redirects=True)

    assert drawn(page)
    assert "<script" not in page.text


@given(some.text(max_size=80), some.integers(3, 20))
def test_no_line_is_wider_than_the_badge(words, width):
    lines = broken(words, width)

    assert len(lines) <= MOST_LINES
    assert all(wide(line) <= width + 1 or len(line) == 1 for line in lines)


def test_the_desk_says_how_to_put_it_there(browser_of, bob, cy, kettles, voice):
    address = f"/en/desk/outside?company={kettles.id}"

    page = browser_of(bob).get(address)

    assert not missing_from(page, f"/en/companies/{kettles.id}/write")
    assert "badge.svg" in page.text
    assert browser_of(cy).get(address).status_code == 403


def test_everybody_reads_what_a_company_can_do(client):
    for language in ("en", "it"):
        page = client.get(f"/{language}/for-companies")
        assert page.status_code == 200
    assert "Nothing is for sale" in words_of(client.get("/en/for-companies"))
