"""Linked data in the heads of pages."""

import json
import re

from stories.models import Comment
from tests.lives import a_story, a_whole_life, worded


def linked(page) -> dict:
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL
    )
    assert len(found) == 1
    return json.loads(found[0])


def test_a_story_is_a_review_of_what_it_is_about(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    data = linked(client.get(f"/en/stories/{story.id}-a-kettle-that-never-came"))

    assert data["@type"] == "Review"
    assert data["inLanguage"] == "en"
    assert [each["name"] for each in data["itemReviewed"]] == ["Kettle 3000"]
    assert data["itemReviewed"][0]["brand"]["name"] == "Kettles & Co"
    assert data["positiveNotes"]["itemListElement"][0]["name"] == "Friendly voice"
    assert data["negativeNotes"]["itemListElement"][0]["name"] == "No answer"
    assert data["isPartOf"]["@type"] == "CreativeWorkSeries"
    assert data["reviewRating"]["ratingValue"] == 1
    assert [each["author"]["@type"] for each in data["comment"]] == [
        "Organization",
        "Person",
    ]


def test_nothing_in_it_ends_the_script(client, db, ada, kettles):
    hostile = "</script><script>alert(1)</script><!--"
    story = a_story(db, ada, kettles, title=hostile)
    db.add(Comment(story_id=story.id, guest_name=hostile, **worded(hostile)))
    db.commit()

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)

    assert linked(page)["name"] == hostile
    assert "<script>alert" not in page.text


def test_a_company_is_an_organisation(client, kettles):
    data = linked(client.get(f"/en/companies/{kettles.id}-kettles-co"))

    assert data["@type"] == "Organization"
    assert data["sameAs"] == ["https://kettles.example/"]


def test_what_is_unlisted_carries_none(client, db, ada, kettles):
    story = a_story(db, ada, kettles, title="Kettle", visibility="unlisted")

    page = client.get(f"/en/stories/{story.id}-kettle")

    assert "application/ld+json" not in page.text
