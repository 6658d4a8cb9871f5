"""The public record goes out and comes back the same."""

import json
import random

import pytest
from sqlalchemy import select

from stories import (
    discussing,
    exporting,
    importing,
    moderating,
    publishing,
    responding,
    updating,
)
from stories.discussing import CommentEntry, GuestEntry
from stories.entries.judging import RulingEntry
from stories.entries.story import OutcomeEntry, UpdateEntry
from stories.exporting import Unrestorable
from stories.importing import Names, StoryRow
from stories.models import Comment, Company, Response, Site, Story
from stories.models.codes import Kind, Outcome, Target
from stories.problems import Refused
from stories.responding import RejoinderEntry, ResponseEntry
from tests.people import an_entry

RULING = RulingEntry(reason="spam", words="An advertisement.")


def record(db) -> list[str]:
    return list(exporting.public_record(db))


def rows(db, table: str) -> list[dict]:
    return [row for row in map(json.loads, record(db)) if row.get("table") == table]


def emptied(db):
    """The same database, empty, as on another machine."""
    for table in reversed(exporting.public.tables.Base.metadata.sorted_tables):
        db.execute(table.delete())
    db.add(Site(id=1))
    db.commit()
    db.expunge_all()
    return db


def come_back(db) -> tuple[list[str], list[str]]:
    """The record before, and after it went out and came back."""
    before = record(db)
    for _ in exporting.restore(emptied(db), before):
        pass
    db.commit()
    return before, record(db)


def live(db, chance: random.Random, ada, bob, staff, acme) -> None:
    """One deed that chance chooses; what is refused changes nothing."""
    story = chance.choice(db.scalars(select(Story)).all())
    answer = db.scalars(select(Response).order_by(Response.id.desc())).first()
    remark = db.scalars(select(Comment).order_by(Comment.id.desc())).first()
    deeds = [
        lambda: publishing.publish(db, ada, an_entry(private_reference="A-1")),
        lambda: bring(db, chance),
        lambda: publishing.amend(db, ada, story, an_entry(text="It came."), "typo"),
        lambda: updating.add_update(db, ada, story, UpdateEntry(text="Still nothing.")),
        lambda: updating.set_outcome(
            db, ada, story, OutcomeEntry(outcome=chance.choice(list(Outcome)))
        ),
        lambda: updating.change_kind(db, ada, story, Kind.MIXED),
        lambda: responding.respond(
            db, bob, story, acme.id, ResponseEntry(kind="apologise", text="We erred.")
        ),
        lambda: responding.rejoin(db, ada, answer, RejoinderEntry(text="Thank you.")),
        lambda: discussing.comment(db, bob, story, CommentEntry(text="Same *here*.")),
        lambda: discussing.comment_as_guest(
            db, GuestEntry(name="Guest"), "c1", story, CommentEntry(text="Me too.")
        ),
        lambda: discussing.confirm(db, "c1", remark),
        lambda: discussing.delete(db, bob, remark),
        lambda: moderating.hide(db, staff, Target.COMMENT, remark.id, RULING),
        lambda: moderating.hide(db, staff, Target.STORY, story.id, RULING),
    ]
    try:
        with db.begin_nested():
            chance.choice(deeds)()
    except (Refused, AttributeError):
        db.expire_all()


def bring(db, chance: random.Random) -> None:
    row = StoryRow.model_validate(
        {
            "source": "gazette",
            "source_id": str(chance.random()),
            "lang": "it",
            "body": "Mai arrivato. AGGIORNAMENTO 3 marzo: arrivato.",
            "company": "Acme",
            "published_on": "2010-02-01",
            "outcome": "explained",
        }
    )
    importing.import_stories(db, Names(), [importing.ready(row)])


@pytest.mark.parametrize("seed", range(8))
def test_export_after_restore_is_the_export_again(db, ada, bob, staff, acme, seed):
    chance = random.Random(seed)
    for _ in range(4):
        publishing.publish(db, ada, an_entry(contacts=[{"channel": "phone"}]))
    for _ in range(25):
        live(db, chance, ada, bob, staff, acme)
    db.commit()

    before, after = come_back(db)

    assert after == before
    assert len(before) > 10


def test_the_record_tells_nothing_private(db, ada, acme):
    publishing.publish(db, ada, an_entry(private_reference="ORDER-4711"))
    db.commit()

    everything = "\n".join(record(db))

    assert "ORDER-4711" not in everything
    assert "staff_id" not in everything


def test_only_these_tables_are_for_everybody():
    """A new table is private until somebody says here that it is not."""
    assert {table.name for table in exporting.public.tables.tables()} == {
        *("alias", "amount", "caution", "comment", "company", "contact"),
        *("corroboration", "decision", "dispute", "incident", "incident_story"),
        *("invited", "letter", "member", "mention", "mention_product", "offer"),
        *("part_elsewhere", "point", "poll", "pressure", "product", "promise"),
        *("quotation", "rejoinder", "representative", "response", "revision"),
        *("series", "story", "story_issue", "timeline_entry", "translation"),
        *("update", "verification"),
    }


def test_stories_that_are_not_public_stay_out(db, ada, staff, acme):
    story = publishing.publish(db, ada, an_entry(visibility="unlisted"))
    hidden = publishing.publish(db, ada, an_entry())
    db.flush()
    moderating.hide(db, staff, Target.STORY, hidden.id, RULING)
    db.commit()

    assert rows(db, "story") == []
    assert str(story.title) not in "\n".join(record(db))


def test_a_hidden_comment_keeps_its_place_without_its_words(db, ada, bob, staff, acme):
    story = publishing.publish(db, ada, an_entry())
    remark = discussing.comment(
        db, bob, story, CommentEntry(text="Buy my watches", relation="employee")
    )
    moderating.hide(db, staff, Target.COMMENT, remark.id, RULING)
    db.commit()

    (told,) = rows(db, "comment")
    assert told["state"] == "hidden"
    assert "watches" not in "\n".join(record(db))


def test_a_restored_site_goes_on_counting(db, ada, acme):
    publishing.publish(db, ada, an_entry())
    db.commit()
    come_back(db)

    fresh = Company(name="Next")
    db.add(fresh)
    db.commit()

    assert fresh.id > acme.id


def test_a_record_is_not_restored_over_a_living_site(db, ada, acme):
    with pytest.raises(Unrestorable):
        list(exporting.restore(db, record(db)))


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["{}"],
        ["no json"],
        ['{"record": "earshot", "format": 1}', '{"table": "account", "id": 1}'],
        ['{"record": "earshot", "format": 1}', '{"table": "member", "nose": 1}'],
        ['{"record": "earshot", "format": 1}', '{"table": "story", "kind": "?"}'],
    ],
)
def test_what_is_no_record_is_refused(db, lines):
    with pytest.raises(Unrestorable):
        list(exporting.restore(db, lines))


def test_a_members_own_record_holds_what_is_private_to_them(db, ada, bob, acme):
    story = publishing.publish(db, ada, an_entry(private_reference="ORDER-4711"))
    discussing.comment(
        db, bob, story, CommentEntry(text="Bob's words", relation="employee")
    )
    db.commit()

    own = exporting.own_record(db, ada)

    assert own["story"][0]["private_reference"] == "ORDER-4711"
    assert own["member"][0]["handle"] == "ada"
    assert "Bob's words" not in json.dumps(own)
