"""The public record, as a machine takes it along."""

import csv
import io
import json
from dataclasses import replace

import pytest

from stories.exporting import overview
from stories.exporting.sheets import MARK
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


def test_a_sheet_has_a_line_for_each_company_that_a_story_names(
    client, db, ada, kettles
):
    a_whole_life(db, ada, kettles)
    a_story(db, ada, None, title="=1+1", language="it", origin="imported")

    answer = client.get("/record.csv")

    assert answer.mimetype == "text/csv"
    assert 'licenses/by-sa/4.0/>; rel="license"' in answer.headers["Link"]
    subject, praised, imported = csv.DictReader(io.StringIO(answer.text.lstrip(MARK)))
    assert (subject["company"], subject["role"]) == ("Kettles & Co", "subject")
    assert (subject["products"], subject["issues"]) == ("Kettle 3000", "long_wait")
    assert (subject["told"], subject["days"]) == ("2026-03-01", "3")
    assert (subject["minutes"], subject["licence"]) == ("120", "CC BY-SA 4.0")
    assert client.get(subject["address"]).status_code == 200
    assert (praised["story"], praised["role"]) == (subject["story"], "praised")
    assert (imported["title"], imported["company"]) == ("'=1+1", "")
    assert (imported["origin"], imported["licence"]) == ("imported", "")
    assert imported["address"] == "http://localhost/it/stories/2-1-1"


def test_a_sheet_of_many_stories_takes_few_statements(
    client, db, ada, kettles, statements, monkeypatch
):
    monkeypatch.setattr(overview, "AT_ONCE", 4)
    for _ in range(9):
        a_story(db, ada, kettles)
    statements.clear()

    sheet = client.get("/record.csv").text

    assert len(sheet.splitlines()) == 1 + 9
    assert len(statements) == 3 * 4 + 1  # three full looks and one that finds none


@pytest.mark.parametrize("file", ["record.jsonl", "record.csv"])
def test_what_is_hidden_is_not_in_it(client, db, ada, kettles, file):
    a_story(db, ada, kettles, title="A secret", visibility="author_only")
    story = a_story(db, ada, kettles)
    db.add(Comment(story_id=story.id, state="hidden", **worded("Slander")))
    db.commit()

    record = client.get(f"/{file}").text

    assert "A kettle that never came" in record
    assert "A secret" not in record
    assert "Slander" not in record
    assert "ada@example.org" not in record


@pytest.mark.parametrize("file", ["record.jsonl", "record.csv"])
def test_nobody_takes_it_again_and_again(application, settings, monkeypatch, file):
    client = application(replace(settings, unlimited=False)).test_client()
    monkeypatch.setitem(limits.TABLE, "record", (Limit("network", 1, HOUR),))
    client.get(f"/{file}")

    assert client.get(f"/{file}").status_code == 429


@pytest.mark.parametrize("file", ["record.jsonl", "record.csv"])
def test_every_page_leads_to_it(client, db, file):
    assert f'href="/{file}"' in client.get("/en/").text
