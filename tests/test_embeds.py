"""Stories and companies in pages of other sites: oEmbed, and the cards it leads to."""

import re
from datetime import timedelta

import pytest
from oembedpy import consumer, discovery
from playwright.sync_api import expect

from stories.models import Response
from tests.lives import a_story, a_whole_life, later, worded
from tests.test_barriers import ASK, AXE, RULES

SOURCE = re.compile(r'src="([^"]+)"')


def card(client, address):
    """The card at an address, after the way to its present version."""
    first = client.get(address)
    assert first.status_code == 302, first.status
    assert first.headers["Cache-Control"] == "public, max-age=300"
    return client.get(first.headers["Location"])


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_consumer_finds_and_reads_how_to_show_a_story(site, db, ada, kettles, form):
    story = a_story(db, ada, kettles, title='The "best" <kettle>', outcome="resolved")
    page = f"{site.address}/it/stories/{story.id}-the-best-kettle"

    endpoint, asked = discovery.find_from_content(page)
    asked.format = form
    found = consumer.fetch_content(endpoint, asked)

    assert (found.type, found.version) == ("rich", "1.0")
    assert found.title == 'The "best" <kettle>'
    assert found.author_name == "Ada"
    assert found.author_url == f"{site.address}/it/members/ada"
    assert found.provider_name == "Earshot"
    assert (int(found.width), int(found.height)) == (600, 320)
    assert f"{site.address}/it/stories/{story.id}/card" == SOURCE.search(found.html)[1]
    assert found.thumbnail_url.startswith(f"{site.address}/pictures/stories/")


def test_a_consumer_finds_and_reads_how_to_show_a_company(site, kettles):
    page = f"{site.address}/en/companies/{kettles.id}-kettles-co"

    endpoint, asked = discovery.find_from_content(page)
    asked.max_width, asked.max_height = 400, 200
    found = consumer.fetch_content(endpoint, asked)

    assert found.title == "Kettles & Co"
    assert (found.width, found.height) == (400, 200)
    assert 'width="400" height="200"' in found.html


def test_a_consumer_is_sent_no_larger_picture_than_it_asked_for(site, db, ada, kettles):
    story = a_story(db, ada, kettles)
    page = f"{site.address}/en/stories/{story.id}-a-kettle-that-never-came"

    endpoint, asked = discovery.find_from_content(page)
    asked.max_width = 1199
    found = consumer.fetch_content(endpoint, asked)

    assert not found.thumbnail_url
    assert not found.thumbnail_width


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("http://elsewhere.example/en/stories/1", 404),
        ("http://localhost/en/about", 404),
        ("http://localhost/xx/companies/1", 404),
        ("http://localhost/en/stories/999", 404),
        ("http://localhost/en/stories/9999999999999999999999", 404),
        ("http://[", 404),
        ("javascript:alert(1)", 404),
        ("", 404),
        ("http://localhost/en/companies/1&format=html", 501),
    ],
)
def test_what_cannot_be_embedded_is_said(client, kettles, address, status):
    assert client.get(f"/oembed?url={address}").status_code == status


def test_what_is_not_to_be_seen_cannot_be_embedded(client, db, ada, kettles):
    story = a_story(db, ada, kettles, visibility="hidden")

    assert client.get(f"/en/stories/{story.id}/card").status_code == 404
    address = f"http://localhost/en/stories/{story.id}"
    assert client.get(f"/oembed?url={address}").status_code == 404


def test_a_card_is_kept_for_ever_and_asks_for_nothing(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    for of, number in (("stories", story.id), ("companies", kettles.id)):
        answer = card(client, f"/en/{of}/{number}/card")

        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors *" in policy
        assert "script" not in answer.text
        assert re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)', answer.text)


def test_a_card_of_before_leads_to_the_one_of_now(client, db, ada, kettles):
    story = a_story(db, ada, kettles)
    before = client.get(f"/en/stories/{story.id}/card").headers["Location"]
    assert client.get(before).status_code == 200

    answer = Response(
        story_id=story.id,
        company_id=kettles.id,
        kind="apologise",
        speaker="Team Care",
        company_name=kettles.name,
        method="email",
        verified_on=later(-100).date(),
        posted_at=later(3),
        **worded("We are sorry."),
    )
    db.add(answer)
    db.commit()
    moved = client.get(before)

    assert moved.status_code == 302
    assert moved.headers["Location"] != before
    assert "1 by the company" in client.get(moved.headers["Location"]).text


def test_a_card_is_the_same_in_every_time_zone(client, browser_of, db, ada, kettles):
    late = later(0) + timedelta(hours=14, minutes=30)  # the next day in Auckland
    story = a_story(db, ada, kettles, published_at=late)
    ada.time_zone = "Pacific/Auckland"
    db.commit()
    address = f"/en/stories/{story.id}/card"

    ours, theirs = (
        each.get(address).headers["Location"] for each in (client, browser_of(ada))
    )

    assert ours == theirs


@pytest.mark.parametrize("lang", ["en", "it"])
def test_cards_stand_in_a_page_of_another_site(site, page_of, db, ada, kettles, lang):
    if not AXE.exists():
        pytest.skip("left out: axe-core (npm ci) is not here")
    story = a_whole_life(db, ada, kettles)
    page = page_of(bypass_csp=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for of, number in (("stories", story.id), ("companies", kettles.id)):
        for scheme in ("light", "dark"):
            asked.clear()
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": 600, "height": 320})
            page.goto(f"{site.address}/{lang}/{of}/{number}/card")
            expect(page.locator("h1")).to_be_visible()
            assert all(url.startswith(site.address) for url in asked)
            assert len(asked) <= 5  # the way there, the card, its style, two icons
            tall = page.evaluate("document.documentElement.scrollHeight")
            assert tall <= 320
            page.evaluate(AXE.read_text(encoding="utf-8"))
            assert page.evaluate(ASK, RULES) == []
    frames = f'<iframe src="{site.address}/{lang}/stories/{story.id}/card"></iframe>'
    page.set_content(frames)
    expect(page.frame_locator("iframe").locator("h1")).to_have_text(story.title)
    assert page.complaints == []
