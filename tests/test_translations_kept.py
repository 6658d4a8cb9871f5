"""What becomes of translations when people leave, and in what is taken along."""

import pytest
from sqlalchemy import delete, select

from stories import (
    history,
    leaving,
    translating,
    updating,
    withdrawing,
)
from stories.entries.story import UpdateEntry
from stories.exporting import own_record, public_record, restore
from stories.leaving import Way
from stories.models import Base, Revision, Site, Translation
from stories.models.codes import Target
from stories.models.translations import Maker
from tests.tongues import accepted, in_italian, reviewed, translated


def there(db):
    db.expire_all()
    return list(db.scalars(select(Translation)))


def wordings(db):
    kept = select(Revision).where(Revision.target == Target.TRANSLATION)
    return list(db.scalars(kept))


def test_an_erased_story_is_erased_in_every_language(db, ada, story, italian):
    withdrawing.erase(db, ada, story)
    db.commit()

    assert there(db) == wordings(db) == []


def test_an_erased_update_is_erased_in_every_language(db, ada, cy, story, italian):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()
    translated(db, cy, update, text="È arrivato.")

    withdrawing.erase_entry(db, ada, update)
    db.commit()

    assert there(db) == [italian]


def test_an_anonymous_story_is_not_tied_to_its_author_by_a_translation(db, ada, story):
    translated(db, ada, story)

    withdrawing.anonymise(db, ada, story)
    db.commit()

    assert there(db)[0].translator_id is None


def test_who_erases_everything_erases_their_translations(db, cy, italian):
    leaving.leave(db, cy, Way.ERASE)
    db.commit()

    assert there(db) == wordings(db) == []


def test_who_leaves_without_a_name_leaves_translations_without_one(db, cy, italian):
    leaving.leave(db, cy, Way.ANONYMISE)
    db.commit()

    assert there(db)[0].translator_id is None


def test_who_leaves_has_reviewed_nothing(db, bob, italian):
    bob.reads = ["en", "it"]
    reviewed(db, bob, italian)

    leaving.leave(db, bob, Way.ANONYMISE)
    db.commit()

    assert there(db)[0].reviewer_id is None


def test_ones_own_record_holds_ones_translations(db, cy, italian):
    rows = own_record(db, cy)["translation"]

    assert [each["text"] for each in rows] == [italian.text]


def taken_back(db):
    """The public record, restored into an empty site."""
    before = list(public_record(db))
    for table in reversed(Base.metadata.sorted_tables):
        db.execute(delete(table))
    db.execute(Site.__table__.insert().values(id=1, version=1))
    db.commit()
    list(restore(db, before))
    db.commit()
    return before


def test_the_public_record_takes_translations_along_and_back(db, ada, cy, italian):
    translating.amend(db, cy, italian, in_italian(text="Ho *pagato*."), "Shorter.")
    accepted(db, ada, italian)
    db.commit()

    before = taken_back(db)

    assert list(public_record(db)) == before
    assert there(db)[0].html == "<p>Ho <em>pagato</em>.</p>"
    assert len(wordings(db)) == 2


@pytest.mark.parametrize("change", [{"visibility": "hidden"}, {"maker": Maker.MACHINE}])
def test_what_is_hidden_or_a_machines_is_not_in_it(db, italian, change):
    for name, value in change.items():
        setattr(italian, name, value)
    db.commit()

    assert "bollitore" not in "".join(public_record(db))


def test_what_translates_a_hidden_update_is_not_in_it(db, ada, cy, story):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    db.commit()
    translated(db, cy, update, text="È arrivato.")
    update.visibility = "hidden"
    db.commit()

    assert "arrivato" not in "".join(public_record(db))


def test_pages_follow_the_name_of_a_translator(client, db, cy, story, italian):
    address = f"/it/stories/{story.id}-il-bollitore-mai-arrivato/in/it"
    lists = (address, "/it/companies/1-acme", "/it/stories")
    before = [client.get(each).text for each in lists]

    cy.display_name = "Cyrus"
    history.touch_member(db, cy)
    db.commit()

    assert all("Cyrus" not in text for text in before)
    assert all("Cyrus" in client.get(each).text for each in lists)
