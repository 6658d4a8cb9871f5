"""Members say texts in other languages; authors and readers of both judge them."""

import pytest
from sqlalchemy import select

from stories import moderating, publishing, responding, translating, updating
from stories.entries.story import UpdateEntry
from stories.models import Revision, Translation
from stories.models.codes import Standing, Target, Visibility
from stories.problems import Forbidden, Invalid, Missing
from stories.responding import ResponseEntry
from stories.translating import judging
from tests.people import an_entry, letters
from tests.tongues import (
    WHY,
    accepted,
    in_italian,
    reviewed,
    reworded,
    source,
    translated,
)


def test_a_member_translates_a_story_and_its_author_is_told(db, cy, ada, story):
    made = translated(db, cy, story)

    assert (made.title, made.language, made.source_revision) == (
        "Il bollitore mai arrivato",
        "it",
        1,
    )
    assert "<em>bollitore</em>" in made.html
    assert made.accepted_at is None
    assert letters(db, "translated") == [f"member:{ada.id}"]


def test_an_author_who_translates_needs_nobody_to_accept_it(db, ada, story):
    made = translated(db, ada, story)

    assert made.accepted_at is not None
    assert letters(db, "translated") == []


def test_an_update_and_an_answer_are_translated_too(db, ada, bob, cy, acme, story):
    update = updating.add_update(db, ada, story, UpdateEntry(text="It came."))
    entry = ResponseEntry(kind="apologise", text="We are sorry.", language="en")
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()

    of_update = translated(db, cy, update, text="È arrivato.")
    of_answer = translated(db, cy, answer, text="Ci dispiace.")

    assert (of_update.target, of_update.title) == (Target.UPDATE, "")
    assert (of_answer.target, of_answer.story_id) == (Target.RESPONSE, story.id)
    assert letters(db, "translated") == [f"member:{ada.id}", f"member:{bob.id}"]


def test_what_a_company_has_said_twice_itself_is_not_said_again(db, bob, cy, acme, ada):
    story = publishing.publish(db, ada, an_entry(language="it"))
    entry = ResponseEntry(
        kind="apologise", text="We are sorry.", language="en", also="Ci dispiace."
    )
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()

    with pytest.raises(Invalid, match="itself"):
        translated(db, cy, answer, text="Ci dispiace molto.")


def test_a_company_translates_its_own_answer(db, bob, acme, story):
    entry = ResponseEntry(kind="apologise", text="We are sorry.", language="en")
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()

    made = translated(db, bob, answer, text="Ci dispiace.")

    assert made.accepted_at is not None


def test_a_text_is_not_translated_into_its_own_language(db, cy, story):
    with pytest.raises(Invalid, match="in this language already"):
        translated(db, cy, story, language="en")


@pytest.mark.parametrize("language", ["en-US", "und"])
def test_a_kind_of_its_own_language_and_none_are_no_other_language(
    db, cy, story, language
):
    with pytest.raises(Invalid):
        translated(db, cy, story, language=language)


def test_there_is_one_translation_into_each_language(db, bob, story, italian):
    with pytest.raises(Invalid, match="a translation into this language already"):
        translated(db, bob, story)


def test_a_story_is_translated_with_its_title(db, cy, story):
    with pytest.raises(Invalid, match="title"):
        translated(db, cy, story, title="")


def test_an_answer_is_no_longer_in_another_language(db, bob, cy, acme, story):
    entry = ResponseEntry(kind="apologise", text="We are sorry.", language="en")
    answer = responding.respond(db, bob, story, acme.id, entry)
    db.commit()

    with pytest.raises(Invalid, match="At most"):
        translated(db, cy, answer, text="x" * 10_001)


def test_the_suspended_do_not_translate(db, cy, story):
    cy.standing = Standing.SUSPENDED

    with pytest.raises(Forbidden):
        translated(db, cy, story)


@pytest.mark.parametrize("state", ["author_only", "hidden", "tombstone"])
def test_what_nobody_can_read_is_not_translated(db, cy, story, state):
    story.visibility = Visibility(state)

    with pytest.raises(Missing):
        translated(db, cy, story)


def test_names_are_masked_in_a_translation_as_in_a_story(db, cy, story):
    made = translated(
        db,
        cy,
        story,
        text="Mi disse Mario Rossi di aspettare.",
        names=[{"name": "Mario Rossi", "role": "un impiegato"}],
    )

    assert made.text == "Mi disse un impiegato di aspettare."


def test_a_name_that_the_author_takes_out_later_goes_from_translations(
    db, ada, cy, story
):
    made = translated(db, cy, story, text="Mi disse Mario Rossi di aspettare.")
    names = [{"name": "Mario Rossi", "role": "somebody"}]

    publishing.amend(db, ada, story, an_entry(names=names))
    db.commit()

    assert "Rossi" not in made.text + made.html
    kept = db.scalars(select(Revision).where(Revision.target == Target.TRANSLATION))
    assert not [each for each in kept if "Rossi" in each.text]


def test_when_the_original_changes_the_translator_is_told(db, ada, cy, story, italian):
    reworded(db, ada, story)

    assert italian.outdated_at is not None
    assert letters(db, "translation_outdated") == [f"member:{cy.id}"]


