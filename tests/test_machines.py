"""What machines read first."""

from xml.etree.ElementTree import fromstring

from tests.lives import a_story

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status
    return [each.text for each in fromstring(page.data).iter(f"{SITEMAP}loc")]


def test_every_public_address_stands_in_a_sitemap(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Bollitore & figli", language="it")
    a_story(db, ada, kettles, title="A secret", visibility="unlisted")

    maps = places(client, "/sitemap.xml")
    found = [place for each in maps for place in places(client, each)]

    assert found == [
        f"http://localhost/it/stories/{story.id}-bollitore-figli",
        f"http://localhost/en/companies/{kettles.id}-kettles-co",
    ]


def test_robots_find_the_sitemap_and_keep_off_searches(client):
    words = client.get("/robots.txt").text

    assert "Sitemap: http://localhost/sitemap.xml" in words
    assert "Disallow: /*/search" in words


def test_an_empty_site_has_an_empty_sitemap(client):
    assert places(client, "/sitemap.xml") == []
    assert client.get("/sitemap-stories-1.xml").status_code == 404
