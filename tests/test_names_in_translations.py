"""Names that are taken out of a text go from what others have made of it, too."""

import pytest
from sqlalchemy import select

from stories import moderating, publishing, translating, updating
from stories.entries.judging import RulingEntry
from stories.entries.story import UpdateEntry
from stories.models import Flag, Revision, Translation
from stories.models.codes import Target, Visibility
from stories.models.translations import Maker
from stories.problems import Forbidden, Invalid, Overtaken
from stories.translating import judging
from stories.translating.judging import Seen
from stories.wording import worded
from tests.people import an_entry, letters
from tests.tongues import in_italian, translated

ENGLISH = "Mario Rossi told me to wait."
ITALIAN = "Mi disse Mario Rossi di aspettare."
NAMES = [{"name": "Mario Rossi", "role": "somebody"}]
WHY = RulingEntry(reason="not_genuine", words="It says something else.")


@pytest.fixture
def story(db, ada, acme):
    """Ada's story about Acme, in which she names somebody."""
    made = publishing.publish(db, ada, an_entry(text=ENGLISH))
    db.commit()
    return made


def unnamed(db, ada, story):
    publishing.amend(db, ada, story, an_entry(text=ENGLISH, names=NAMES))
    db.commit()


def wordings(db, target, number):
    kept = select(Revision).where(
        Revision.target == target, Revision.target_id == number
    )
    return [f"{each.title} {each.text} {each.why}" for each in db.scalars(kept)]


def seen(db, translation):
    return judging.seen_now(db, translation)


def test_what_a_translator_masks_later_goes_from_earlier_wordings(db, cy, story):
    made = translated(db, cy, story, text=ITALIAN)
    names = [{"name": "Mario Rossi", "role": "uno"}]

    translating.amend(db, cy, made, in_italian(text=ITALIAN, names=names), "Rossi")
    db.commit()

    assert made.text == "Mi disse uno di aspettare."
    kept = wordings(db, Target.TRANSLATION, made.id)
    assert len(kept) == 2
    assert "Rossi" not in "".join(kept)


def test_a_name_that_is_found_in_a_translation_goes_and_it_stays(db, ada, cy, story):
    made = translated(db, cy, story, text=ITALIAN)

    unnamed(db, ada, story)

    assert made.text == "Mi disse somebody di aspettare."
    assert made.visibility == Visibility.PUBLIC
    assert "Rossi" not in "".join(wordings(db, Target.TRANSLATION, made.id))


def test_a_name_in_other_letters_keeps_a_translation_from_readers(db, ada, cy, story):
    made = translated(
        db, cy, story, text="マリオ・ロッシに待てと言われた。", language="ja"
    )

    unnamed(db, ada, story)

    assert made.is_held
    assert letters(db, "translation_held") == [f"member:{cy.id}"]
    assert letters(db, "translation_outdated") == []
    asked = db.scalars(select(Flag)).one()
    assert (asked.target, asked.target_id) == (Target.TRANSLATION, made.id)


def test_a_name_that_nobody_said_keeps_nothing_back(db, ada, cy, story):
    made = translated(db, cy, story, text="Mi disse uno di aspettare.")
    names = [{"name": "Luigi Verdi", "role": "somebody"}]

    publishing.amend(db, ada, story, an_entry(text=ENGLISH, names=names))
    db.commit()

    assert made.visibility == Visibility.PUBLIC


def test_a_name_of_an_earlier_wording_counts_too(db, ada, cy, story):
    made = translated(db, cy, story, text="Disse il signor R. di aspettare.")
    publishing.amend(db, ada, story, an_entry(text="He told me to wait."))

    publishing.amend(db, ada, story, an_entry(text="He said: wait.", names=NAMES))
    db.commit()

    assert made.is_held
    assert "Rossi" not in "".join(wordings(db, Target.STORY, story.id))


def test_a_machine_is_asked_anew(db, ada, story):
    said = worded(ITALIAN, "it").columns()
    machine = Translation(
        story_id=story.id,
        target=Target.STORY,
        target_id=story.id,
        maker=Maker.MACHINE,
        source_revision=1,
        **said,
    )
    db.add(machine)
    db.commit()

    unnamed(db, ada, story)

    assert db.scalars(select(Translation)).all() == []


