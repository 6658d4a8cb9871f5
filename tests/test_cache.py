"""Pages that are made once, and sent again until their version moves on."""

import gzip
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from stories import history
from stories.models import Story
from stories.models.codes import Kind
from web import editions
from web.cache import cached
from web.editions import Stand, of_story
from web.keeping import Local, Page
from web.keeping.shared import Shared


@pytest.fixture
def story(db, ada) -> Story:
    story = Story(title="Late", text="It came late.", author=ada, kind=Kind.COMPLAINT)
    db.add(story)
    db.commit()
    return story


@pytest.fixture
def made(app: Flask) -> list[int]:
    """The stories whose page was made, at an address that the test gives them."""
    made: list[int] = []

    @cached(of_story)
    def show(story: int) -> str:
        made.append(story)
        return f"<p>Story {story}, page {len(made)}"

    app.add_url_rule("/try/<int:story>", "try", show)
    return made


def test_a_page_is_made_once_for_all_anonymous_readers(client, story, made):
    first = client.get(f"/try/{story.id}")
    second = client.get(f"/try/{story.id}")

    assert made == [story.id]
    assert second.data == first.data
    assert list(second.headers) == list(first.headers)


def test_a_deed_makes_the_page_stale_at_once(client, db, story, made):
    client.get(f"/try/{story.id}")

    history.touch_quietly(db, story)
    db.commit()

    assert client.get(f"/try/{story.id}").data.endswith(b"page 2")


def test_a_page_turns_at_midnight(client, story, made, monkeypatch):
    client.get(f"/try/{story.id}")

    tomorrow = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr(editions, "now", lambda: tomorrow)

    assert client.get(f"/try/{story.id}").data.endswith(b"page 2")


def test_a_reader_who_has_the_page_is_told_so(client, story, made):
    tag = client.get(f"/try/{story.id}").headers["ETag"]

    again = client.get(f"/try/{story.id}", headers={"If-None-Match": tag})

    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert again.headers["X-Content-Type-Options"] == "nosniff"


def test_a_reader_who_has_the_page_is_told_so_by_a_process_that_never_made_it(
    app, client, story, made
):
    tag = client.get(f"/try/{story.id}").headers["ETag"]
    app.wsgi_app._store = Local()

    again = client.get(f"/try/{story.id}", headers={"If-None-Match": tag})

    assert (again.status_code, made) == (304, [story.id])


def test_packed_and_plain_readers_get_the_same_page(client, story, made):
    plain = client.get(f"/try/{story.id}")
    packed = client.get(f"/try/{story.id}", headers={"Accept-Encoding": "br, gzip"})
    never = client.get(f"/try/{story.id}", headers={"Accept-Encoding": "gzip;q=0"})

    assert gzip.decompress(packed.data) == plain.data == never.data
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "Content-Encoding" not in never.headers


def test_a_member_is_never_sent_the_page_of_all(browser_of, bob, client, story, made):
    browser = browser_of(bob)
    tag = client.get(f"/try/{story.id}").headers["ETag"]

    own = browser.get(f"/try/{story.id}", headers={"If-None-Match": tag})

    assert own.status_code == 200
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert "Cookie" in own.headers["Vary"]
    assert client.get(f"/try/{story.id}").data.endswith(b"page 1")


def test_a_cookie_alone_makes_nobody_a_member(client, story, made):
    client.set_cookie("session", "invented")

    answer = client.get(f"/try/{story.id}")

    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_no_anonymous_reader_is_set_a_cookie(client, story, made):
    answers = [client.get(f"/try/{story.id}") for _ in range(2)]

    assert not any(answer.headers.get("Set-Cookie") for answer in answers)


def test_each_address_of_a_page_is_kept_apart(client, story, made):
    client.get(f"/try/{story.id}")
    client.get(f"/try/{story.id}?order=old")
    client.get(f"/try/{story.id}", base_url="http://127.0.0.1")

    assert len(made) == 3


def test_what_is_not_there_is_not_kept(client, made):
    answers = [client.get("/try/999") for _ in range(2)]

    assert made == [999, 999]
    assert "ETag" not in answers[0].headers


def test_a_question_about_a_page_brings_no_body_and_keeps_nothing(client, story, made):
    head = client.head(f"/try/{story.id}")
    page = client.get(f"/try/{story.id}")
    again = client.head(f"/try/{story.id}")

    assert head.data == again.data == b""
    assert again.headers["Content-Length"] == str(len(page.data))


def a_page(size: int) -> Page:
    headers = (("Content-Type", "text/html"),)
    return Page(Stand("site", "id", 1), 'W/"1"', headers, b"x" * size, b"")


def test_the_pages_asked_for_last_are_kept_up_to_so_many_bytes():
    store = Local(most=4 * a_page(1000).size)
    for name in "abcd":
        store.put(name, a_page(1000))

    store.get("a")
    store.put("e", a_page(1000))

    assert [name for name in "abcde" if store.get(name)] == ["a", "c", "d", "e"]


def test_a_page_too_large_for_its_place_is_not_kept():
    store = Local()
    store.put("all", a_page(10_000_000))

    assert store.get("all") is None


def test_redis_keeps_pages_for_all_processes(redis_url):
    Shared(redis_url).put("here", a_page(1000))

    assert Shared(redis_url).get("here") == a_page(1000)
    assert Shared(redis_url).get("elsewhere") is None


def test_pages_are_made_anew_while_redis_is_away():
    nowhere = Shared("redis://127.0.0.1:1/0")

    nowhere.put("here", a_page(1000))

    assert nowhere.get("here") is None


def test_what_redis_needs_is_not_imported_where_it_is_not_used():
    code = "import sys, web.app; assert 'redis' not in sys.modules"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
