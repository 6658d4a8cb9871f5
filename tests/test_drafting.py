"""Drafts, and drafts that publish themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import drafting, publishing, scheduling
from stories.models import Draft, Story, now
from stories.problems import Forbidden, Invalid, Missing, Overtaken
from tests.people import an_entry, letters

WHOLE = an_entry().model_dump(mode="json")


def test_a_draft_keeps_what_was_typed_valid_or_not(db, ada):
    draft = drafting.save(db, None, ada, {"title": "", "grade": "eleven"})

    assert drafting.find(db, draft.key, ada).fields == {"title": "", "grade": "eleven"}


def test_each_save_is_a_version(db, ada):
    draft = drafting.save(db, None, ada, {"title": "a"})

    drafting.save(db, draft.key, ada, {"title": "b"}, version=1)

    assert (draft.version, draft.fields) == (2, {"title": "b"})


def test_a_second_tab_overwrites_nothing(db, ada):
    draft = drafting.save(db, None, ada, {"title": "a"})
    drafting.save(db, draft.key, ada, {"title": "first tab"}, version=1)

    with pytest.raises(Overtaken):
        drafting.save(db, draft.key, ada, {"title": "second tab"}, version=1)

    assert draft.fields == {"title": "first tab"}


def test_the_same_sent_twice_is_saved_once(db, ada):
    draft = drafting.save(db, None, ada, {"title": "a"})
    drafting.save(db, draft.key, ada, {"title": "b"}, version=1)

    again = drafting.save(db, draft.key, ada, {"title": "b"}, version=1)

    assert again.version == 2


def test_a_members_draft_is_there_for_that_member_only(db, ada, cy):
    draft = drafting.save(db, None, ada, {})

    for stranger in (cy, None):
        with pytest.raises(Missing):
            drafting.find(db, draft.key, stranger)


def test_a_visitor_writes_first_and_signs_in_later(db, ada, cy):
    draft = drafting.save(db, None, None, {"title": "before registering"})

    drafting.adopt(db, ada, draft.key)

    assert drafting.own(db, ada) == [draft]
    with pytest.raises(Missing):
        drafting.adopt(db, cy, draft.key)


def test_a_draft_is_not_longer_than_a_story_can_be(db, ada):
    with pytest.raises(Invalid):
        drafting.save(db, None, ada, {"text": "é" * drafting.MOST_BYTES})


def test_a_member_has_a_hundred_drafts_at_most(db, ada):
    db.add_all(Draft(key=str(n), member_id=ada.id) for n in range(drafting.MOST_DRAFTS))

    with pytest.raises(Invalid):
        drafting.save(db, None, ada, {})


def test_a_draft_can_be_thrown_away(db, ada, cy):
    draft = drafting.save(db, None, ada, {})
    with pytest.raises(Missing):
        drafting.remove(db, draft.key, cy)

    drafting.remove(db, draft.key, ada)

    assert drafting.own(db, ada) == []


def test_a_published_draft_is_gone(db, ada):
    draft = drafting.save(db, None, ada, {})

    publishing.publish(db, ada, an_entry(), draft)

    assert drafting.own(db, ada) == []


def test_a_draft_is_published_once(db, ada):
    draft = drafting.save(db, None, ada, {})
    publishing.publish(db, ada, an_entry(), draft)

    with pytest.raises(Overtaken):
        publishing.publish(db, ada, an_entry(), draft)


def test_nobody_publishes_the_draft_of_another(db, ada, cy):
    draft = drafting.save(db, None, ada, {})

    with pytest.raises(Forbidden):
        publishing.publish(db, cy, an_entry(), draft)


def test_amending_has_one_draft(db, ada, cy):
    story = publishing.publish(db, ada, an_entry())

    draft = drafting.begin_amending(db, ada, story, publishing.fields_of(db, story))

    assert drafting.begin_amending(db, ada, story, {}) == draft
    with pytest.raises(Forbidden):
        drafting.begin_amending(db, cy, story, {})


def test_visitors_drafts_are_forgotten_after_ninety_days(db, ada):
    old = now() - timedelta(days=91)
    db.add_all(
        [
            Draft(key="visitor", saved_at=old),
            Draft(key="member", member_id=ada.id, saved_at=old),
            Draft(key="fresh"),
        ]
    )

    assert drafting.forget_abandoned(db) == 1
    assert set(db.scalars(select(Draft.key))) == {"member", "fresh"}


def test_a_draft_publishes_itself_when_its_moment_comes(db, ada):
    draft = drafting.save(db, None, ada, WHOLE)
    drafting.schedule(db, ada, draft.key, now() + timedelta(days=1))
    assert scheduling.publish_due(db) == []

    draft.publish_at = now()
    published = scheduling.publish_due(db)

    assert [story.title for story in published] == ["The kettle that never came"]
    assert drafting.own(db, ada) == []


def test_what_cannot_be_published_stays_a_draft_and_its_author_is_told(db, ada):
    draft = drafting.save(db, None, ada, {**WHOLE, "title": ""})
    draft.publish_at = now()

    assert scheduling.publish_due(db) == []

    assert drafting.own(db, ada) == [draft]
    assert draft.publish_at is None
    assert letters(db, "not_published") == [f"member:{ada.id}"]
    assert db.scalars(select(Story)).all() == []


def test_a_moment_that_has_passed_is_refused(db, ada):
    draft = drafting.save(db, None, ada, WHOLE)

    with pytest.raises(Invalid):
        drafting.schedule(db, ada, draft.key, now())


def test_a_visitors_draft_does_not_publish_itself(db, ada):
    draft = drafting.save(db, None, None, WHOLE)

    with pytest.raises(Forbidden):
        drafting.schedule(db, ada, draft.key, now() + timedelta(days=1))
