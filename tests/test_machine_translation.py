"""A machine says stories in other languages: asked by readers, marked, never found.

The engine here speaks LibreTranslate's own protocol over a socket.
"""

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from stories import publishing, responding, updating
from stories.entries.story import UpdateEntry
from stories.models import Errand, Story, Translation, now
from stories.models.codes import Visibility
from stories.models.translations import Maker
from stories.reading.documents import documents
from stories.responding import ResponseEntry
from stories.settings import BadSetting, Settings, read_settings
from stories.translating import machine, pieces
from tests.people import an_entry
from tests.tongues import translated
from web import fetching, worker
from web.fetching import Unfetchable
from web.i18n import gettext, speaking


class Engine(ThreadingHTTPServer):
    """Says everything in capitals, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[dict] = []
        self.status = 200
        self.leads_to = ""
        self.nonsense = False
        self.meanwhile = lambda: None
        self.address = f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    """POST /translate and GET /languages."""

    server: Engine

    def do_GET(self) -> None:
        self._send([{"code": code, "name": code} for code in ("en", "it", "pt-BR")])

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked = json.loads(body)
        self.server.asked.append(asked)
        self.server.meanwhile()
        said = [each.upper() for each in asked["q"]]
        self._send({"translatedText": said[:-1] if self.server.nonsense else said})

    def _send(self, told: object) -> None:
        body = json.dumps(told).encode()
        self.send_response(self.server.status)
        if self.server.leads_to:
            self.send_header("Location", self.server.leads_to)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def engine_there():
    """The operator's engine."""
    with Engine() as made:
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def app(application, settings, engine_there):
    """A site whose operator has an engine."""
    address = engine_there.address
    app = application(replace(settings, translate_url=address, translate_key="a key"))
    app.testing = True
    return app


@pytest.fixture
def story(db, ada, bob, acme):
    """Ada's story about Acme, with an update and an answer."""
    made = publishing.publish(db, ada, an_entry(text="One.\n\n- Two\n- Three"))
    updating.add_update(db, ada, made, UpdateEntry(text="It came."))
    entry = ResponseEntry(kind="apologise", text="Sorry.", language="en")
    responding.respond(db, bob, made, acme.id, entry)
    db.commit()
    return made


def there(story, lang="it"):
    return f"/{lang}/stories/{story.id}/machine"


def test_a_reader_asks_and_the_machine_says_it(app, client, story, engine_there):
    before = client.get(there(story)).text
    asked = client.post(there(story))
    waiting = client.get(there(story)).text
    worker.drain(app)
    text = client.get(there(story)).text

    assert "THE KETTLE" not in before
    assert (asked.status_code, asked.location) == (303, there(story))
    assert there(story) in waiting
    assert "THE KETTLE THAT NEVER CAME" in text
    assert "<li>TWO</li>" in text
    assert "IT CAME." in text
    assert "SORRY." in text
    assert "LibreTranslate (127.0.0.1)" in text


def test_the_engine_is_asked_in_its_own_protocol(app, client, story, engine_there):
    client.post(there(story))
    worker.drain(app)

    first = engine_there.asked[0]
    assert first["q"] == ["The kettle that never came", "One.", "Two", "Three"]
    assert (first["source"], first["target"]) == ("en", "it")
    assert (first["format"], first["api_key"]) == ("text", "a key")


def test_a_machines_page_is_for_nobody_to_find(app, client, db, story):
    client.post(there(story))
    worker.drain(app)
    text = client.get(there(story)).text

    assert '<meta name="robots" content="noindex">' in text
    assert "hreflang" not in text.partition("</head>")[0]
    assert 'rel="canonical"' not in text
    assert not [each for each in documents(db, [story.id]) if each.said]
    assert "THE KETTLE" not in client.get("/it/stories").text
    assert "THE KETTLE" not in client.get("/it/stories.atom").text
    assert "/machine" not in client.get("/sitemap-stories-1.xml").text
    original = client.get(f"/en/stories/{story.id}-the-kettle-that-never-came").text
    assert "workTranslation" not in original