@pytest.fixture
def held(db, ada, cy, story):
    """Cy's translation, kept from readers, for a name may stand in it."""
    made = translated(db, cy, story, text="Disse il signor R. di aspettare.")
    unnamed(db, ada, story)
    return made


def test_its_translator_confirms_that_nobody_is_named(db, cy, held):
    judging.confirm(db, cy, held, seen(db, held))
    db.commit()

    assert (held.visibility, held.held_at) == (Visibility.PUBLIC, None)
    assert db.scalars(select(Flag)).all() == []


def test_staff_confirm_it_too(db, staff, held):
    judging.confirm(db, staff, held, seen(db, held))

    assert held.visibility == Visibility.PUBLIC


def test_nobody_else_confirms_it(db, ada, bob, held):
    for member in (ada, bob):
        with pytest.raises(Forbidden):
            judging.confirm(db, member, held, seen(db, held))


def test_the_author_does_not_show_it_as_if_they_had_set_it_aside(db, ada, held):
    with pytest.raises(Invalid):
        judging.put_back(db, ada, held)


def test_what_changed_meanwhile_is_not_confirmed(db, cy, held):
    with pytest.raises(Overtaken):
        judging.confirm(db, cy, held, Seen(9, 1))


def test_bringing_it_up_to_date_shows_it_and_forgets_earlier_wordings(db, cy, held):
    translating.amend(db, cy, held, in_italian(text="Disse uno di aspettare."))
    db.commit()

    assert (held.visibility, held.held_at) == (Visibility.PUBLIC, None)
    (kept,) = wordings(db, Target.TRANSLATION, held.id)
    assert "signor R." not in kept


def test_its_translator_takes_it_back(db, cy, held):
    translating.withdraw(db, cy, held)

    assert db.scalars(select(Translation)).all() == []


def test_what_staff_had_hidden_is_looked_through_when_they_restore_it(
    db, ada, cy, staff, story
):
    made = translated(db, cy, story, text="Disse il signor R. di aspettare.")
    moderating.hide(db, staff, Target.TRANSLATION, made.id, WHY)
    unnamed(db, ada, story)

    moderating.restore(db, staff, Target.TRANSLATION, made.id, WHY)

    assert made.is_held


def test_what_was_made_of_a_wording_with_the_name_is_kept_back(db, ada, cy, story):
    unnamed(db, ada, story)

    made = translated(db, cy, story, text=ITALIAN, source_revision=1)

    assert made.is_held
    assert letters(db, "translated") == []


def test_what_was_made_of_the_wording_without_it_is_shown(db, ada, cy, story):
    unnamed(db, ada, story)

    made = translated(db, cy, story, source_revision=2)

    assert made.visibility == Visibility.PUBLIC


@pytest.fixture
def update(db, ada, story):
    """An update of Ada's that names somebody."""
    made = updating.add_update(db, ada, story, UpdateEntry(text=ENGLISH))
    db.commit()
    return made


def test_a_name_taken_out_of_an_update_goes_from_its_wordings_and_translations(
    db, ada, cy, update
):
    made = translated(db, cy, update, text=ITALIAN)

    updating.amend_update(db, ada, update, UpdateEntry(text=ENGLISH, names=NAMES))
    db.commit()

    said = wordings(db, Target.UPDATE, update.id)
    said += wordings(db, Target.TRANSLATION, made.id)
    assert "Rossi" not in "".join([*said, made.text, made.html])


def test_a_name_in_an_update_keeps_its_translation_from_readers(db, ada, cy, update):
    made = translated(db, cy, update, text="Disse il signor R. di aspettare.")

    updating.amend_update(db, ada, update, UpdateEntry(text=ENGLISH, names=NAMES))

    assert made.is_held


def test_a_name_taken_out_of_a_story_is_a_new_wording_of_its_update(
    db, ada, cy, story, update
):
    unnamed(db, ada, story)

    late = translated(db, cy, update, text=ITALIAN, source_revision=1)

    assert "Rossi" not in update.text + update.html
    assert late.is_held
