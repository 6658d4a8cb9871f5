"""What is sent packed, and what shared caches are told of it."""

import gzip

import pytest

from tests.lives import a_story
from web.finding import index
from web.rendering.static import static_url

PACKS = {"Accept-Encoding": "br, gzip"}


@pytest.fixture
def stories(app, db, ada, kettles):
    for number in range(3):
        a_story(db, ada, kettles, title=f"Story {number}")
    yield
    with app.app_context():
        index().close()


@pytest.mark.parametrize(
    "address", ["/en/search", "/en/search.atom", "/en/search.json", "/api/v1/search"]
)
def test_what_is_made_for_one_request_is_packed_quickly(client, stories, address):
    plain = client.get(address)
    packed = client.get(address, headers=PACKS)

    assert plain.status_code == packed.status_code == 200
    if "Content-Encoding" not in packed.headers:
        assert len(plain.data) < 1000 or "ETag" in plain.headers
        return
    assert gzip.decompress(packed.data) == plain.data
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert packed.headers["Vary"] == plain.headers["Vary"]


def test_the_search_page_is_packed_and_still_varies_by_cookie(client, stories):
    packed = client.get("/en/search", headers=PACKS)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Cookie, Accept-Encoding"


def test_what_members_are_sent_is_not_packed(browser_of, bob, stories):
    """Its size could tell of a secret beside words that a stranger made them send."""
    page = browser_of(bob).get("/en/search", headers=PACKS)

    assert "Content-Encoding" not in page.headers


def test_small_and_strange_answers_stay_as_they_are(client, stories):
    for address in ("/en/suggestions?q=x", "/en/search?kind=nonsense", "/healthz"):
        assert "Content-Encoding" not in client.get(address, headers=PACKS).headers


def test_a_question_about_a_search_brings_no_body(client, stories):
    answer = client.head("/en/search", headers=PACKS)

    assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("name", ["site.css", "icons.svg", "mark.svg"])
def test_static_files_are_the_same_with_any_cookie(app, client, browser_of, bob, name):
    with app.test_request_context():
        address = static_url(name)

    for browser in (client, browser_of(bob)):
        answer = browser.get(address, headers=PACKS)
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "Set-Cookie" not in answer.headers
