"""Linked data in the heads of pages."""

import json
import re

import pytest

from stories.companies import product_named
from stories.models import Comment, Point
from tests.lives import a_story, a_whole_life, worded
from tests.vocabulary import faults


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


def test_a_story_speaks_in_the_words_of_schema_org(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    for lang in ("en", "it"):
        page = client.get(f"/{lang}/stories/{story.id}", follow_redirects=True)

        assert faults(linked(page)) == []


def test_a_story_about_nobody_does_too(client, db, ada, kettles):
    story = a_story(db, ada, kettles, role="mentioned", grade=3, language="und")
    db.add(Point(story_id=story.id, side="good", words="Friendly voice"))
    db.commit()

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)

    assert faults(linked(page)) == []


def test_companies_and_products_do_too(client, db, ada, kettles):
    kettles.wikidata = "Q42"
    a_story(db, ada, kettles, products=["Kettle 3000"])
    product = product_named(db, kettles, "Kettle 3000")

    for address in (f"companies/{kettles.id}", f"products/{product.id}"):
        page = client.get(f"/en/{address}", follow_redirects=True)

        assert faults(linked(page)) == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ({"@type": "Revue"}, "['Revue'] is no type"),
        ({"@type": "Review", "titel": "A"}, "titel is no property"),
        ({"@type": "Person", "reviewRating": "A"}, "reviewRating is no property of"),
        ({"@type": "Review", "datePublished": "May"}, "datePublished cannot be 'May'"),
        ({"@type": "Review", "author": {"@type": "Rating"}}, "author cannot be a"),
    ],
)
def test_what_schema_org_does_not_say_is_found(data, fault):
    (found, *_) = faults({"@context": "https://schema.org", **data})

    assert fault in found