def test_it_is_said_once_until_the_original_changes(app, client, db, ada, story):
    for _ in range(2):
        client.post(there(story))
    waiting = db.scalars(select(Errand).where(Errand.task == machine.TASK)).all()
    db.commit()
    worker.drain(app)
    publishing.amend(db, ada, story, an_entry(text="Four."))
    db.commit()
    changed = client.get(there(story)).text
    client.post(there(story))
    worker.drain(app)

    assert len(waiting) == 1
    assert "THE KETTLE" not in changed
    assert "FOUR." in client.get(there(story)).text
    made = db.scalars(select(Translation).where(Translation.target == "story")).all()
    assert [each.source_revision for each in made] == [2]


@pytest.mark.parametrize("state", ["unlisted", "author_only", "hidden", "tombstone"])
def test_what_not_everybody_finds_is_never_sent(
    app, client, db, story, engine_there, state
):
    client.post(there(story))
    story.visibility = Visibility(state)
    db.commit()
    worker.drain(app)
    again = client.post(there(story))

    assert engine_there.asked == []
    assert again.status_code in (404, 410)


def test_hidden_answers_are_not_sent(app, client, db, story, engine_there):
    answer = db.scalars(select(responding.Response)).one()
    answer.visibility = Visibility.HIDDEN
    db.commit()

    client.post(there(story))
    worker.drain(app)

    assert "Sorry." not in json.dumps(engine_there.asked)


@pytest.mark.parametrize("state", ["hidden", "author_only"])
def test_what_is_taken_away_while_the_machine_thinks_is_not_kept(
    app, client, story, engine_there, state
):
    def take_away():
        with app.extensions["sessions"]() as other:
            other.get_one(Story, story.id).visibility = Visibility(state)
            other.commit()

    client.post(there(story))
    engine_there.meanwhile = take_away
    worker.drain(app)

    with app.extensions["sessions"]() as now:
        assert not now.scalars(select(Translation)).all()
    assert len(engine_there.asked) == 1


def test_words_that_change_while_the_machine_thinks_are_not_kept(
    app, client, story, engine_there
):
    def mask():
        with app.extensions["sessions"]() as other:
            found = other.get_one(Story, story.id)
            found.title = "Somebody's kettle"
            other.commit()

    client.post(there(story))
    engine_there.meanwhile = mask
    worker.drain(app)

    with app.extensions["sessions"]() as now:
        of_story = Translation.target == "story"
        assert not now.scalars(select(Translation).where(of_story)).all()


def test_names_that_are_masked_stay_masked(app, client, db, ada, acme, engine_there):
    names = [{"name": "Mario Rossi", "role": "somebody"}]
    entry = an_entry(text="Mario Rossi told me to wait.", names=names)
    story = publishing.publish(db, ada, entry)
    db.commit()

    client.post(there(story))
    worker.drain(app)

    assert "omebody told me" in json.dumps(engine_there.asked)
    assert "Rossi" not in json.dumps(engine_there.asked)


def test_nothing_is_sent_into_the_language_it_is_in(client, story):
    assert client.post(there(story, "en")).status_code == 404


def test_the_story_offers_it_to_who_reads_another_language(client, db, cy, story):
    page = f"stories/{story.id}-the-kettle-that-never-came"
    offer = f'action="{there(story)}"'

    assert offer in client.get(f"/it/{page}").text
    assert "/machine" not in client.get(f"/en/{page}").text
    translated(db, cy, story)
    assert offer not in client.get(f"/it/{page}").text


@pytest.mark.parametrize(
    "trouble", [{"status": 500}, {"nonsense": True}, {"leads_to": "/", "status": 302}]
)
def test_an_engine_in_trouble_is_tried_again(
    app, client, db, story, engine_there, trouble
):
    for name, value in trouble.items():
        setattr(engine_there, name, value)

    client.post(there(story))
    worker.drain(app)

    left = db.scalars(select(Errand).where(Errand.task == machine.TASK)).one()
    assert left.trouble
    assert db.scalars(select(Translation)).all() == []


