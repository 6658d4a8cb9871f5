"""The public record for machines."""

import pytest

from stories import companies
from stories.models import Comment, Response
from stories.reading import story as story_reading
from tests.lives import a_story, a_whole_life, later, worded
from tests.people import a_voice
from web.limits import told


@pytest.fixture
def life(db, ada, kettles):
    return a_whole_life(db, ada, kettles)


@pytest.fixture
def record(client, life):
    return client.get(f"/api/v1/stories/{life.id}").json


def test_a_story_says_who_where_and_how_it_stands(record, life, kettles):
    assert record["id"] == life.id
    assert record["address"].endswith(f"/en/stories/{life.id}-a-kettle-that-never-came")
    assert record["kind"] == "complaint"
    assert record["outcome"] == "offer_refused"
    assert record["case_state"] == "awaiting_company"
    assert record["author"]["name"] == "Ada"
    assert record["origin"] == {
        "kind": "written",
        "source": None,
        "source_id": None,
        "address": None,
        "verified": True,
        "how": "address",
        "checked_by": record["published_at"],
    }
    roles = [(each["company"]["name"], each["role"]) for each in record["mentions"]]
    assert roles == [("Kettles & Co", "subject"), ("Panasonic Example", "praised")]
    assert record["mentions"][0]["products"][0]["name"] == "Kettle 3000"


def test_a_story_in_full_has_its_text_facts_timeline_and_comments(record):
    assert record["text"].startswith("First I called.")
    assert "<em>wrote</em>" in record["html"]
    assert record["amounts"][0]["value"] == "1234.5"
    assert record["offers"][0]["list_value"] == "220"
    assert record["points_good"] == ["Friendly voice"]
    assert record["effort_minutes"] == 120
    assert [step["what"] for step in record["timeline"]] == [
        "contact",
        "contact",
        "offer",
        "event",
        "event",
        "response",
        "rejoinder",
        "update",
        "event",
    ]
    assert record["timeline"][5]["words"]["text"] == "We are sorry."
    assert record["timeline"][5]["method"] == "email"
    assert record["comments"][0]["author"] == {"name": "Gus", "address": None}
    assert record["comments"][0]["replies"][0]["words"]["text"] == "Thank you."
    assert [part["title"] for part in record["series"]["parts"]] == [
        "on my old blog",
        "A kettle that never came",
    ]


def test_nothing_private_is_given(client, db, life):
    life.private_reference = "ORDER-4711"
    db.commit()

    assert "ORDER-4711" not in client.get(f"/api/v1/stories/{life.id}").text


def test_hidden_words_are_not_given(client, db, life):
    db.query(Response).update({"visibility": "hidden"})
    db.commit()

    answer = client.get(f"/api/v1/stories/{life.id}")

    assert "We are sorry." not in answer.text
    assert answer.json["timeline"][5]["words"] is None


@pytest.mark.parametrize(
    ("visibility", "status"),
    [("hidden", 404), ("author_only", 404), ("tombstone", 410)],
)
def test_what_is_gone_answers_with_a_problem(client, db, ada, visibility, status):
    story = a_story(db, ada, None, visibility=visibility)

    answer = client.get(f"/api/v1/stories/{story.id}")

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert "weeks" not in answer.text


def test_a_company_has_figures_voices_and_stories(client, db, life, bob, kettles):
    a_voice(db, bob, kettles)

    record = client.get(f"/api/v1/companies/{kettles.id}").json

    assert record["name"] == "Kettles & Co"
    assert record["figures"]["told"] == 1
    assert record["figures"]["answered"]["part"] == 1
    voice = record["representatives"][0]
    assert voice["method"] == "email"
    assert (voice["verified_by"], voice["doubt"]) == ("staff", None)
    assert [each["id"] for each in record["stories"]["items"]] == [life.id]
    assert record["stories"]["next"] is None


def test_a_companys_stories_go_on_where_next_says(client, db, ada, kettles):
    for n in range(25):
        a_story(db, ada, kettles, published_at=later(n))

    first = client.get(f"/api/v1/companies/{kettles.id}").json["stories"]
    second = client.get(first["next"]).json["stories"]

    ids = [each["id"] for each in (*first["items"], *second["items"])]
    assert len(ids) == len(set(ids)) == 25
    assert second["next"] is None


@pytest.mark.parametrize(
    "typed", ["kettl", "KETTLES", "kéttles & c", "ケトル", "Kettles & Co of Leeds"]
)
def test_companies_are_found_by_what_one_types(client, db, kettles, typed):
    companies.add(db, "Teapots")
    companies.add_aliases(db, kettles, ["ケトル社"])
    db.commit()

    found = client.get("/api/v1/companies", query_string={"q": typed}).json

    assert [each["name"] for each in found["items"]] == ["Kettles & Co"]


