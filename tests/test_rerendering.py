"""Old texts get what a newer renderer makes of them."""

import pytest
from sqlalchemy import select, update

from stories import outbox, publishing, rerendering
from stories.models import Comment, Errand, Letter, Site, Story
from stories.text import RENDERER
from tests.people import an_entry
from web.db import db as in_the_worker
from web.worker.renewing import Renewing

ENGLISH = "We waited, and this is what they wrote in the end, and nothing else came."
GERMAN = "Wir bedauern die Unannehmlichkeiten und bitten Sie um etwas Geduld."
TEXT = f"{ENGLISH}\n\n> {GERMAN}"
OLD = f"<p>{ENGLISH}</p>\n<blockquote>\n<p>{GERMAN}</p>\n</blockquote>"


@pytest.fixture
def story(db, ada):
    """As it was rendered before passages were marked, and long since indexed."""
    letters = [{"by": "company", "text": f"Liebe Kundin!\n\n{ENGLISH}"}]
    story = publishing.publish(db, ada, an_entry(text=TEXT, letters=letters))
    story.html, story.renderer = OLD, RENDERER - 1
    db.execute(update(Letter).values(html="<p>old</p>"))
    db.query(Errand).delete()
    db.commit()
    return story


@pytest.fixture
def renew(app):
    """Let the worker do all there is to be done."""

    def run() -> None:
        with app.app_context():
            renewing = Renewing()
            while renewing.some():
                pass
            in_the_worker.rollback()

    return run


def test_an_old_text_is_rendered_anew_with_its_letters(db, story, renew):
    renew()

    db.expire_all()
    assert '<blockquote lang="de">' in story.html
    assert story.renderer == RENDERER
    assert f"{ENGLISH}</p>" in db.scalars(select(Letter.html)).one()


def test_pages_and_the_index_follow_where_something_is_new(db, story, renew):
    before = story.version, db.get_one(Site, 1).version
    db.rollback()

    renew()

    db.expire_all()
    assert story.version > before[0]
    assert db.get_one(Site, 1).version > before[1]
    assert [errand.task for errand in db.scalars(select(Errand))] == ["index"]


def test_what_is_the_same_leaves_pages_as_they_are(db, story, bob, renew):
    renew()
    words = {"text": "Me too.", "html": "<p>Me too.</p>", "language": "en"}
    db.add(Comment(story_id=story.id, author_id=bob.id, **words))
    db.execute(update(Story).values(renderer=0))
    db.query(Errand).delete()
    db.commit()
    db.expire_all()
    version = story.version
    db.rollback()

    renew()

    db.expire_all()
    assert story.version == version
    assert not db.scalars(select(Errand)).all()
    assert db.scalars(select(Comment.renderer)).one() == RENDERER


def test_a_text_that_went_meanwhile_does_not_come_back(db, story):
    made = rerendering.anew(db, Story, rerendering.stale(db, Story, 0))
    story.text = story.html = ""
    db.commit()

    rerendering.keep(db, made)

    db.expire_all()
    assert story.html == ""


def test_all_are_reached_however_many_there_are(db, story, bob, renew, monkeypatch):
    monkeypatch.setattr(rerendering, "MOST", 2)
    for number in range(5):
        words = {"text": f"{number}\n\n{GERMAN}", "language": "en"}
        db.add(Comment(story_id=story.id, author_id=bob.id, **words))
    db.commit()

    renew()

    assert all('lang="de"' in html for html in db.scalars(select(Comment.html)))
    assert not outbox.is_due(db, ["mail"])


def test_nothing_is_left_to_do_by_a_new_text(db, ada):
    publishing.publish(db, ada, an_entry(text=TEXT))
    db.commit()

    assert not rerendering.stale(db, Story, 0)
