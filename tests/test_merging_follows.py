"""What members follow and keep when two companies are one, and when they are not."""

from random import Random

import pytest
from sqlalchemy import select

from stories import companies, following, merging, outbox, saving
from stories.following import TABLES, FollowEntry
from stories.models import Company, Follow, Merger, Product
from stories.models.following import Often
from stories.problems import Invalid
from stories.saving import SearchEntry
from tests.lives import a_story
from tests.reading_eyes import missing_from
from web import worker
from web.finding import index

SOON = FollowEntry(often=Often.AT_ONCE)
DAILY = FollowEntry(often=Often.DAILY)


@pytest.fixture
def twin(db):
    """Kettles & Co once more, under another name."""
    company = companies.add(db, "Kettles Limited", domain="kettles.test")
    db.commit()
    return company


def follows(db) -> list[tuple]:
    rows = db.execute(
        select(Follow.member_id, Follow.what, Follow.number, Follow.often, Follow.since)
    )
    return sorted(map(tuple, rows), key=repr)


def of(db, member) -> list[tuple]:
    return [row[1:4] for row in follows(db) if row[0] == member.id]


def test_who_follows_the_one_follows_the_other(db, bob, staff, kettles, twin):
    following.follow(db, bob, twin, DAILY)

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert of(db, bob) == [("company", kettles.id, "daily")]


def test_who_follows_both_follows_once_as_they_follow_the_one_that_stays(
    db, bob, staff, kettles, twin
):
    following.follow(db, bob, twin, DAILY)
    following.follow(db, bob, kettles, SOON)

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert of(db, bob) == [("company", kettles.id, "at_once")]


def test_who_follows_a_product_of_both_follows_the_one_that_stays(
    db, ada, bob, staff, kettles, twin
):
    for company in (kettles, twin):
        a_story(db, ada, company, products=["Urn"])
    gone = companies.product_named(db, twin, "Urn")
    stays = companies.product_named(db, kettles, "Urn")
    following.follow(db, bob, gone, SOON)

    merging.merge(db, staff, twin, kettles, "")
    db.commit()

    assert of(db, bob) == [("product", stays.id, "at_once")]


@pytest.mark.parametrize("seed", range(8))
def test_undoing_gives_all_follows_back(db, ada, bob, cy, staff, kettles, twin, seed):
    chance = Random(seed)
    for company in (kettles, twin):
        a_story(db, ada, company, products=["Urn", "Kettle 3000"])
    things = [*db.scalars(select(Product)), *db.scalars(select(Company))]
    for member in (ada, bob, cy):
        for thing in chance.sample(things, chance.randint(0, len(things))):
            following.follow(db, member, thing, chance.choice((SOON, DAILY)))
    before = follows(db)

    merger = merging.merge(db, staff, twin, kettles, "")
    db.commit()
    assert all(
        db.get(TABLES[what], number).merged_into_id is None
        for _, what, number, *_ in follows(db)
    )
    merging.undo(db, staff, db.get_one(Merger, merger.id))
    db.commit()

    assert follows(db) == before


def test_who_has_stopped_meanwhile_is_not_made_to_follow_again(
    db, bob, staff, kettles, twin
):
    for company in (kettles, twin):
        following.follow(db, bob, company, SOON)
    merger = merging.merge(db, staff, twin, kettles, "")
    following.stop(db, following.find(db, bob, "company", kettles.id))

    merging.undo(db, staff, merger)
    db.commit()

    assert of(db, bob) == []


def test_who_follows_since_the_merger_follows_the_one_that_stayed(
    db, bob, cy, staff, kettles, twin
):
    following.follow(db, bob, twin, SOON)
    merger = merging.merge(db, staff, twin, kettles, "")
    following.stop(db, following.find(db, bob, "company", kettles.id))
    following.follow(db, cy, kettles, SOON)

    merging.undo(db, staff, merger)
    db.commit()

    assert of(db, cy) == [("company", kettles.id, "at_once")]


def test_mergers_are_undone_from_the_last_one_back(db, staff, kettles, twin):
    third = companies.add(db, "Kettles Worldwide")
    first = merging.merge(db, staff, twin, kettles, "")
    last = merging.merge(db, staff, kettles, third, "")

    with pytest.raises(Invalid):
        merging.undo(db, staff, first)
    merging.undo(db, staff, last)
    merging.undo(db, staff, first)
    db.commit()

    assert companies.living(db, twin).id == twin.id


def test_a_search_for_the_one_asks_for_the_other(
    app, client, db, ada, staff, kettles, twin
):
    story = a_story(db, ada, twin, title="A lid that burst", products=["Urn"])
    a_story(db, ada, kettles, title="A lid that held", products=["Urn"])
    urn = companies.product_named(db, twin, "Urn")
    outbox.index(db, story.id)
    merging.merge(db, staff, twin, kettles, "")
    db.commit()
    worker.drain(app)

    for asked in (f"company={twin.id}", f"product={urn.id}"):
        page = client.get(f"/en/search?q=lid&{asked}")

        assert not missing_from(page, "A lid that burst")
    with app.app_context():
        index().close()


def test_a_search_that_is_kept_asks_for_the_successor_until_it_is_undone(
    browser_of, db, bob, staff, kettles, twin
):
    words = f"company={twin.id}&company={kettles.id}"
    saving.save(db, bob, SearchEntry(name="Both", words=words))
    merger = merging.merge(db, staff, twin, kettles, "")
    db.commit()
    browser = browser_of(bob)

    merged = browser.get("/en/searches").text
    merging.undo(db, staff, merger)
    db.commit()
    undone = browser.get("/en/searches").text

    assert f'href="/en/search?company={kettles.id}"' in merged
    assert "Kettles &amp; Co" in merged
    assert f"company={twin.id}&amp;company={kettles.id}" in undone