def test_facts_that_change_leave_a_translation_up_to_date(db, ada, story, italian):
    publishing.amend(db, ada, story, an_entry(kind="mixed"))
    db.commit()

    assert italian.outdated_at is None


def test_it_is_brought_up_to_date(db, ada, cy, story, italian):
    reworded(db, ada, story)

    translating.amend(db, cy, italian, in_italian(text="Hanno scritto ad agosto."))
    db.commit()

    assert (italian.outdated_at, italian.source_revision) == (None, 2)
    assert italian.amended_at is not None


def test_what_was_translated_of_an_earlier_wording_is_out_of_date_at_once(
    db, ada, cy, story
):
    reworded(db, ada, story)

    made = translated(db, cy, story, source_revision=1)

    assert made.outdated_at is not None


def test_only_its_translator_changes_it(db, bob, italian):
    with pytest.raises(Forbidden):
        translating.amend(db, bob, italian, in_italian(text="Altro."))


def test_anybody_goes_on_with_what_its_translator_left(db, bob, italian):
    italian.translator_id = None

    translating.amend(db, bob, italian, in_italian(text="Altro."))

    assert italian.translator_id == bob.id


def test_it_is_withdrawn_with_its_earlier_wordings(db, cy, italian):
    translating.amend(db, cy, italian, in_italian(text="Altro."))

    translating.withdraw(db, cy, italian)
    db.commit()

    assert db.scalars(select(Translation)).all() == []
    kept = select(Revision).where(Revision.target == Target.TRANSLATION)
    assert db.scalars(kept).all() == []


def test_only_its_translator_withdraws_it(db, ada, italian):
    with pytest.raises(Forbidden):
        translating.withdraw(db, ada, italian)


def test_the_author_accepts_it_until_it_is_changed(db, ada, cy, italian):
    accepted(db, ada, italian)
    before = italian.accepted_at
    translating.amend(db, cy, italian, in_italian(text="Altro."))

    assert (before is not None, italian.accepted_at) == (True, None)


@pytest.mark.parametrize("deed", [accepted, judging.set_aside])
def test_only_the_author_accepts_it_or_sets_it_aside(db, bob, italian, deed):
    with pytest.raises(Forbidden):
        deed(db, bob, italian)


def test_what_is_out_of_date_is_not_accepted(db, ada, story, italian):
    reworded(db, ada, story)

    with pytest.raises(Invalid):
        accepted(db, ada, italian)


def test_a_reader_of_both_languages_reviews_it(db, bob, italian):
    bob.reads = ["it", "en-GB"]

    reviewed(db, bob, italian)

    assert (italian.reviewer_id, italian.reviewed_at is None) == (bob.id, False)


def test_who_reads_one_language_does_not_review(db, bob, italian):
    bob.reads = ["it"]

    with pytest.raises(Forbidden):
        reviewed(db, bob, italian)


def test_nobody_reviews_their_own(db, cy, italian):
    cy.reads = ["it", "en"]

    with pytest.raises(Forbidden):
        reviewed(db, cy, italian)


def test_the_author_sets_it_aside_and_shows_it_again(db, ada, italian):
    judging.set_aside(db, ada, italian)
    aside = italian.visibility
    judging.put_back(db, ada, italian)

    assert (aside, italian.visibility) == (Visibility.AUTHOR_ONLY, Visibility.PUBLIC)


def test_what_was_set_aside_is_not_taken_back_to_be_made_again(db, ada, cy, italian):
    judging.set_aside(db, ada, italian)

    with pytest.raises(Forbidden):
        translating.withdraw(db, cy, italian)


def test_another_takes_the_place_of_what_was_set_aside(db, ada, bob, story, italian):
    judging.set_aside(db, ada, italian)
    translated(db, bob, story)

    with pytest.raises(Invalid, match="taken its place"):
        judging.put_back(db, ada, italian)


def test_who_made_what_was_set_aside_makes_no_other(db, ada, cy, story, italian):
    judging.set_aside(db, ada, italian)

    with pytest.raises(Forbidden):
        translated(db, cy, story)


def test_staff_hide_it_and_show_it_again(db, staff, cy, italian):
    moderating.hide(db, staff, Target.TRANSLATION, italian.id, WHY)
    hidden = italian.visibility
    moderating.restore(db, staff, Target.TRANSLATION, italian.id, WHY)

    assert (hidden, italian.visibility) == (Visibility.HIDDEN, Visibility.PUBLIC)
    assert letters(db, "decision") == [f"member:{cy.id}"] * 2


def test_nobody_decides_on_their_own(db, staff, story):
    made = translated(db, staff, story)

    with pytest.raises(Forbidden):
        moderating.hide(db, staff, Target.TRANSLATION, made.id, WHY)


def test_what_is_imported_is_translated_where_its_licence_allows_it(db, cy, story):
    story.origin, story.source_licence = "imported", "all rights reserved"
    with pytest.raises(Forbidden):
        translated(db, cy, story)

    story.source_licence = "CC BY 4.0"
    assert translated(db, cy, story).id


def test_it_says_what_its_source_says(db, story):
    assert source(db, story).title == "The kettle that never came"
