"""Evidence on pages: what its words may say, who keeps a copy, how much at once."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from stories.models import Errand, Evidence
from tests.files import a_picture
from tests.lives import a_story
from tests.reading_eyes import words_of
from tests.test_evidence_page import WORDS, media, only, send
from web import limits, uploading
from web.limits import HOUR, Limit
from web.redrawing import turns
from web.redrawing.turns import turn
from web.worker.housekeeping import Housekeeping

MAIL = "ada@home.example"


@pytest.fixture
def story(db, ada, kettles, voice):
    """Ada's story about Kettles, for whom Bob speaks."""
    return a_story(db, ada, kettles)


@pytest.fixture
def address(story) -> str:
    return f"/en/stories/{story.id}/evidence"


@pytest.fixture
def browser(browser_of, ada):
    return browser_of(ada)


def publish(browser, address, which):
    sure = {"do": "publish", "sure": "publish"}
    return browser.post(f"{address}/{which}/deeds", data=sure)


def test_an_author_is_asked_about_numbers_in_what_they_say_of_it(db, browser, address):
    asked = send(browser, address, a_picture(), words=f"Mail of {MAIL}")
    assert asked.status_code == 422
    for words in (f"Keep {MAIL}", "browsers forget it"):
        assert words in words_of(asked)
    assert not db.scalars(select(Evidence)).all()

    answers = {"private-0-words": MAIL}
    send(browser, address, a_picture(), words=f"Mail of {MAIL}", **answers)

    assert only(db).words == "Mail of […]"


def test_what_is_kept_of_them_is_not_asked_about_again(db, browser, address):
    kept = {"private-0-words": MAIL, "private-0-keep": "yes"}
    send(browser, address, a_picture(), words=f"Mail of {MAIL}", **kept)
    which = f"{address}/{only(db).id}"

    same = browser.post(which, data={"words": f"A mail of {MAIL}"})
    other = browser.post(which, data={"words": "A mail of cy@home.example"})

    assert (same.status_code, other.status_code) == (303, 422)
    assert only(db).words == f"A mail of {MAIL}"


def test_a_person_named_there_is_masked(db, browser, address):
    named = {"names-0-name": "John Smith", "names-0-role": "a clerk"}

    send(browser, address, a_picture(), words="A mail of John Smith", **named)

    assert only(db).words == "A mail of a clerk"


def test_a_shared_cache_keeps_no_answer_to_somebody(
    db, browser, client, browser_of, cy, story, address
):
    other = browser_of(cy)
    send(browser, address, a_picture())
    publish(browser, address, only(db).id)

    def kept(reader) -> set[str]:
        page = reader.get(f"/en/stories/{story.id}", follow_redirects=True)
        return {each.headers["Cache-Control"] for each in media(reader, page)}

    assert kept(client) == {"public, max-age=3600"}
    assert kept(other) == {"private, max-age=3600"}


@pytest.mark.parametrize("place", ["", "/boxes"])
def test_who_comes_when_many_do_is_told_to_come_again(
    db, browser, address, settings, monkeypatch, place
):
    send(browser, address, a_picture())
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    box = {"left": "0", "top": "0", "width": "12.5", "height": "25"}
    typed = {f"boxes-0-{name}": value for name, value in box.items()}

    with ExitStack() as others:
        for _ in range(turns.AT_ONCE):
            others.enter_context(turn(settings.data))
        if place:
            page = browser.post(f"{address}/{only(db).id}{place}", data=typed)
        else:
            page = send(browser, address, a_picture())

    assert page.status_code == 422
    assert "Send it again in a minute." in words_of(page)
    assert (typed["boxes-0-width"] if place else WORDS) in page.text


def test_so_many_exports_an_hour_and_no_more(
    application, settings, browser_of, ada, monkeypatch
):
    monkeypatch.setitem(limits.TABLE, "export", (Limit("member", 2, HOUR),))
    browser = browser_of(ada, application(replace(settings, unlimited=False)))

    found = [browser.get("/en/account/export").status_code for _ in range(3)]

    assert found == [200, 200, 429]


def test_nothing_is_held_while_files_are_packed(
    app, db, browser, address, engine, monkeypatch
):
    send(browser, address, a_picture())
    held = []
    packed = uploading.packed

    def noticing(*what):
        held.append(engine.pool.checkedout())
        return packed(*what)

    db.rollback()
    monkeypatch.setattr(uploading, "packed", noticing)
    with browser.get("/en/account/export") as answer:
        assert answer.status_code == 200

    assert held == [0]


def test_files_are_looked_through_once_a_day_however_long_the_rest_takes(
    app, db, browser, address, monkeypatch
):
    send(browser, address, a_picture())
    quiet = "web.worker.housekeeping.discussing.close_quiet"
    monkeypatch.setattr(quiet, lambda *_: 1)  # there is always more to do
    rounds, swept = Housekeeping(), []

    for _ in range(3):
        with app.app_context():
            rounds.round()
        gone = db.execute(delete(Errand).where(Errand.task == "sweep"))
        swept.append(gone.rowcount)
        db.commit()

    assert swept == [1, 0, 0]


def test_a_reader_reports_a_picture_below_the_story(
    db, browser, browser_of, client, cy, staff, story, address
):
    reader, judge = browser_of(cy), browser_of(staff)
    send(browser, address, a_picture())
    which = only(db).id
    publish(browser, address, which)
    path = f"/en/flag/evidence/{which}"
    assert path in client.get(f"/en/stories/{story.id}-x", follow_redirects=True).text

    asked = reader.get(path)
    nothing = reader.post(path, data={})
    sent = reader.post(path, data={"reason": "spam", "words": "It sells tea."})

    assert "Report a picture" in words_of(asked)
    assert WORDS in words_of(asked)
    assert (nothing.status_code, sent.status_code) == (422, 303)
    decides = f"/en/moderation/texts/evidence/{which}"
    assert decides in judge.get("/en/moderation").text
    page = judge.get(decides)
    assert {each.status_code for each in media(judge, page)} == {200}
    for words in ("It sells tea.", "Take it from readers", "Leave it as it is"):
        assert words in words_of(page)

    why = {"deed": "hide", "reason": "spam", "words": "It sells tea."}
    assert judge.post(decides, data=why).status_code == 303

    page = client.get(f"/en/stories/{story.id}-x", follow_redirects=True)
    assert WORDS not in page.text
    assert "A picture was taken from readers" in words_of(client.get("/en/log"))
    assert reader.get(path).status_code == 404


def test_nobody_else_decides_about_a_picture(
    db, browser, browser_of, client, cy, address
):
    reader = browser_of(cy)
    send(browser, address, a_picture())
    which = only(db).id
    publish(browser, address, which)
    decides = f"/en/moderation/texts/evidence/{which}"
    why = {"deed": "hide", "reason": "spam", "words": "No."}

    assert reader.post(decides, data=why).status_code == 403
    assert client.post(decides, data=why).status_code == 403
    assert only(db).is_public
