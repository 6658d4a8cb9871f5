"""Companies and products side by side."""

import pytest

from stories import companies
from stories.companies import product_named
from stories.models import now
from tests.reading_eyes import missing_from, words_of
from tests.test_figures import a_case


@pytest.fixture
def acme(db):
    company = companies.add(db, "Acme")
    db.commit()
    return company


def cases(db, company, resolved, of, **more):
    for n in range(of):
        ending = "resolved" if n < resolved else "not_resolved"
        a_case(db, company, at=now(), days=2, outcome=ending, **more)


def test_ranges_that_lie_apart_are_said_to(client, db, kettles, acme):
    cases(db, kettles, 12, 12)
    cases(db, acme, 0, 12)

    page = client.get(f"/en/compare?company={kettles.id}&company={acme.id}")

    assert not missing_from(
        page,
        "Kettles & Co and Acme",
        "Kettles & Co lies above Acme: their ranges do not meet",
        "Half of the first answers came within 2 days",
    )


def test_where_ranges_overlap_no_difference_is_claimed(client, db, kettles, acme):
    cases(db, kettles, 3, 4)
    cases(db, acme, 1, 4)

    page = client.get(f"/en/compare?company={kettles.id}&company={acme.id}")

    assert not missing_from(
        page, "The ranges overlap: these figures show no difference"
    )
    assert "lies above" not in words_of(page)


def test_a_company_is_added_by_its_name(client, kettles, acme):
    answer = client.get(f"/en/compare?company={kettles.id}&company=acme")

    assert answer.location == f"/en/compare?company={kettles.id}&company={acme.id}"


def test_a_merged_company_leads_to_its_successor(client, db, kettles, acme):
    acme.merged_into_id = kettles.id
    db.commit()

    answer = client.get(f"/en/compare?company={acme.id}&company={kettles.id}")

    assert answer.location == f"/en/compare?company={kettles.id}"


@pytest.mark.parametrize(
    "asked", ["company=4711", "company=%00", "company=" + "9" * 30, "company="]
)
def test_what_is_not_there_is_left_out(client, engine, asked):
    page = client.get(f"/en/compare?{asked}", follow_redirects=True)

    assert page.status_code == 200
    assert "Compare companies" in page.text


def test_no_more_than_four_stand_side_by_side(client, db, engine):
    ids = [companies.add(db, f"Company {n}").id for n in range(5)]
    db.commit()
    asked = "&".join(f"company={number}" for number in ids)

    answer = client.get(f"/en/compare?{asked}")

    assert answer.location.count("company=") == 4


def test_products_are_compared_too(client, db, kettles):
    cases(db, kettles, 3, 4, products=["Urn"])
    cases(db, kettles, 1, 4, products=["Teapot"])
    urn, teapot = (product_named(db, kettles, name) for name in ("Urn", "Teapot"))

    page = client.get(f"/en/compare?product={urn.id}&product={teapot.id}")

    assert not missing_from(page, "Urn and Teapot", "Kettles & Co", "no difference")


def test_a_product_is_added_by_its_name(client, db, kettles, acme):
    urn, theirs = (product_named(db, company, "Urn") for company in (kettles, acme))
    cases(db, acme, 1, 1, products=["Urn"])
    db.commit()

    first = client.get("/en/compare?product=urn")
    second = client.get(f"/en/compare?product={theirs.id}&product=Urn")

    assert first.location == f"/en/compare?product={theirs.id}"
    both = f"/en/compare?product={theirs.id}&product={urn.id}"
    assert second.location == both
    assert not missing_from(client.get(both), "Another product", "Kettles & Co")


def test_a_merged_product_leads_to_its_successor(client, db, kettles):
    old, new = (product_named(db, kettles, name) for name in ("Urn", "Urn 2"))
    old.merged_into_id = new.id
    db.commit()

    answer = client.get(f"/en/compare?product={old.id}&product={new.id}")

    assert answer.location == f"/en/compare?product={new.id}"


@pytest.mark.parametrize("of", ["company", "product"])
def test_a_name_that_nobody_knows_is_said_and_kept(client, db, kettles, of):
    urn = product_named(db, kettles, "Urn")
    db.commit()
    there = {"company": kettles.id, "product": urn.id}[of]

    page = client.get(f"/en/compare?{of}={there}&{of}=Nobody")

    assert page.status_code == 200
    assert not missing_from(page, f"No {of} is known by this name", "Kettles & Co")
    assert 'value="Nobody"' in page.text


def test_search_engines_find_pairs_in_one_order_only(client, db, kettles, acme):
    cases(db, kettles, 1, 1)
    cases(db, acme, 1, 1)
    first, second = sorted((kettles.id, acme.id))

    pair = client.get(f"/en/compare?company={first}&company={second}").text
    other = client.get(f"/en/compare?company={second}&company={first}").text

    assert 'name="robots" content="all"' in pair
    assert 'name="robots" content="noindex, follow"' in other


def test_a_comparison_takes_as_many_statements_for_two_as_for_four(
    client, db, statements, engine
):
    for number in (2, 4):
        ids = [companies.add(db, f"Company {number} {n}").id for n in range(number)]
        db.commit()
        asked = "&".join(f"company={each}" for each in ids)
        statements.clear()

        assert client.get(f"/en/compare?{asked}").status_code == 200

        assert len(statements) == 3
