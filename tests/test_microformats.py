"""Stories as programs read them that know only microformats."""

from datetime import datetime

import mf2py
import pytest

from tests.lives import a_story, a_whole_life, later


@pytest.fixture
def read(client):
    def parse(address):
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200, page.status
        return mf2py.parse(doc=page.text, url=f"http://localhost{address}")

    return parse


def moments(told):
    return [datetime.fromisoformat(each) for each in told]


def test_a_story_is_a_review_and_an_entry(read, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    (item,) = read(f"/it/stories/{story.id}")["items"]
    told = item["properties"]

    assert item["type"] == ["h-entry", "h-review"]
    assert told["name"] == [story.title]
    assert told["content"][0]["html"].strip() == story.html.strip()
    assert moments(told["published"]) == [story.published_at]
    assert moments(told["updated"]) == [story.last_activity_at]
    assert (told["rating"], told["best"], told["worst"]) == (["1"], ["10"], ["0"])
    assert told["category"] == ["complaint", "offer_refused"]
    assert told["url"][0].startswith(f"http://localhost/en/stories/{story.id}-")


def test_it_names_its_author_and_what_it_is_about(read, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    (item,) = read(f"/en/stories/{story.id}")["items"]
    (author,), (about,) = item["properties"]["author"], item["properties"]["item"]

    assert author["type"] == about["type"] == ["h-card"]
    assert author["properties"]["name"] == ["Ada"]
    assert author["properties"]["url"] == ["http://localhost/en/members/ada"]
    assert about["properties"]["name"] == ["Kettles & Co"]
    assert about["properties"]["url"][0].endswith(f"/companies/{kettles.id}-kettles-co")


def test_a_companys_answer_is_cited(read, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    (item,) = read(f"/en/stories/{story.id}")["items"]
    (answer,) = item["properties"]["comment"]

    assert answer["type"] == ["h-cite"]
    assert answer["properties"]["author"][0]["properties"]["name"] == ["Kettles & Co"]
    assert answer["properties"]["content"][0]["value"] == "We are sorry."
    assert moments(answer["properties"]["published"]) == [later(3)]


def test_a_story_without_a_grade_has_no_rating(read, db, ada, kettles):
    story = a_story(db, ada, kettles)

    (item,) = read(f"/en/stories/{story.id}")["items"]

    assert "rating" not in item["properties"]
