"""The order of what happened."""

from stories import publishing
from stories.effort import effort, times
from stories.models import Contact, Story, Update
from stories.reading import story as reading
from stories.reading.effort import first_answer, solved_in
from tests import scenarios
from tests.lives import a_story, later


def steps(db, story):
    db.expunge_all()
    return reading.page(db, story.id, None).steps


def told(db, story):
    return [
        step.thing.happening if step.what == "event" else step.what
        for step in steps(db, story)
    ]


def a_contact(story, position, **more):
    return Contact(
        **{
            "story_id": story.id,
            "position": position,
            "channel": "phone",
            "by": "author",
            **more,
        }
    )


def test_contacts_without_a_date_stay_where_the_author_put_them(db, ada):
    story = a_story(db, ada, None)
    db.add_all(
        [
            a_contact(story, 0, result="first"),
            a_contact(story, 1, result="second", at=later(-3), precision="day"),
            a_contact(story, 2, result="third"),
            a_contact(story, 3, result="fourth", at=later(2), precision="day"),
        ]
    )
    db.commit()

    found = [
        step.thing.result if step.what == "contact" else step.what
        for step in steps(db, story)
    ]

    assert found == ["first", "second", "third", "event", "fourth"]


def test_hours_after_a_known_moment_place_a_contact(db, ada):
    story = a_story(db, ada, None)
    db.add_all(
        [
            a_contact(story, 0, at=later(-0.1), precision="minute"),
            a_contact(story, 1, hours_after=48),
        ]
    )
    db.commit()

    assert [step.what for step in steps(db, story)] == ["contact", "event", "contact"]


def test_an_old_story_was_first_published_before_what_followed(db, ada):
    story = a_story(
        db,
        ada,
        None,
        first_published_at=later(-400).replace(month=1, day=1),
        first_published_precision="year",
    )
    db.add(
        Update(
            story_id=story.id,
            happened_at=later(-400).replace(month=3, day=16),
            happened_precision="day",
            text="Later",
        )
    )
    db.commit()

    assert told(db, story) == ["first_published", "update", "published"]


def test_a_contact_of_that_year_comes_before_its_vague_publication(db, ada):
    story = a_story(
        db,
        ada,
        None,
        first_published_at=later(-400).replace(month=1, day=1),
        first_published_precision="about_year",
    )
    contact = later(-400).replace(month=5, day=1)
    db.add(a_contact(story, 0, at=contact, precision="month"))
    db.commit()

    assert told(db, story) == ["contact", "first_published", "published"]


def test_what_was_said_in_publishing_is_no_change(db, ada):
    story = publishing.publish(db, ada, scenarios.repair_programme())
    db.commit()

    assert told(db, story) == ["first_published", "published"]


def test_a_repeated_contact_counts_as_often_as_its_rhythm_says():
    monthly = Contact(channel="phone", rhythm="monthly", at=later(0), until=later(150))
    weekly = Contact(channel="phone", rhythm="weekly", at=later(0), until=later(15))

    assert (times(monthly), times(weekly)) == (5, 3)
    assert effort([monthly, weekly]).calls == 8


def test_the_first_answer_is_counted_from_the_authors_first_try(db):
    contacts = [
        Contact(by="author"),
        Contact(by="company", hours_after=6),
        Contact(by="company", hours_after=24),
        Contact(by="company"),
    ]
    story = Story(contacts=contacts, outcome="resolved")

    assert first_answer(story) == 6
    assert solved_in(story) == 30


def test_an_answer_of_unknown_time_has_no_hours():
    story = Story(contacts=[Contact(by="author"), Contact(by="company")])

    assert first_answer(story) is None
