"""A product's page."""

import pytest

from stories.companies import product_named
from tests.lives import a_story
from tests.reading_eyes import missing_from


@pytest.fixture
def kettle(db, kettles):
    product = product_named(db, kettles, "Kettle 3000")
    db.commit()
    return product


def test_a_product_is_shown_with_its_company_and_stories(
    client, db, ada, kettles, kettle
):
    a_story(db, ada, kettles, title="It leaks", products=["kettle 3000"])
    a_story(db, ada, kettles, title="Another one", products=["Teapot"])

    page = client.get(f"/en/products/{kettle.id}-kettle-3000")

    assert not missing_from(page, "Kettle 3000", "Kettles & Co", "It leaks", "1 story")
    assert "Another one" not in page.text


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, kettle):
    answer = client.get(f"/en/products/{kettle.id}")

    assert answer.location == f"/en/products/{kettle.id}-kettle-3000"


def test_a_merged_product_leads_to_its_successor(client, db, kettles, kettle):
    old = product_named(db, kettles, "Kettle 2000")
    old.merged_into_id = kettle.id
    db.commit()

    answer = client.get(f"/en/products/{old.id}-kettle-2000")

    assert answer.location == f"/en/products/{kettle.id}-kettle-3000"


def test_an_unknown_product_is_not_there(client):
    assert client.get("/en/products/4711").status_code == 404
