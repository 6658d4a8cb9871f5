"""What follows a deed: found, gone, told, done once."""

from datetime import timedelta
from decimal import Decimal
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select

from stories import discussing, outbox
from stories.database import sessions
from stories.models import Amount, Comment, Draft, Errand, Story, now
from stories.models.codes import CommentState, Kind, Visibility
from stories.search import Question
from stories.search.whoosh import engine
from tests.running import until
from web import worker
from web.db import db as in_the_worker
from web.db import writing
from web.finding import index
from web.worker.indexing import Indexing
from web.worker.rounds import attempt_to_end


def told(db, author, title: str = "A kettle", text: str = "It leaks.") -> Story:
    """A story in the database, and the errand that it left."""
    story = Story(
        title=title,
        text=text,
        html=f"<p>{text}</p>",
        language="en",
        author=author,
        kind=Kind.COMPLAINT,
    )
    db.add(story)
    db.flush()
    outbox.index(db, story.id)
    db.commit()
    return story


@pytest.fixture
def found(app: Flask):
    """The stories that a reader finds by some words."""

    def look(words: str) -> list[int]:
        with app.app_context():
            asked = Question(words=words, languages=("en",))
            return sorted(hit.id for hit in index().search(asked).hits)

    yield look
    with app.app_context():
        index().close()


def waiting(db) -> list[str]:
    db.rollback()
    return [errand.task for errand in db.query(Errand)]


def test_a_published_story_is_found(app, db, ada, found):
    story = told(db, ada, text="The kettle leaks on the left.")

    worker.drain(app)

    assert found("leaking kettles") == [story.id]
    assert waiting(db) == []


def test_a_hidden_story_is_gone(app, db, ada, found):
    story = told(db, ada)
    worker.drain(app)

    story.visibility = Visibility.HIDDEN
    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)

    assert found("kettle") == []


def test_what_readers_and_companies_add_is_found(app, db, ada, bob, found):
    story = told(db, ada)
    for state, words in (
        (CommentState.PUBLIC, "gasket"),
        (CommentState.HIDDEN, "slander"),
    ):
        db.add(Comment(story_id=story.id, author=bob, html=words, state=state))
    db.commit()

    worker.drain(app)

    assert found("gasket") == [story.id]
    assert found("slander") == []


def test_an_errand_done_twice_changes_nothing(app, db, ada, found):
    story = told(db, ada)
    worker.drain(app)

    outbox.index(db, story.id)
    db.commit()
    worker.drain(app)

    assert found("kettle") == [story.id]


def test_what_a_killed_worker_had_taken_is_done_by_the_next(app, db, ada, found):
    story = told(db, ada)
    outbox.claim(db, ["index"])
    db.commit()

    worker.drain(app)

    assert found("kettle") == [story.id]


def test_a_story_that_cannot_be_indexed_keeps_no_other_from_it(
    app, db, ada, found, monkeypatch
):
    bad, good = told(db, ada, title="Bad"), told(db, ada, title="Good")
    with app.app_context():
        put = index().put
    monkeypatch.setattr(
        "stories.search.whoosh.engine.WhooshIndex.put",
        lambda self, documents: put(refusing(bad.id, documents)),
    )

    worker.drain(app)

    assert found("good") == [good.id]
    errand = db.query(Errand).one()
    assert errand.details["story_id"] == bad.id
    assert errand.trouble == "ValueError: <mail> said no"
    assert errand.due_at > now()


def refusing(story_id: int, documents):
    documents = list(documents)
    if any(document.id == story_id for document in documents):
        raise ValueError("ada@example.org said no")
    return documents


def test_an_errand_that_fails_too_often_is_kept_as_dead_and_can_be_tried_again(db):
    outbox.leave(db, "letter")
    for _ in range(outbox.MOST_TRIES):
        db.query(Errand).update({"due_at": now() - timedelta(seconds=1)})
        (errand,) = outbox.claim(db, ["letter"])
        outbox.failed(db, errand, "no answer")

    assert [errand.trouble for errand in outbox.dead(db)] == ["no answer"]
    assert outbox.claim(db, ["letter"]) == []

    assert outbox.retry(db) == 1
    assert len(outbox.claim(db, ["letter"])) == 1


def test_what_fails_is_tried_again_for_three_days_after_growing_pauses():
    pauses = [outbox.pause_after(tries) for tries in range(1, outbox.MOST_TRIES)]

    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(seconds=10)
    assert pauses[-1] == outbox.LONGEST_PAUSE
    assert timedelta(days=3) < sum(pauses, timedelta()) < timedelta(days=4)


def test_peoples_deeds_come_before_bulk(db, ada):
    outbox.index(db, 1, bulk=1)
    outbox.index(db, 2)

    (first,) = outbox.claim(db, ["index"], most=1)

    assert first.details["story_id"] == 2


def test_a_scheduled_draft_is_published_as_its_author_wrote_it(app, db, ada):
    ada.language = "it"
    fields = {
        "title": "Il bollitore",
        "text": "Perde.",
        "kind": "complaint",
        "language": "it",
        "mentions": [{"company": "Acme", "role": "subject"}],
        "amounts": [{"value": "1.234,50", "currency": "EUR", "role": "paid"}],
    }
    moment = now() - timedelta(minutes=1)
    db.add(Draft(key="k", member_id=ada.id, fields=fields, publish_at=moment))
    db.commit()

    worker.drain(app)

    assert db.scalars(select(Story.title)).all() == ["Il bollitore"]
    assert db.scalars(select(Amount.value)).all() == [Decimal("1234.5")]


def test_quiet_threads_are_closed(app, db, ada):
    story = told(db, ada)
    story.last_activity_at = now() - timedelta(days=400)
    db.commit()

    worker.drain(app)

    db.refresh(story)
    assert story.comments_closed_at is not None


