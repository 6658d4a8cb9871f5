"""The list of companies, from A to Z and on."""

import pytest
from sqlalchemy import text

from stories import companies, counting
from stories.models.codes import Visibility
from stories.reading.companies import PAGE
from tests.lives import a_story, count
from tests.reading_eyes import missing_from, words_of


@pytest.fixture
def told(db):
    """Add companies by name, each with a story."""

    def tell(*names):
        for name in names:
            company = companies.add(db, name)
            db.commit()
            count(db, a_story(db, None, company))

    return tell


def names_on(page, *names):
    """Those of the names that a page has, in its order."""
    words = words_of(page)
    return sorted((n for n in names if n in words), key=words.index)


def test_companies_stand_by_name_under_their_letters_and_scripts(client, told):
    names = ("Ämtler", "Acme", "Zeta Foods", "3 Rivers", "Ωμέγα", "Яблоко", "한빛")
    told(*reversed(names))

    page = client.get("/en/companies")

    assert not missing_from(page, "Α–Ω", "А–Я", "가–힣", "0–9", "1 story")
    assert names_on(page, *names) == [
        *("3 Rivers", "Acme", "Ämtler", "Zeta Foods", "Ωμέγα", "Яблоко", "한빛")
    ]


def test_a_letter_leads_to_its_names_and_to_those_behind(client, told):
    told("Acme", "Bolt", "Cogs")

    page = client.get("/en/companies?from=b")

    assert names_on(page, "Acme", "Bolt", "Cogs") == ["Bolt", "Cogs"]
    assert "noindex" in page.text


def test_a_company_without_a_story_is_only_found_by_its_name(client, db, kettles):
    assert "Kettles" not in words_of(client.get("/en/companies"))
    assert "Kettles & Co" in words_of(client.get("/en/companies/named?q=kettles"))


def test_what_nobody_has_told_of_can_be_told_first(client):
    page = client.get("/en/companies/named?q=Nobody+Ltd")

    assert not missing_from(page, "Tell the first story about it")


def test_a_company_leaves_the_list_with_its_last_story(client, db, kettles):
    story = a_story(db, None, kettles)
    count(db, story)
    assert "Kettles" in words_of(client.get("/en/companies"))

    story.visibility = Visibility.HIDDEN
    count(db, story)

    db.refresh(kettles)
    assert kettles.listed is None


def test_a_company_counted_anew_keeps_its_place(db, kettles):
    count(db, a_story(db, None, kettles))

    counting.rebuild(db, kettles.id)
    db.commit()

    db.refresh(kettles)
    assert kettles.listed == "kettlesco"


def test_pages_follow_each_other_without_a_gap_however_alike_the_names(
    client, db, told
):
    told(*(f"Acme {n // 2:03}" for n in range(PAGE + 5)))

    first = client.get("/en/companies").text
    after = first.split("after=")[1].split('"')[0]
    second = client.get(f"/en/companies?after={after}").text

    assert first.count("1 story") == PAGE
    assert second.count("1 story") == 5


def test_the_list_takes_two_statements_for_few_and_for_many(client, told, statements):
    for more in (1, 70):
        told(*(f"Company {more} {n}" for n in range(more)))
        statements.clear()
        client.get(f"/en/companies?from={more % 10}")
        assert len(statements) == 2


def test_names_are_read_from_their_index(db, engine, told):
    told("Acme")
    explain = "EXPLAIN QUERY PLAN"
    if engine.dialect.name == "postgresql":
        explain = "EXPLAIN"
        db.execute(text("SET LOCAL enable_seqscan = off"))  # few rows are read whole
    names = "SELECT id FROM company WHERE listed >= 'b' ORDER BY listed, id LIMIT 61"

    plan = str(db.execute(text(f"{explain} {names}")).all())

    assert "ix_company_listed" in plan
    assert "TEMP B-TREE" not in plan


# All products of one ----------------------------------------------------------------


@pytest.fixture
def sold(db, ada, kettles):
    """Kettles sells three things; most is told of the last."""
    for names in (["Urn"], ["Ämtel"], ["Urn"], ["Kettle 3000", "Urn"]):
        count(db, a_story(db, ada, kettles, products=names))
    return f"/en/companies/{kettles.id}-kettles-co/products"


def test_all_products_of_a_company_stand_by_name_with_their_stories(
    client, kettles, sold
):
    way = client.get(f"/en/companies/{kettles.id}-kettles-co")
    assert f'href="{sold}"' in way.text

    page = client.get(sold)

    names = "Ämtel", "Kettle 3000", "Urn"
    assert names_on(page, *names) == list(names)
    assert not missing_from(page, "Ämtel 1 story", "Urn 3 stories")


def test_those_with_most_stories_can_stand_first(client, sold):
    page = client.get(f"{sold}?by=stories")

    assert names_on(page, "Urn", "Ämtel", "Kettle 3000")[0] == "Urn"
    assert "noindex" in page.text


def test_many_products_go_on_to_the_next_page(client, db, kettles, sold, monkeypatch):
    monkeypatch.setattr("stories.reading.products.PAGE", 2)

    first, last = client.get(sold), client.get(f"{sold}?page=2")

    assert f'href="{sold}?page=2"' in first.text
    assert "Urn" not in words_of(first)
    assert "Urn" in words_of(last)
    assert f'href="{sold}"' in last.text


def test_a_merged_product_is_not_listed(client, db, kettles, sold):
    urn = companies.product_named(db, kettles, "Urn")
    urn.merged_into_id = companies.product_named(db, kettles, "Kettle 3000").id
    db.commit()

    assert "Urn" not in words_of(client.get(sold))


@pytest.mark.parametrize("nonsense", ["by=x", "page=x", "page=0", "page=99999999999"])
def test_nonsense_in_the_address_of_products_is_left_aside(client, sold, nonsense):
    assert client.get(f"{sold}?{nonsense}").status_code == 200


def test_a_wrong_name_before_products_leads_to_the_right_one(client, kettles, sold):
    answer = client.get(f"/en/companies/{kettles.id}-other/products")

    assert answer.location == sold
    assert client.get("/en/companies/99/products").status_code == 404
