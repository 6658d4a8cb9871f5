"""Feeds, read by two programs that know nothing of us."""

import re
import warnings

import feedparser_rs
import pytest

from stories import outbox, warning
from stories.companies import product_named
from stories.models import Comment
from stories.reading import story as story_reading
from stories.warning import CautionEntry
from tests.lives import a_story, a_whole_life, later, worded
from web import worker

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


def read_json(client, address):
    page = client.get(address)
    assert page.status_code == 200, page.status
    assert page.content_type == "application/feed+json"
    feed = feedparser_rs.parse(page.data)
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "json11"
    return feed


def both(client, address):
    """The same feed as Atom and as JSON Feed."""
    return read(client, f"{address}.atom"), read_json(client, f"{address}.json")


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


def test_a_json_feed_says_what_the_atom_feed_says(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Ein Kessel", language="de")

    atom, other = both(client, "/en/stories")
    (entry,) = other.entries

    assert other.feed.title == atom.feed.title == "Earshot"
    assert other.feed.language == "en"
    assert entry.id == atom.entries[0].id
    assert entry.link == atom.entries[0].link
    assert entry.title == "Ein Kessel"
    assert entry.language == "de"
    assert entry.author == atom.entries[0].author == "Ada"
    assert [tag.term for tag in entry.tags] == [
        tag.term for tag in atom.entries[0].tags
    ]
    assert entry.published_parsed[:5] == story.published_at.timetuple()[:5]
    assert "weeks" in entry.content[0].value


def test_an_empty_json_feed_is_one(client):
    assert read_json(client, "/it/stories.json").entries == []


def test_a_long_feed_says_where_it_goes_on(client, db, ada, kettles):
    for number in range(21):
        a_story(db, ada, kettles, title=f"Number {number}", published_at=later(number))

    first = client.get(f"/en/companies/{kettles.id}.json").json
    rest = client.get(first["next_url"].removeprefix("http://localhost"))

    assert len(first["items"]) == 20
    assert [item["title"] for item in rest.json["items"]] == ["Number 0"]
    assert "next_url" not in rest.json
    assert rest.json["feed_url"] == first["next_url"]


def test_a_member_has_feeds(client, db, ada, kettles):
    a_story(db, ada, kettles, title="It leaks")

    for feed in both(client, "/it/members/ada"):
        assert [entry.title for entry in feed.entries] == ["It leaks"]
    assert client.get("/en/members/nobody.json").status_code == 404


def test_a_search_has_feeds(client, app, db, ada, kettles):
    a_story(db, ada, kettles, title="It leaks")
    story = a_story(db, ada, kettles, title="It never came")
    for each in (story.id, story.id - 1):
        outbox.index(db, each)
    db.commit()
    worker.drain(app)

    atom = read(client, "/en/search.atom?q=leaks&kind=complaint")
    other = read_json(client, "/en/search.json?q=leaks&kind=complaint")

    assert [entry.title for entry in atom.entries] == ["It leaks"]
    assert [entry.title for entry in other.entries] == ["It leaks"]
    assert other.feed.link == "http://localhost/en/search?q=leaks&kind=complaint"


def test_a_company_and_a_product_have_feeds(client, db, ada, kettles):
    a_story(db, ada, kettles, title="It leaks", products=["Kettle"])
    product = product_named(db, kettles, "Kettle")

    for address in (f"companies/{kettles.id}", f"products/{product.id}"):
        for feed in both(client, f"/en/{address}"):
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


def test_a_storys_feed_has_the_latest_of_many_comments(
    client, db, ada, kettles, monkeypatch
):
    monkeypatch.setattr(story_reading, "THREADS", 2)
    story = a_story(db, ada, kettles)
    for n in range(5):
        words = worded(f"Remark {n}.")
        db.add(Comment(story_id=story.id, posted_at=later(n + 1), **words))
    db.commit()

    feed = read(client, f"/en/stories/{story.id}.atom")

    assert "Remark 4." in feed.entries[0].content[0].value
    assert feed.entries[0].link.split("/")[-2] == "comments"


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
        "/en/": "/en/stories",
        f"/en/stories/{story.id}-kettle": f"/en/stories/{story.id}",
        f"/en/companies/{kettles.id}-kettles-co": f"/en/companies/{kettles.id}",
        "/en/members/ada": "/en/members/ada",
        "/en/search": "/en/search",
    }.items():
        words = client.get(page).text
        for form, kind in (("atom", "atom+xml"), ("json", "feed+json")):
            assert re.search(
                f'rel="alternate" type="application/{re.escape(kind)}"'
                f' title="[^"]+" href="{feed}.{form}"',
                words,
            ), (page, form)


@pytest.fixture
def warned(db, ada, staff, kettles):
    """A story under check, about a company under check."""
    story = a_story(db, ada, kettles, text="It leaks.")
    check = CautionEntry(concern="under_check", words="We asked for <the> receipt.")
    for about in (story, kettles):
        warning.warn(db, staff, about, check)
    db.commit()
    return story


def test_who_reads_elsewhere_is_warned_before_the_first_words(client, warned):
    for address in ("/en/stories", f"/en/stories/{warned.id}"):
        atom, other = both(client, address)

        for entry in (atom.entries[0], other.entries[0]):
            words = entry.content[0].value if entry.get("content") else entry.summary
            assert "Under check by staff of this site, since" in words
            assert words.index("receipt") < words.index("leaks")
        assert "under_check" in [tag.term for tag in atom.entries[0].tags]
        item = client.get(f"{address}.json").json["items"][0]
        assert item["_earshot"]["warnings"][0]["concern"] == "under_check"


def test_a_companys_feed_says_what_there_is_to_know_about_it(client, kettles, warned):
    atom, other = both(client, f"/en/companies/{kettles.id}")

    assert "We asked for" in atom.feed.subtitle
    assert "We asked for" in other.feed.subtitle


def test_a_warning_that_was_taken_off_is_in_no_feed(client, db, staff, warned):
    for each in warning.standing(db, warned):
        warning.lift(db, staff, each, warning.WhyEntry(words="It came."))
    db.commit()

    assert "Under check" not in client.get("/en/stories.atom").text
