"""Taking stories back, and leaving with all of them."""

import pytest
from sqlalchemy import select

from stories import (
    cases,
    companies,
    drafting,
    leaving,
    publishing,
    updating,
    withdrawing,
)
from stories.discussing import CommentEntry, comment
from stories.entries.story import UpdateEntry
from stories.leaving import Way
from stories.models import (
    Base,
    Comment,
    Draft,
    Mention,
    PartElsewhere,
    Rejoinder,
    Representative,
    Response,
    Revision,
    Series,
    Story,
)
from stories.models.codes import CaseState, ClaimState, Standing, Visibility
from stories.problems import Forbidden, Invalid, Missing
from stories.responding import (
    RejoinderEntry,
    ResponseEntry,
    amend_rejoinder,
    rejoin,
    respond,
)
from tests.people import a_voice, an_entry

SECRET = "Xanadu"


@pytest.fixture
def story(db, ada) -> Story:
    return publishing.publish(db, ada, an_entry())


@pytest.fixture
def told(db, ada, bob) -> Story:
    """A story with a secret in every text, and a whole life."""
    acme = companies.add(db, "Acme")
    a_voice(db, bob, acme)
    entry = an_entry(
        title=f"{SECRET} title",
        text=f"{SECRET} text",
        disclosure=SECRET,
        mentions=[{"company": "Acme", "products": ["Kettle"], "reason": SECRET}],
        points_bad=[SECRET],
        disputes=[SECRET],
        contacts=[{"channel": "phone", "result": SECRET, "role_spoken_to": SECRET}],
        promises=[{"what": SECRET, "note": SECRET}],
        amounts=[{"role": "in_kind", "what": SECRET}],
        offers=[{"what": SECRET, "why": SECRET}],
        letters=[{"text": SECRET, "sender": SECRET}],
        quotations=[{"text": SECRET, "who": SECRET}],
        remedy_sought=SECRET,
        private_reference=SECRET,
        series={"title": SECRET, "part": 2, "elsewhere_note": SECRET},
        source_address=f"https://blog.example/{SECRET}",
        evaluation={"grade": 2, "remedy_received": SECRET},
    )
    story = publishing.publish(db, ada, entry)
    updating.add_update(db, ada, story, UpdateEntry(text=SECRET))
    answer = ResponseEntry(kind="explain", text=f"You say {SECRET}?")
    response = respond(db, bob, story, acme.id, answer)
    rejoin(db, ada, response, RejoinderEntry(text=SECRET))
    draft = drafting.begin_amending(db, ada, story, {"text": SECRET})
    assert draft.story_id == story.id
    return story


def everything(db) -> str:
    """All values of all rows, as words."""
    tables = Base.metadata.sorted_tables
    return " ".join(str(row) for table in tables for row in db.execute(select(table)))


def test_what_is_withdrawn_only_its_author_sees(db, ada, story):
    withdrawing.withdraw(db, ada, story)

    assert story.visibility == Visibility.AUTHOR_ONLY


def test_what_was_unlisted_is_unlisted_again_when_it_comes_back(db, ada, story):
    withdrawing.unlist(db, ada, story)
    withdrawing.withdraw(db, ada, story)

    withdrawing.restore(db, ada, story)

    assert story.visibility == Visibility.UNLISTED


def test_what_was_not_withdrawn_does_not_come_back(db, ada, story):
    with pytest.raises(Invalid):
        withdrawing.restore(db, ada, story)


def test_what_staff_have_hidden_cannot_be_shown_by_withdrawing_it(db, ada, story):
    story.visibility = Visibility.HIDDEN

    for deed in (withdrawing.withdraw, withdrawing.unlist, withdrawing.enlist):
        with pytest.raises(Forbidden):
            deed(db, ada, story)


@pytest.mark.parametrize(
    "deed",
    [
        withdrawing.withdraw,
        withdrawing.restore,
        withdrawing.unlist,
        withdrawing.enlist,
        withdrawing.anonymise,
        withdrawing.erase,
    ],
)
def test_nobody_takes_back_the_story_of_another(db, cy, story, deed):
    with pytest.raises(Forbidden):
        deed(db, cy, story)


@pytest.mark.parametrize(
    "deed", [withdrawing.withdraw, withdrawing.anonymise, withdrawing.erase]
)
def test_the_suspended_take_their_texts_with_them(db, ada, story, deed):
    ada.standing = Standing.SUSPENDED

    deed(db, ada, story)


def test_nothing_ties_an_anonymous_story_to_its_author(db, ada, told):
    withdrawing.anonymise(db, ada, told)

    assert told.author_id is None
    assert told.source_address is None
    assert told.private_reference == ""
    assert db.scalars(select(Series.author_id)).all() == [None]
    assert db.scalars(select(Draft)).all() == []
    assert told.text == f"{SECRET} text"