def test_an_engine_that_lacks_the_language_says_so(settings, engine_there):
    known = replace(settings, translate_url=engine_there.address)

    with pytest.raises(Unfetchable):
        list(fetching.in_turn(known, [["One."]], "en", "ja"))
    assert list(fetching.in_turn(known, [["One."]], "en", "pt")) == [["ONE."]]


def test_without_an_engine_there_is_nothing(application, settings, story):
    plain = application(settings).test_client()
    page = plain.get(f"/it/stories/{story.id}-the-kettle-that-never-came").text

    assert "/machine" not in page
    assert plain.get(there(story)).status_code == 404
    assert plain.post(there(story)).status_code == 404


def test_a_key_stands_in_no_log():
    assert "secret" not in repr(Settings(translate_key="secret"))


def test_an_address_of_an_engine_is_one():
    with pytest.raises(BadSetting):
        read_settings({"EARSHOT_TRANSLATE_URL": "localhost:5000"})


def test_a_machines_words_are_its_own(app, client, db, story):
    client.post(there(story))
    worker.drain(app)

    made = db.scalars(select(Translation)).all()
    assert {each.maker for each in made} == {Maker.MACHINE}
    assert {each.translator_id for each in made} == {None}


def test_what_is_new_is_asked_for_apart(app, client, db, ada, story):
    client.post(there(story))
    worker.drain(app)
    first = client.get(there(story)).text
    updating.add_update(db, ada, story, UpdateEntry(text="It broke again."))
    db.commit()
    second = client.get(there(story)).text
    client.post(there(story))
    worker.drain(app)

    assert f'action="{there(story)}"' not in first
    assert f'action="{there(story)}"' in second
    assert "IT BROKE AGAIN." in client.get(there(story)).text


def test_a_long_story_goes_to_the_engine_lot_by_lot(app, client, db, ada, engine_there):
    paragraphs = [f"## Part {n}\n\n- {'a word ' * 300}end" for n in range(8)]
    story = publishing.publish(db, ada, an_entry(text="\n\n".join(paragraphs)))
    db.commit()

    client.post(there(story))
    worker.drain(app)

    sizes = [sum(map(len, each["q"])) for each in engine_there.asked]
    assert len(sizes) > 3
    assert max(sizes) <= pieces.MOST_LETTERS
    text = client.get(there(story)).text
    assert text.count("WORD END</li>") == 8
    assert text.count("PART 7</h") == 1


TOMORROW = "The machine could not translate this. It can be asked again tomorrow."


def errands(db):
    db.rollback()
    return db.scalars(select(Errand).where(Errand.task == machine.TASK)).all()


def test_what_the_machine_could_not_say_is_asked_for_again_after_a_day(
    app, client, db, story
):
    client.post(there(story))
    (failed,) = errands(db)
    failed.dead_at, failed.trouble = now(), "missing"
    db.commit()

    client.post(there(story))
    with app.app_context(), speaking("it"):
        tomorrow = gettext(TOMORROW)
    text = client.get(there(story)).text
    same = [each.id for each in errands(db)]
    failed.dead_at = now() - machine.REST
    db.commit()
    client.post(there(story))

    assert tomorrow != TOMORROW
    assert tomorrow in text
    assert f'action="{there(story)}"' not in text
    assert same == [failed.id]
    (fresh,) = errands(db)
    assert fresh.dead_at is None


def test_its_page_asks_as_much_for_one_part_as_for_many(
    app, client, statements, db, ada, story
):
    client.get(there(story))
    statements.clear()
    client.get(f"{there(story)}?1")
    few = len(statements)
    for words in ("One more.", "And more.", "And again."):
        updating.add_update(db, ada, story, UpdateEntry(text=words))
    db.commit()
    statements.clear()

    client.get(f"{there(story)}?2")

    assert len(statements) == few


def test_what_it_has_said_is_kept_until_the_story_moves(app, client, statements, story):
    client.post(there(story))
    working = client.get(there(story))
    worker.drain(app)
    first = client.get(there(story))
    again = client.get(there(story), headers={"If-None-Match": first.headers["ETag"]})

    assert "ETag" not in working.headers
    assert again.status_code == 304
