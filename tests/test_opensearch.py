"""Our search as one of the browser's own."""

import sqlite3
from xml.etree.ElementTree import fromstring

import pytest

from stories import companies
from tests.browsing import CHROMIUM, FLAGS

LEARNT = "SELECT short_name, url, suggest_url FROM keywords WHERE short_name = ?"
SPEC = "{http://a9.com/-/spec/opensearch/1.1/}"


def described(client, lang):
    page = client.get(f"/{lang}/opensearch.xml")
    assert page.status_code == 200
    assert page.content_type.startswith("application/opensearchdescription+xml")
    return fromstring(page.data)


def test_every_page_leads_to_a_description_in_its_language(client):
    link = '<link rel="search" type="application/opensearchdescription+xml"'

    for lang in ("en", "it"):
        assert f'{link} title="Earshot" href="/{lang}/opensearch.xml"' in (
            client.get(f"/{lang}/about").text
        )
        assert described(client, lang).find(f"{SPEC}Language").text == lang


@pytest.mark.parametrize(
    "page", ["", "search", "search?kind=nonsense", "companies", "sign-in", "nowhere"]
)
def test_whatever_page_one_is_on_it_leads_there(client, page):
    html = client.get(f"/it/{page}").text

    assert html.count('rel="search"') == 1
    assert 'href="/it/opensearch.xml"' in html.partition("</head>")[0]


def test_the_description_keeps_to_its_standard(client):
    """OpenSearch 1.1, draft 6: what must be there, and how long it may be."""
    root = described(client, "it")

    assert root.tag == f"{SPEC}OpenSearchDescription"
    assert 0 < len(root.find(f"{SPEC}ShortName").text) <= 16
    assert 0 < len(root.find(f"{SPEC}Description").text) <= 1024
    for url in root.iter(f"{SPEC}Url"):
        assert url.get("template").startswith("http://localhost/it/")
        assert url.get("rel", "results") in ("results", "suggestions", "self")
        assert url.get("rel") == "self" or "{searchTerms}" in url.get("template")


@pytest.mark.parametrize("form", ["text/html", "application/x-suggestions+json"])
def test_what_it_names_answers(client, form):
    urls = described(client, "en").iter(f"{SPEC}Url")
    template = next(url.get("template") for url in urls if url.get("type") == form)
    asked = template.replace("{searchTerms}", "k%C3%A4se%20%26%20co")

    assert client.get(asked.removeprefix("http://localhost")).status_code == 200


def test_suggestions_are_companies_with_their_pages(client, db, kettles):
    companies.add(db, "Kitchen & Sons")
    db.commit()

    answer = client.get("/en/suggestions?q=kett")

    assert answer.content_type == "application/x-suggestions+json"
    assert answer.json == [
        "kett",
        ["Kettles & Co"],
        ["Kettles & Co"],
        [f"http://localhost/en/companies/{kettles.id}-kettles-co"],
    ]
    assert client.get("/en/suggestions").json == ["", [], [], []]


def test_chromium_takes_our_search_into_its_own(site, chromium, tmp_path):
    """It looks for a description on the page at / only."""
    browser = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=FLAGS
    )
    page = browser.new_page()

    page.goto(f"{site.address}/")
    page.goto("chrome://settings/searchEngines")
    page.wait_for_timeout(4000)
    browser.close()

    with sqlite3.connect(tmp_path / "Default/Web Data") as table:
        found = table.execute(LEARNT, ["Earshot"]).fetchone()
    assert found == (
        "Earshot",
        f"{site.address}/en/search?q={{searchTerms}}",
        f"{site.address}/en/suggestions?q={{searchTerms}}",
    )
