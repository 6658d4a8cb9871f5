"""Figures that are kept are those that a count from scratch would give."""

from collections import Counter
from random import Random

import pytest
from sqlalchemy import delete, func, select, update

from stories import counting, exporting, figures, history
from stories.models import Base, Company, Counted, Errand, Figure, Product
from tests.lives import a_whole_life
from tests.whole_lives import World, told_naively
from web import worker
from web.cli.figures import rebuild


def kept(db) -> list:
    """All rows of the figures, and what each mention counts for."""
    rows = select(Figure.__table__).order_by(*Figure.__table__.primary_key.columns)
    counted = select(Counted.__table__).order_by(Counted.mention_id)
    return [*db.execute(rows).all(), *db.execute(counted).all()]


def told(record) -> dict:
    """A record in the words of the naive count."""
    ever = record.ever
    return {
        "kinds": Counter(ever.kinds),
        "told": ever.told,
        "answered": ever.answered.part if ever.answered else 0,
        "days": ever.days.median if ever.days else None,
        "endings": Counter(ever.outcomes),
        "untold": Counter(ever.untold),
        "again": Counter(ever.agains),
        "promises": Counter(ever.promised),
        "offers": Counter(ever.offers),
        "minutes": ever.minutes,
        "contacts": ever.contacts,
        "index": record.index
        and pytest.approx(record.index.value, rel=0.002, abs=0.002),
    }


KEY = {"product_id": 0, "span": 0, "start": 0, "measure": "kind", "code": "mixed"}


@pytest.fixture
def world(db, ada, bob, staff):
    made = World(db, ada, bob, staff, Random(7))
    made.begin()
    return made


def test_after_500_lives_the_figures_are_those_of_a_count_from_scratch(db, world):
    for n in range(500):
        world.live()
        if n % 100 == 99:
            followed = kept(db)
            for company in world.companies:
                counting.rebuild(db, company.id)
            assert followed == kept(db)
    db.commit()

    for company in world.companies:
        assert told(figures.of_company(db, company)) == told_naively(db, company)
    for product in db.scalars(select(Product)).all():
        company = db.get_one(Company, product.company_id)
        naively = told_naively(db, company, product.id)
        assert told(figures.of_product(db, product)) == naively


def test_a_restored_record_has_the_same_figures(db, world):
    for _ in range(30):
        world.live()
    db.commit()
    before = {
        company.name: told(figures.of_company(db, company))
        for company in world.companies
    }
    record = list(exporting.public_record(db))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != "site":
            db.execute(delete(table))
    db.commit()
    db.expunge_all()

    list(exporting.restore(db, record))
    db.commit()

    after = {
        company.name: told(figures.of_company(db, company))
        for company in db.scalars(select(Company))
    }
    assert after == before


def test_counting_again_changes_nothing_and_repairs_what_was_lost(db, ada, kettles):
    story = a_whole_life(db, ada, kettles)
    right = kept(db)
    assert right

    history.touch(db, story)
    history.recount(db, kettles.id)
    assert kept(db) == right

    db.execute(delete(Figure))
    history.recount(db, kettles.id)
    assert kept(db) == right


def test_a_recount_makes_the_pages_stale(db, ada, kettles):
    a_whole_life(db, ada, kettles)
    before = db.scalar(select(Company.version).where(Company.id == kettles.id))

    history.recount(db, kettles.id)
    db.commit()

    versions = select(Company.version).where(Company.id == kettles.id)
    assert db.scalar(versions) == before + 1


def test_one_command_counts_everything_from_scratch(app, db, ada, kettles):
    a_whole_life(db, ada, kettles)
    right = kept(db)
    db.execute(delete(Figure))
    db.commit()

    said = app.test_cli_runner().invoke(rebuild)

    assert said.exit_code == 0, said.output
    assert kept(db) == right


def test_what_figures_lack_is_found_and_mended_while_deeds_go_on(db, ada, kettles):
    story = a_whole_life(db, ada, kettles)
    right = kept(db)
    assert counting.drift(db, kettles.id) == {}
    db.execute(delete(Figure).where(Figure.span == counting.ALL))
    db.execute(update(Figure).values(number=Figure.number + 1))
    wrong = Figure(**{**KEY, "company_id": kettles.id}, number=3, weight=0)
    db.add(wrong)
    db.commit()

    lacks = counting.drift(db, kettles.id)
    story.effort_minutes = 5
    counting.follow(db, story.id)
    counting.mend(db, kettles.id, lacks)

    assert counting.drift(db, kettles.id) == {}
    story.effort_minutes = 120
    counting.follow(db, story.id)
    assert kept(db) == right


def test_the_worker_counts_what_was_there_before_an_upgrade(app, db, ada, kettles):
    a_whole_life(db, ada, kettles)
    right = kept(db)
    db.execute(delete(Figure))
    db.execute(delete(Counted))
    db.commit()

    worker.drain(app)

    assert kept(db) == right
    assert db.scalar(select(func.count(Errand.id)).where(Errand.task == "figures")) == 0
