"""Titles in the language of whoever reads them in letters, or by a program."""

from datetime import timedelta

import pytest

from stories import following, outbox
from stories.following import FollowEntry
from stories.models import now
from stories.reading import titles
from stories.reading.following import News
from stories.reading.letters import Told
from tests.mailbox import carried
from web import worker
from web.accounts.models import Account
from web.finding import index

ENGLISH = "The kettle that never came"
ITALIAN = "Il bollitore mai arrivato"


@pytest.fixture
def with_mail(db, bob):
    """Bob speaks Italian, and can be written to."""
    known = {"email": "bob@example.org", "fs_uniquifier": "bob"}
    db.add(Account(member_id=bob.id, confirmed_at=now(), **known))
    bob.language = "it"
    db.commit()
    return bob


def titled(db, story, reader, *wanted):
    told = Told(story, news=(News(story),))
    found = titles.retitled(db, told, reader.id, wanted)
    assert found.story.title == found.news[0].story.title
    assert found.story.id == story.id
    return found.story.title, found.story.language


def test_a_letter_names_a_story_as_its_reader_would(db, bob, story, italian):
    assert titled(db, story, bob, "it") == (ITALIAN, "it")


def test_who_reads_the_original_is_told_of_the_original(db, bob, story, italian):
    assert titled(db, story, bob, "de", "en", "it") == (ENGLISH, "en")


def test_authors_know_their_stories_by_their_own_titles(db, ada, story, italian):
    assert titled(db, story, ada, "it") == (ENGLISH, "en")


def test_what_is_not_shown_gives_no_title(db, bob, story, italian):
    italian.visibility = "hidden"
    db.flush()

    assert titled(db, story, bob, "it") == (ENGLISH, "en")


def test_the_letter_of_a_follower_is_in_their_language(
    app, db, with_mail, story, italian
):
    kept = following.follow(db, with_mail, story, FollowEntry(often="at_once"))
    places = {"story_id": story.id, "follow_id": kept.id, "fresh": True}
    outbox.letter(db, "followed", f"member:{with_mail.id}", **places)
    db.commit()

    *_, letter = carried(app)

    assert ITALIAN in letter.subject
    assert f'<bdi lang="it" dir="ltr">{ITALIAN}</bdi>' not in letter.html
    assert ITALIAN in letter.html
    assert f"stories/{story.id}-the-kettle-that-never-came" in letter.link("stories")


def test_a_digest_leads_to_the_translation(app, db, with_mail, story, italian):
    following.follow(db, with_mail, story, FollowEntry(often="daily"))
    since, until = story.published_at - timedelta(days=1), now()
    places = {"since": since.isoformat(), "until": until.isoformat(), "often": "daily"}
    outbox.letter(db, "digest", f"member:{with_mail.id}", **places)
    db.commit()

    *_, letter = carried(app)

    assert ITALIAN in letter.text
    assert ENGLISH not in letter.text
    there = f"/it/stories/{story.id}-il-bollitore-mai-arrivato/in/it"
    assert there in letter.text
    assert there in letter.html


@pytest.fixture
def indexed(app, story, italian):
    """The story and its translation, found by the search."""
    worker.drain(app)
    yield
    with app.app_context():
        index().close()


def test_programs_get_both_titles(client, indexed):
    (listed,) = client.get("/api/v1/search?q=bollitore").json["items"]

    assert listed["title"] == ENGLISH
    (told,) = listed["titles"]
    assert (told["language"], told["title"]) == ("it", ITALIAN)
    assert told["address"].endswith("/in/it")


def test_a_story_without_translations_has_no_other_title(client, story):
    one = client.get(f"/api/v1/stories/{story.id}").json

    assert one["titles"] == []
