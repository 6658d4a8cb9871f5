"""The search for machines, and as a feed."""

import pytest

from stories import companies, outbox
from tests.lives import a_story, mention
from tests.test_feeds import read
from web import asking, worker
from web.finding import index


@pytest.fixture
def found(app, db, ada, kettles):
    """Three stories in the index."""
    leak = a_story(
        db, ada, kettles, title="It leaks", text="A leaking kettle", products=["K3"]
    )
    praise = a_story(
        db,
        ada,
        kettles,
        title="Che bello",
        text="Un bollitore",
        language="it",
        kind="praise",
        outcome="resolved",
    )
    other = a_story(
        db, ada, companies.add(db, "Teapots"), title="Elsewhere", text="Kettle too"
    )
    mention(db, other, kettles, "praised")
    for story in (leak, praise, other):
        outbox.index(db, story.id)
    db.commit()
    worker.drain(app)
    yield leak, praise, other
    with app.app_context():
        index().close()


def ids(client, **words):
    answer = client.get("/api/v1/search", query_string=words)
    assert answer.status_code == 200, answer.text
    return {item["id"] for item in answer.json["items"]}


def test_stories_are_found_by_the_words_of_the_page(client, found, kettles):
    leak, praise, other = found

    assert ids(client, q="leaked") == {leak.id}
    assert ids(client, company=kettles.id) == {leak.id, praise.id}
    assert ids(client, company="Kettles & Co", role="any") == {
        leak.id,
        praise.id,
        other.id,
    }
    assert ids(client, kind="praise", language="it") == {praise.id}
    assert ids(client, product="K3") == {leak.id}


def test_a_list_has_its_total_page_facets_and_suggestion(client, found):
    answer = client.get("/api/v1/search?q=kettle").json

    assert (answer["total"], answer["page"]) == (2, 1)
    assert answer["facets"]["kind"] == {"complaint": 2}
    assert answer["suggestion"] is None
    assert {"id", "address", "title", "case_state", "origin"} <= set(answer["items"][0])


def test_a_word_that_cannot_be_is_a_problem(client):
    answer = client.get("/api/v1/search?kind=nonsense")

    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"


def test_a_search_can_be_followed_as_a_feed(client, found):
    feed = read(client, "/en/search.atom?q=leaks&kind=complaint")

    assert [entry.title for entry in feed.entries] == ["It leaks"]
    assert "q=leaks" in feed.feed.link


def test_every_word_of_a_search_is_described(client):
    paths = client.get("/api/v1/openapi.json").json["paths"]

    described = [each["name"] for each in paths["/search"]["get"]["parameters"]]

    assert sorted(described) == sorted(asking.WORDS)