def test_companies_go_on_where_next_says(client, db):
    for n in range(25):
        companies.add(db, f"Acme {n:02}")
    db.commit()

    first = client.get("/api/v1/companies?q=acme").json
    second = client.get(first["next"].removeprefix("http://localhost")).json

    assert (len(first["items"]), len(second["items"])) == (20, 5)
    assert (second["page"], second["total"], second["next"]) == (2, 25, None)
    names = {each["name"] for each in (*first["items"], *second["items"])}
    assert len(names) == 25


def test_the_comments_of_a_story_go_on_where_it_says(
    client, db, ada, kettles, monkeypatch
):
    monkeypatch.setattr(story_reading, "THREADS", 2)
    story = a_story(db, ada, kettles)
    for n in range(3):
        words = worded(f"Remark {n}.")
        db.add(Comment(story_id=story.id, posted_at=later(n), **words))
    db.commit()

    first = client.get(f"/api/v1/stories/{story.id}").json
    rest = client.get(first["comments_next"].removeprefix("http://localhost")).json

    given = [each["words"]["text"] for each in (*first["comments"], *rest["comments"])]
    assert given == ["Remark 0.", "Remark 1.", "Remark 2."]
    assert rest["comments_next"] is None


def test_a_merged_company_is_found_as_its_successor(client, db, kettles):
    old = companies.add(db, "Oldname")
    old.merged_into_id = kettles.id
    db.commit()

    found = client.get("/api/v1/companies?q=oldn").json

    assert [(e["id"], e["match"]) for e in found["items"]] == [(kettles.id, "Oldname")]


def test_products_are_found_by_the_beginning_of_their_name(client, db, kettles):
    teapots = companies.add(db, "Teapots")
    for company, name in (
        (kettles, "Kettle 3000"),
        (teapots, "Kettle"),
        (teapots, "ケトル"),
        (kettles, "Pot"),
    ):
        companies.product_named(db, company, name)
    db.commit()

    found = client.get("/api/v1/products?q=KETT").json
    other = client.get("/api/v1/products?q=ケト").json

    names = [(each["name"], each["company"]["name"]) for each in found["items"]]
    assert names == [("Kettle", "Teapots"), ("Kettle 3000", "Kettles & Co")]
    assert [each["name"] for each in other["items"]] == ["ケトル"]
    assert client.get("/api/v1/products").json["items"] == []


def test_nothing_typed_finds_nothing(client, kettles):
    assert client.get("/api/v1/companies").json["items"] == []


def test_the_same_address_answers_the_same_to_everybody(client, life):
    address = f"/api/v1/stories/{life.id}"

    answers = {
        client.get(address, headers={"Accept-Language": tag}).text
        for tag in ("en", "it")
    }

    assert len(answers) == 1


def test_reading_a_story_takes_one_statement(client, life, statements):
    statements.clear()

    client.get(f"/api/v1/stories/{life.id}")

    assert len(statements) == 1


def test_the_description_names_every_address_and_shape(client, app):
    document = client.get("/api/v1/openapi.json").json
    rules = {
        rule.rule.removeprefix("/api/v1").replace("<int:story>", "{id}")
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and "openapi" not in rule.rule
    }

    assert set(document["paths"]) == {
        rule.replace("<int:company>", "{id}") for rule in rules
    }
    assert "StoryShape" in document["components"]["schemas"]


def test_the_description_states_the_licence_and_how_often_each_may_be_asked(
    client, app
):
    document = client.get("/api/v1/openapi.json").json
    views = app.url_map.bind("localhost")

    assert document["info"]["license"]["name"] == "CC BY-SA 4.0"
    for path, asked in document["paths"].items():
        for method, one in asked.items():
            here = f"/api/v1{path}".format(id=1)
            endpoint, _ = views.match(here, method.upper())
            limit = getattr(app.view_functions[endpoint], "limit", None)
            often = one["responses"].get("429", {}).get("description")
            assert often == (limit and f"More than {told(limit)}: see Retry-After")
    assert told("search") == "120 a minute from one network"


def test_products_of_a_company_are_found_by_what_is_in_their_name(client, db, kettles):
    other = companies.add(db, "Other & Sons")
    for company, name in ((kettles, "Kettle 3000"), (other, "Pan 3000")):
        companies.product_named(db, company, name)
    db.commit()

    def names(asked):
        return [one["name"] for one in client.get(asked).json["items"]]

    for which in (kettles.id, "kettles+%26+co"):
        assert names(f"/api/v1/products?q=3000&company={which}") == ["Kettle 3000"]
    assert names("/api/v1/products?q=3000&company=nobody") == []
    assert names("/api/v1/products?q=ket&company=") == ["Kettle 3000"]