def test_what_a_guest_never_stood_up_for_is_forgotten(app, db, ada):
    story = told(db, ada)
    at = now() - timedelta(days=discussing.UNCONFIRMED_DAYS)
    for name, posted_at, state in (
        ("Old", at - timedelta(hours=1), "unconfirmed"),
        ("New", at + timedelta(hours=1), "unconfirmed"),
        ("Stood", at - timedelta(hours=1), "public"),
    ):
        remark = Comment(story_id=story.id, text="Me too.", language="en")
        remark.guest_name, remark.contact = name, "c1"
        remark.posted_at, remark.state = posted_at, state
        db.add(remark)
    db.commit()

    worker.drain(app)

    left = db.scalars(select(Comment.guest_name).order_by(Comment.id)).all()
    assert left == ["New", "Stood"]


def test_two_workers_never_take_the_same_errand(db, engine):
    for number in range(10):
        outbox.index(db, number)
    db.commit()

    with sessions(engine)() as one, sessions(engine)() as other:
        first = outbox.claim(one, ["index"], most=5)
        if engine.dialect.name == "sqlite":  # there only one can write at a time
            one.commit()
        second = outbox.claim(other, ["index"], most=10)

    ids = [errand.id for errand in [*first, *second]]
    assert len(first) == len(second) == 5
    assert len(set(ids)) == 10


def test_a_damaged_index_is_made_anew(app, db, ada, found, settings):
    story = told(db, ada)
    worker.drain(app)
    with app.app_context():
        index().close()
    segments = list((settings.data / "index").rglob("*.seg"))
    for path in segments:
        path.write_bytes(b"nonsense")

    meanwhile = app.test_client().get("/en/search?q=kettle")
    worker.drain(app)

    assert segments
    assert meanwhile.status_code == 503
    assert "The search is being made anew." in meanwhile.text
    assert found("kettle") == [story.id]


def test_what_waits_for_a_damaged_index_goes_with_the_wish_for_a_new_one(
    app, db, ada, found, settings
):
    told(db, ada)
    worker.drain(app)
    with app.app_context():
        index().close()
    for path in (settings.data / "index").rglob("*.seg"):
        path.write_bytes(b"nonsense")
    stories = [told(db, ada) for _ in range(3)]

    indexing = Indexing(Event())
    with app.app_context():
        indexing.round()
        waiting = set(db.scalars(select(Errand.task)))
        until(lambda: indexing.round() or indexing.idle)

    assert waiting.intersection(Indexing.tasks) == {"rebuild"}
    assert {story.id for story in stories} < set(found("kettle"))


def test_a_rebuilt_index_has_every_public_story_and_no_other(app, db, ada, found):
    stories = [told(db, ada) for _ in range(5)]
    hidden = told(db, ada)
    hidden.visibility = Visibility.HIDDEN
    db.query(Errand).delete()
    outbox.rebuild(db)
    db.commit()

    worker.drain(app)

    assert found("kettle") == [story.id for story in stories]


@pytest.fixture
def filling_slowly(app, monkeypatch):
    """A new index has read all stories, and goes on when it is told to. The first one,
    which a new site makes by itself, is there already."""
    worker.drain(app)
    put = engine.Filling.put
    read = Event()
    go_on = Event()

    def slowly(self, documents):
        all_read = list(documents)
        read.set()
        assert go_on.wait(10)
        put(self, all_read)

    monkeypatch.setattr(engine.Filling, "put", slowly)
    yield read, go_on
    go_on.set()


def test_what_changes_or_comes_during_a_rebuild_is_found_as_it_is_now(
    app, db, ada, found, filling_slowly
):
    story = told(db, ada)
    worker.drain(app)
    read, go_on = filling_slowly
    outbox.rebuild(db)
    db.commit()
    working = Thread(target=worker.drain, args=(app,))
    working.start()
    assert read.wait(10)
    story.title = "A teapot"
    outbox.index(db, story.id)
    db.commit()
    late = told(db, ada, title="A toaster")
    until(lambda: waiting(db) == ["rebuild"])  # the old index has them
    go_on.set()
    working.join()

    assert found("teapot") == [story.id]
    assert found("kettle") == []
    assert found("toaster") == [late.id]


def test_whoever_else_wants_a_new_index_waits_for_the_one_being_made(
    app, db, ada, filling_slowly
):
    read, go_on = filling_slowly
    for _ in range(2):  # two who looked at the same time, and saw no wish
        outbox.leave(db, "rebuild", bulk=1)
    db.commit()
    working = Thread(target=worker.drain, args=(app,))
    working.start()
    assert read.wait(10)
    told(db, ada)

    until(lambda: "index" not in waiting(db))

    assert waiting(db) == ["rebuild", "rebuild"]
    go_on.set()
    working.join()
    assert waiting(db) == []


def test_an_errand_with_the_number_of_one_that_has_ended_is_not_ended_with_it(app, db):
    ended = outbox.leave(db, "news")
    db.commit()

    def end_it_and_leave_another():
        with writing():
            outbox.done(in_the_worker, [ended])
        with writing():
            outbox.leave(in_the_worker, "letter")

    with app.app_context():
        assert attempt_to_end([ended], end_it_and_leave_another)
        left = in_the_worker.scalars(select(Errand.task)).all()

    assert left == ["letter"]


def test_the_worker_works_until_it_is_told_to_stop(app, db, ada, found):
    stop = Event()
    working = Thread(target=worker.run, args=(app, stop))
    working.start()
    story = told(db, ada)
    for _ in range(100):
        if found("kettle"):
            break
        stop.wait(0.05)
    stop.set()
    working.join()

    assert found("kettle") == [story.id]
