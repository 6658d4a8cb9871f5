"""Atom feeds, read by a program that knows nothing of us."""

import warnings

import pytest

from stories.companies import product_named
from tests.lives import a_story, a_whole_life, later

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # feedparser's own
    import feedparser


def read(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status
    assert page.content_type.startswith("application/atom+xml")
    feed = feedparser.parse(page.data)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_sites_feed_has_the_newest_stories_first(client, db, ada, kettles):
    a_story(db, ada, kettles, title="An older one", published_at=later(-3))
    a_story(db, ada, kettles, title="A newer one", language="it")
    a_story(db, ada, kettles, title="A secret", visibility="unlisted")

    feed = read(client, "/en/stories.atom")

    assert [entry.title for entry in feed.entries] == ["A newer one", "An older one"]
    assert feed.entries[0].title_detail.language == "it"
    assert feed.entries[0].summary == "It went on for weeks."
    assert feed.entries[0].author == "Ada"
    assert feed.entries[0].link.startswith("http://localhost/en/stories/")


def test_ids_are_the_same_in_every_language(client, db, ada, kettles):
    a_story(db, ada, kettles)

    english, italian = (read(client, f"/{tag}/stories.atom") for tag in ("en", "it"))

    assert english.entries[0].id == italian.entries[0].id
    assert english.feed.id == italian.feed.id


def test_a_company_and_a_product_have_feeds(client, db, ada, kettles):
    a_story(db, ada, kettles, title="It leaks", products=["Kettle"])
    product = product_named(db, kettles, "Kettle")

    for address in (f"companies/{kettles.id}", f"products/{product.id}"):
        feed = read(client, f"/en/{address}.atom")

        assert [entry.title for entry in feed.entries] == ["It leaks"]


def test_a_storys_feed_has_what_followed_it(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    feed = read(client, f"/en/stories/{story.id}.atom")

    assert [(entry.author, entry.content[0].value) for entry in feed.entries] == [
        ("Ada", "<p>They called again.</p>"),
        ("Ada", "<p>Thank you.</p>"),
        ("Gus", "<p>Same here.</p>"),
        ("Ada", "<p>Sorry is not a kettle.</p>"),
        ("Kettles & Co", "<p>We are sorry.</p>"),
        ("Ada", feed.entries[-1].content[0].value),
    ]
    assert len({entry.id for entry in feed.entries}) == 6


def test_a_feed_bears_any_words(client, db, ada, kettles):
    hostile = "<b>&amp;</b> ]]> <!-- </title>"
    a_story(db, ada, kettles, title=hostile)

    feed = read(client, "/en/stories.atom")

    assert feed.entries[0].title_detail.type == "text/plain"
    assert "]]>" in feed.entries[0].title


@pytest.mark.parametrize("visibility", ["hidden", "author_only"])
def test_what_is_not_to_be_read_has_no_feed(client, db, ada, visibility):
    story = a_story(db, ada, None, visibility=visibility)

    assert client.get(f"/en/stories/{story.id}.atom").status_code == 404


def test_pages_name_their_feeds(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Kettle")

    for page, feed in {
        "/en/": "/en/stories.atom",
        f"/en/stories/{story.id}-kettle": f"/en/stories/{story.id}.atom",
        f"/en/companies/{kettles.id}-kettles-co": f"/en/companies/{kettles.id}.atom",
    }.items():
        assert 'type="application/atom+xml"' in client.get(page).text
        assert f'href="{feed}"' in client.get(page).text
