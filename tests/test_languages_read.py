"""Lists keep to the languages that a reader reads, and say what they leave out."""

import json

import feedparser
import pytest

from stories.languages import understands
from stories.reading import listing
from stories.reading.listing import PAGE, WALK
from tests.lives import a_story, later
from tests.reading_eyes import missing_from, words_of


@pytest.fixture
def told(db, ada, kettles):
    """Three stories about Kettles: in English, in Italian, in Polish."""
    for n, (language, title) in enumerate(
        [("en", "A kettle"), ("it", "Un bollitore"), ("pl", "Czajnik")]
    ):
        a_story(db, ada, kettles, title=title, language=language, published_at=later(n))


@pytest.fixture
def italian(db, bob, browser_of):
    """The browser of somebody who reads Italian alone."""
    bob.reads = ["it"]
    db.commit()
    return browser_of(bob)


def lists(kettles, ada):
    return (
        "/en/",
        "/en/stories",
        f"/en/companies/{kettles.id}",
        f"/en/members/{ada.handle}",
    )


def test_lists_show_the_languages_that_a_member_reads(italian, told, kettles, ada):
    for address in lists(kettles, ada):
        page = italian.get(address, follow_redirects=True)

        assert "Un bollitore" in page.text, address
        assert "A kettle" not in page.text, address
        assert not missing_from(
            page,
            "Only in the languages that you read.",
            "2 more in languages that you do not read:",
            "English 1",
            "Polish 1",
        )


def test_an_anonymous_reader_sees_every_language(client, told, kettles, ada):
    for address in lists(kettles, ada):
        page = client.get(address, follow_redirects=True)

        assert not missing_from(page, "A kettle", "Un bollitore", "Czajnik")
        assert "more in" not in words_of(page)


def test_everybody_may_ask_for_a_language_by_its_address(client, told):
    page = client.get("/en/stories?language=pl")

    assert "Czajnik" in page.text
    assert "Un bollitore" not in page.text
    assert not missing_from(page, "2 more in other languages:", "Italian 1")


def test_a_member_can_have_all_of_them_once(italian, told):
    page = italian.get("/en/stories?language=*")

    assert not missing_from(page, "A kettle", "Un bollitore", "Czajnik")


def test_what_is_no_language_asks_for_nothing(client, told):
    page = client.get("/en/stories?language=%00&language=<b>")

    assert page.status_code == 200
    assert "Czajnik" in page.text


def test_two_members_have_lists_of_their_own(db, italian, cy, browser_of, told):
    cy.reads = ["pl"]
    db.commit()

    for browser, theirs in ((italian, "Un bollitore"), (browser_of(cy), "Czajnik")):
        titles = {"Un bollitore", "Czajnik"}
        page = browser.get("/en/stories").text
        assert {title for title in titles if title in page} == {theirs}


def test_a_text_in_an_unknown_language_is_for_everybody(db, ada, italian):
    a_story(db, ada, None, title="Hm?", language="und")

    assert "Hm?" in italian.get("/en/stories").text


def test_pages_of_one_language_follow_each_other_without_a_gap(client, db, ada):
    for n in range(90):
        tag = "it" if n % 3 == 0 else "en"
        a_story(db, ada, None, title=f"N{n:02}", language=tag, published_at=later(n))

    seen, left_out, address = [], 0, "/en/stories?language=it"
    while address:
        page = client.get(address)
        words = words_of(page)
        seen += [rest[:2] for rest in words.split(" N")[1:] if rest[:2].isdigit()]
        left_out += int(words.partition(" more in other")[0].rpartition(" ")[2] or 0)
        address = page.text.partition('rel="next" href="')[2].partition('"')[0]
        address = address.replace("&amp;", "&")

    assert seen == [f"{n:02}" for n in reversed(range(0, 90, 3))]
    assert left_out == 60


def test_a_rare_language_is_looked_for_only_so_far(db, ada, monkeypatch):
    monkeypatch.setattr(listing, "WALK", 10)
    a_story(db, ada, None, title="Rzadkie", language="pl", published_at=later(0))
    for n in range(1, 16):
        a_story(db, ada, None, title=f"Common {n}", published_at=later(n))

    first = listing.page(db, listing.newest(), PAGE, ["pl"])
    second = listing.page(db, listing.newest(first.older), PAGE, ["pl"])

    assert (first.cards, first.unread) == ([], {"en": 10})
    assert [card.story.title for card in second.cards] == ["Rzadkie"]
    assert second.older is None
    assert WALK > PAGE


def test_feeds_follow_and_name_their_languages(client, italian, told, kettles):
    page = italian.get("/en/stories").text
    atom = page.partition('application/atom+xml"')[2].partition('href="')[2]
    address = atom.partition('"')[0]

    assert address == "/en/stories.atom?language=it"
    entries = feedparser.parse(client.get(address).data).entries
    assert [entry.title for entry in entries] == ["Un bollitore"]


def test_older_pages_of_a_feed_keep_to_its_languages(client, db, ada):
    for n in range(50):
        tag = "it" if n % 2 else "en"
        a_story(db, ada, None, title=f"N{n}", language=tag, published_at=later(n))

    first = json.loads(client.get("/en/stories.json?language=it").data)
    second = json.loads(client.get(first["next_url"]).data)

    titles = [item["title"] for item in first["items"] + second["items"]]
    assert titles == [f"N{n}" for n in reversed(range(1, 50, 2))]


@pytest.mark.parametrize(
    ("reads", "tag", "can"),
    [
        (["en"], "en-GB", True),
        (["pt-BR"], "pt-PT", True),
        (["zh-Hans"], "zh-Hant", False),
        (["zh-Hans"], "zh-CN", True),
        (["sr-Cyrl"], "sr-Latn", False),
        (["it"], "und", True),
        (["it"], "en", False),
    ],
)
def test_who_reads_a_language_reads_its_variants(reads, tag, can):
    assert understands(reads, tag) is can
