"""The public record, as a machine takes it along."""

import json
from dataclasses import replace

from stories.models import Comment
from tests.lives import a_story, a_whole_life, worded
from web import limits
from web.limits import HOUR, Limit


def read(answer):
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_whole_public_record_comes_in_one_file_with_its_licence(
    client, db, ada, kettles
):
    a_whole_life(db, ada, kettles)

    answer = client.get("/record.jsonl")

    assert answer.content_type == "application/jsonl"
    assert 'licenses/by-sa/4.0/>; rel="license"' in answer.headers["Link"]
    head, *rows = read(answer)
    assert head["licence"] == "CC BY-SA 4.0"
    assert sum(head["rows"].values()) == len(rows)
    assert "A kettle that never came" in answer.text


def test_what_is_hidden_is_not_in_it(client, db, ada, kettles):
    a_story(db, ada, kettles, title="A secret", visibility="author_only")
    story = a_story(db, ada, kettles)
    db.add(Comment(story_id=story.id, state="hidden", **worded("Slander")))
    db.commit()

    record = client.get("/record.jsonl").text

    assert "A secret" not in record
    assert "Slander" not in record
    assert "ada@example.org" not in record


def test_nobody_takes_it_again_and_again(application, settings, monkeypatch):
    client = application(replace(settings, unlimited=False)).test_client()
    monkeypatch.setitem(limits.TABLE, "record", (Limit("network", 1, HOUR),))
    client.get("/record.jsonl")

    assert client.get("/record.jsonl").status_code == 429


def test_every_page_leads_to_it(client, db):
    assert 'href="/record.jsonl"' in client.get("/en/").text
