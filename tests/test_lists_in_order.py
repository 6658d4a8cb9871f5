"""Lists of stories are read from indexes in their order: a page of them costs the same
whether there are a hundred or a hundred thousand."""

import pytest
from sqlalchemy import text

from stories import companies
from stories.models import Product, mention_product
from stories.models.codes import MentionRole
from stories.reading import listing
from tests.lives import a_story, later, mention


def plan(db, ids) -> str:
    """How the database would read a list."""
    explain = "EXPLAIN QUERY PLAN"
    if db.get_bind().dialect.name == "postgresql":
        explain = "EXPLAIN"
        for way in ("seqscan", "bitmapscan", "sort"):  # few rows are read whole
            db.execute(text(f"SET LOCAL enable_{way} = off"))
    asked = ids.limit(20).compile(db.get_bind(), compile_kwargs={"literal_binds": True})
    return str(db.execute(text(f"{explain} {asked}")).all())


@pytest.mark.parametrize("begun", [None, 4711])
def test_lists_are_read_from_their_indexes(db, kettles, begun):
    kettle = companies.product_named(db, kettles, "Kettle 3000")
    db.flush()
    about = listing.about(kettles, MentionRole.SUBJECT, begun)

    for index, ids in {
        "ix_story_newest": listing.newest(begun),
        "ix_mention_company": about,
        "ix_mention_passing": listing.in_passing(kettles, begun),
        "ix_mention_product_newest": listing.with_product(kettle, begun),
    }.items():
        assert index in plan(db, ids)
        assert "TEMP B-TREE" not in plan(db, ids)


def test_a_product_lists_its_stories_page_by_page_newest_first(db, ada, kettles):
    told = [
        a_story(db, ada, kettles, products=["K1"], published_at=later(day))
        for day in (3, 1, 2)
    ]
    kettle = db.query(Product).one()

    first = listing.page(db, listing.with_product(kettle), 2)
    rest = listing.page(db, listing.with_product(kettle, first.older), 2)

    shown = [card.story.id for card in (*first.cards, *rest.cards)]
    assert shown == [told[0].id, told[2].id, told[1].id]
    assert rest.older is None


def test_in_passing_is_whoever_is_not_the_subject(db, ada, kettles):
    acme = companies.add(db, "Acme")
    a_story(db, ada, kettles)
    other = a_story(db, ada, acme)
    mention(db, other, kettles, MentionRole.CRITICISED)

    passing = listing.page(db, listing.in_passing(kettles))

    assert [card.story.id for card in passing.cards] == [other.id]


def test_what_is_bought_knows_its_story(db, ada, kettles):
    story = a_story(db, ada, kettles, products=["K1"])

    bought = db.execute(mention_product.select()).one()

    assert (bought.story_id, bought.published_at) == (story.id, story.published_at)
