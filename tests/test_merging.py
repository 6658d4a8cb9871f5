"""Companies that are one: merged, undone, and everything counted right."""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import select

from stories import companies, figures, merging
from stories.models import Alias, Company, Duplicate, Mention, Merger, Product
from stories.problems import Forbidden, Invalid
from stories.reading import evidence
from stories.storage.folder import Folder
from tests.files import a_kept_file
from tests.lives import a_story, a_whole_life, count, mention
from tests.people import a_voice
from tests.test_counting import kept, told
from tests.whole_lives import World, told_naively


@pytest.fixture
def twin(db):
    """Kettles & Co once more, under another name."""
    company = companies.add(db, "Kettles Limited", domain="kettles.test")
    db.commit()
    return company


def test_everything_of_the_one_is_the_others(db, ada, bob, staff, kettles, twin):
    a_whole_life(db, ada, twin)
    a_voice(db, bob, twin)

    merging.merge(db, staff, twin, kettles, "The same firm.")
    db.commit()

    assert companies.living(db, twin).id == kettles.id
    assert figures.of_company(db, kettles).ever.told == 1
    assert figures.of_company(db, twin).ever.stories == 0
    names = db.scalars(select(Alias.name).where(Alias.company_id == kettles.id)).all()
    assert Counter(names) == {"Kettles & Co": 1, "Kettles Limited": 1}
    assert db.scalar(select(Product.company_id)) == kettles.id


def test_products_of_one_name_are_one(db, ada, staff, kettles, twin):
    for company in (kettles, twin):
        count(db, a_story(db, ada, company, products=["Urn"]))
    urn = companies.product_named(db, kettles, "Urn")

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert figures.of_product(db, urn).ever.stories == 2


def test_a_story_that_names_both_stays_one_story_of_each(db, ada, staff, kettles, twin):
    story = a_story(db, ada, kettles)
    mention(db, story, twin, "subject")

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert figures.of_company(db, kettles).ever.stories == 1
    assert len(db.scalars(select(Mention.company_id)).all()) == 2


def test_undoing_leaves_everything_as_it_was(db, ada, bob, staff):
    world = World(db, ada, bob, staff, Random(11))
    world.begin()
    for _ in range(25):
        world.live()
    one, other, _ = world.companies
    before = kept(db)
    mentions = db.execute(select(Mention.__table__).order_by(Mention.id)).all()

    merger = merging.merge(db, staff, one, other, "The same.")
    for company in (one, other):
        assert told(figures.of_company(db, company)) == told_naively(db, company)
    merging.undo(db, staff, db.get_one(Merger, merger.id))
    db.commit()

    assert kept(db) == before
    assert db.execute(select(Mention.__table__).order_by(Mention.id)).all() == mentions


def test_what_came_after_the_merger_stays_when_it_is_undone(
    db, ada, staff, kettles, twin
):
    merger = merging.merge(db, staff, twin, kettles, "")
    count(db, a_story(db, ada, kettles))

    merging.undo(db, staff, merger)
    db.commit()

    assert figures.of_company(db, kettles).ever.stories == 1
    assert figures.of_company(db, twin).ever.stories == 0


def test_only_staff_merge(db, bob, kettles, twin):
    with pytest.raises(Forbidden):
        merging.merge(db, bob, twin, kettles, "")


def test_nothing_is_merged_or_undone_twice(db, staff, kettles, twin):
    merger = merging.merge(db, staff, twin, kettles, "")

    with pytest.raises(Invalid):
        merging.merge(db, staff, twin, kettles, "")
    merging.undo(db, staff, merger)
    with pytest.raises(Invalid):
        merging.undo(db, staff, merger)
    with pytest.raises(Invalid):
        merging.merge(db, staff, kettles, kettles, "")


def test_a_report_is_settled_by_the_merger(db, bob, staff, kettles, twin):
    merging.report(db, bob, kettles, twin, "One firm.")
    merging.report(db, bob, twin, kettles, "Really.")

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    (reported,) = db.scalars(select(Duplicate)).all()
    db.refresh(reported)
    assert (reported.words, reported.state) == ("Really.", "upheld")


def test_the_merged_one_redirects(client, db, staff, kettles, twin):
    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    answer = client.get(f"/en/companies/{twin.id}")

    assert answer.location == f"/en/companies/{kettles.id}-kettles-co"
    assert "Kettles Limited" in client.get(answer.location).text
    assert db.get(Company, twin.id)


def test_what_an_author_let_the_one_see_the_other_sees(
    db, ada, bob, staff, kettles, twin, tmp_path
):
    a_voice(db, bob, twin)
    story, store = a_story(db, ada, twin), Folder(tmp_path / "media")
    mention(db, story, kettles, "subject")
    let = {"one": [twin.id], "both": [kettles.id, twin.id], "none": [kettles.id]}
    files = {
        name: a_kept_file(db, ada, story, store, companies=ids)
        for name, ids in let.items()
    }

    merger = merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert {tuple(each.companies) for each in files.values()} == {(kettles.id,)}
    seen = evidence.for_company(db, bob, story.id, kettles.id)
    assert len(seen) == 3

    merging.undo(db, staff, db.get_one(Merger, merger.id))
    db.commit()

    assert {name: each.companies for name, each in files.items()} == let