def test_an_anonymous_story_leaves_the_series_of_named_ones(db, ada, story):
    saga = {"title": "My saga", "part": 1}
    first = publishing.publish(db, ada, an_entry(series=saga))
    publishing.publish(db, ada, an_entry(series={**saga, "part": 2}))

    withdrawing.anonymise(db, ada, first)

    assert first.series_id is None
    assert db.scalars(select(PartElsewhere.part)).all() == [1]


def test_anonymity_is_for_good(db, ada, story):
    withdrawing.anonymise(db, ada, story)

    with pytest.raises(Forbidden):
        updating.add_update(db, ada, story, UpdateEntry(text="It was me."))


def test_of_what_is_erased_no_word_is_left(db, ada, told):
    withdrawing.erase(db, ada, told)

    assert SECRET not in everything(db)


def test_what_is_erased_leaves_a_tombstone_and_its_counts(db, ada, told):
    withdrawing.erase(db, ada, told)

    assert told.visibility == Visibility.TOMBSTONE
    assert (told.kind, told.grade) == ("complaint", 2)
    mention = db.scalars(select(Mention)).one()
    assert mention.answered_at is not None
    assert len(db.scalars(select(Response)).all()) == 1
    assert len(db.scalars(select(Rejoinder)).all()) == 1
    assert db.scalars(select(Revision)).all() == []


def test_what_is_erased_is_gone_for_its_author_too(db, ada, story):
    withdrawing.erase(db, ada, story)

    with pytest.raises(Missing):
        withdrawing.anonymise(db, ada, story)


def test_one_update_is_erased_and_leaves_its_place(db, ada, bob, told):
    entry = UpdateEntry(text=f"Once more: {SECRET} and another")
    added = updating.add_update(db, ada, told, entry)
    updating.amend_update(db, ada, added, UpdateEntry(text=f"Said {SECRET}"))
    answer = db.scalars(select(Response).where(Response.story_id == told.id)).first()
    words = rejoin(db, ada, answer, RejoinderEntry(text=f"No. {SECRET}"))

    withdrawing.erase_entry(db, ada, added)
    withdrawing.erase_entry(db, ada, words)

    db.expire_all()
    for entry, target in ((added, "update"), (words, "rejoinder")):
        assert (entry.text, entry.html) == ("", "")
        assert entry.visibility == Visibility.TOMBSTONE
        kept = Revision.target == target, Revision.target_id == entry.id
        assert db.scalars(select(Revision).where(*kept)).all() == []
    assert told.text
    with pytest.raises(Missing):
        updating.amend_update(db, ada, added, UpdateEntry(text="Back again"))
    with pytest.raises(Forbidden):
        amend_rejoinder(db, ada, words, RejoinderEntry(text="Back again"))


def test_an_erased_update_still_counts_as_a_word_to_the_company(db, ada, bob, told):
    mention = db.scalars(select(Mention).where(Mention.story_id == told.id)).first()
    added = updating.add_update(db, ada, told, UpdateEntry(text="Still nothing."))
    before = mention.case_state

    withdrawing.erase_entry(db, ada, added)
    cases.settle(db, told)

    assert mention.case_state == before == CaseState.AWAITING_COMPANY


def test_nobody_erases_the_update_of_another(db, ada, cy, told):
    added = updating.add_update(db, ada, told, UpdateEntry(text="Still nothing."))

    with pytest.raises(Forbidden):
        withdrawing.erase_entry(db, cy, added)


def test_who_leaves_erasing_leaves_no_word_and_no_name(db, ada, told):
    comment(db, ada, told, CommentEntry(text=SECRET))

    leaving.leave(db, ada, Way.ERASE)

    assert SECRET not in everything(db)
    assert ada.standing == Standing.LEFT
    assert (ada.handle, ada.display_name) == (f"left-{ada.id}", "")


def test_who_leaves_anonymously_leaves_the_words(db, ada, told):
    comment(db, ada, told, CommentEntry(text="My word"))

    leaving.leave(db, ada, Way.ANONYMISE)

    remark = db.scalars(select(Comment)).one()
    assert (remark.text, remark.author_id) == ("My word", None)
    assert told.text == f"{SECRET} text"


def test_who_leaves_withdrawing_can_come_back_under_the_same_name(db, ada, story):
    leaving.leave(db, ada, Way.WITHDRAW)

    assert story.visibility == Visibility.AUTHOR_ONLY
    assert ada.handle == "ada"


def test_who_leaves_speaks_for_no_company_any_more(db, bob, told):
    leaving.leave(db, bob, Way.ANONYMISE)

    role = db.scalars(select(Representative)).one()
    assert (role.state, role.name) == (ClaimState.GIVEN_BACK, "")
    assert db.scalars(select(Response.speaker)).one() == "Bob"
