"""What machines read first."""

import re
from xml.etree.ElementTree import fromstring

from stories.companies import product_named
from stories.reading import sitemaps
from tests.lives import a_story
from web.i18n import LANGUAGES

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
LINK = "{http://www.w3.org/1999/xhtml}link"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def places(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status
    return [each.text for each in fromstring(page.data).iter(f"{SITEMAP}loc")]


def test_every_public_address_stands_in_a_sitemap(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Bollitore & figli", language="it")
    a_story(db, ada, kettles, title="A secret", visibility="unlisted")
    a_story(db, ada, kettles, title="An echo", products=["Kettle"], visibility="hidden")
    product = product_named(db, kettles, "Kettle")

    maps = places(client, "/sitemap.xml")
    found = [place for each in maps for place in places(client, each)]

    languages = len(LANGUAGES)
    assert found[:languages] == [f"http://localhost/{tag}/" for tag in LANGUAGES]
    assert found[-1 - 2 * languages :] == [
        f"http://localhost/it/stories/{story.id}-bollitore-figli",
        *(
            f"http://localhost/{tag}/companies/{kettles.id}-kettles-co"
            for tag in LANGUAGES
        ),
        *(f"http://localhost/{tag}/products/{product.id}-kettle" for tag in LANGUAGES),
    ]
    for place in found:
        assert client.get(place.removeprefix("http://localhost")).status_code == 200


def test_each_address_names_the_page_in_every_language(client, db, ada, kettles):
    """As the page itself does, for search engines believe only what both say."""
    a_story(db, ada, kettles, title="Bollitore", language="it")

    for part in ("pages", "stories-1", "companies-1"):
        root = fromstring(client.get(f"/sitemap-{part}.xml").data)
        for url in root.iter(f"{SITEMAP}url"):
            place = url.find(f"{SITEMAP}loc").text
            page = client.get(place.removeprefix("http://localhost")).text
            told = [(e.get("hreflang"), e.get("href")) for e in url.iter(LINK)]

            assert told == ALTERNATE.findall(page)
            assert [tag for tag, _ in told] == [*LANGUAGES, "x-default"]
            assert f'<link rel="canonical" href="{place}">' in page


def test_a_part_holds_no_more_than_search_engines_read():
    assert sitemaps.MOST * len(LANGUAGES) <= 50_000


def test_a_part_is_a_statement_for_each_kind_of_row(
    client, db, ada, kettles, statements
):
    a_story(db, ada, kettles, products=["Kettle"])

    for part, kinds in (("stories", 2), ("companies", 1), ("products", 1)):
        statements.clear()
        assert client.get(f"/sitemap-{part}-1.xml").status_code == 200
        assert len(statements) == kinds


def test_robots_find_the_sitemap_and_keep_off_searches(client):
    words = client.get("/robots.txt").text

    assert "Sitemap: http://localhost/sitemap.xml" in words
    assert "Disallow: /*/search?" in words


def test_an_empty_site_has_its_own_pages_only(client):
    assert places(client, "/sitemap.xml") == ["http://localhost/sitemap-pages.xml"]
    assert client.get("/sitemap-stories-1.xml").status_code == 404
