"""How a company's team works at its desk, and that nobody else sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from stories import cases, handling, leaving, outbox, withdrawing
from stories.exporting import public_record
from stories.handling import AssignEntry, NoteEntry
from stories.leaving import Way
from stories.models import (
    Company,
    DeskNote,
    Handling,
    Mention,
    Product,
    Story,
    now,
)
from stories.models.codes import ClaimState
from stories.models.speaking import TeamRole
from stories.problems import Forbidden, Invalid, Missing
from tests.desks import a_case, titles
from tests.lives import a_story
from tests.people import a_voice
from tests.reading_eyes import missing_from, words_of
from web import worker
from web.finding import index

NOTED = "Ask the depot in Turin"
NOTE = NoteEntry(text=NOTED)


@pytest.fixture
def story(db, ada, kettles):
    return a_case(db, ada, kettles, 3, title="The lost kettle")


@pytest.fixture
def browser(browser_of, bob, voice):
    return browser_of(bob)


def notes(db) -> list[str]:
    db.rollback()
    return list(db.scalars(select(DeskNote.text)))


def handled(db) -> Handling:
    db.rollback()
    return db.scalars(select(Handling)).one()


def test_somebody_of_the_team_deals_with_a_story(db, bob, kettles, voice, story):
    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))
    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))

    assert db.scalars(select(Handling)).one().assigned_id == voice.id


def test_a_story_can_be_nobodys_again(db, bob, kettles, voice, story):
    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))

    handling.assign(db, bob, kettles.id, [story.id], AssignEntry())

    assert db.scalars(select(Handling)).one().assigned_id is None


def test_only_who_speaks_for_the_company_deals_with_it(
    db, bob, kettles, voice, rival, story
):
    entry = AssignEntry(assigned=rival.id)

    with pytest.raises(Invalid):
        handling.assign(db, bob, kettles.id, [story.id], entry)


def test_strangers_and_other_companies_do_nothing_at_a_desk(
    db, ada, cy, kettles, voice, rival, story
):
    mine = [story.id]
    for stranger in (ada, cy):
        with pytest.raises(Forbidden):
            handling.see(db, stranger, kettles.id, mine)
        with pytest.raises(Forbidden):
            handling.note(db, stranger, kettles.id, mine, NOTE)
        with pytest.raises(Forbidden):
            handling.assign(db, stranger, kettles.id, mine, AssignEntry())
    with pytest.raises(Missing):  # a story that does not name the own company
        handling.note(db, cy, rival.company_id, mine, NOTE)


def test_who_has_lost_the_role_does_nothing_more(db, bob, kettles, voice, story):
    voice.state = ClaimState.TAKEN_AWAY
    db.commit()

    with pytest.raises(Forbidden):
        handling.note(db, bob, kettles.id, [story.id], NOTE)


def test_nonsense_is_refused(db, bob, kettles, voice, story):
    with pytest.raises(Invalid):
        handling.see(db, bob, kettles.id, [])
    with pytest.raises(Missing):
        handling.see(db, bob, kettles.id, [story.id, 4711])
    with pytest.raises(Invalid):
        handling.see(db, bob, kettles.id, range(1, 102))
    story.visibility = "hidden"
    db.flush()
    with pytest.raises(Missing):
        handling.see(db, bob, kettles.id, [story.id])


def test_a_note_is_taken_away_by_who_wrote_it_alone(db, bob, cy, kettles, voice, story):
    handling.note(db, bob, kettles.id, [story.id], NOTE)
    a_voice(db, cy, kettles)
    number = db.scalars(select(DeskNote.id)).one()

    with pytest.raises(Forbidden):
        handling.erase_note(db, cy, number)
    handling.erase_note(db, bob, number)

    assert db.scalars(select(DeskNote)).all() == []


def test_what_was_noted_goes_with_an_erased_story(db, ada, bob, kettles, voice, story):
    handling.note(db, bob, kettles.id, [story.id], NOTE)

    withdrawing.erase(db, ada, story)

    assert db.scalars(select(DeskNote)).all() == []


def test_a_note_outlives_its_writers_name(db, bob, kettles, voice, story):
    handling.note(db, bob, kettles.id, [story.id], NOTE)

    leaving.leave(db, bob, Way.ERASE)

    written = db.scalars(select(DeskNote)).one()
    assert (written.text, written.name) == (NOTED, "")


def test_notes_are_never_public(db, client, bob, browser_of, kettles, voice, story):
    handling.note(db, bob, kettles.id, [story.id], NOTE)
    handling.assign(db, bob, kettles.id, [story.id], AssignEntry(assigned=voice.id))
    db.commit()

    assert not any(NOTED in str(line) for line in public_record(db))
    for address in (
        f"/en/stories/{story.id}-the-lost-kettle",
        f"/api/v1/stories/{story.id}",
        f"/en/companies/{kettles.id}-kettles-co",
    ):
        assert NOTED not in client.get(address).text


# On the page ------------------------------------------------------------------------


def test_a_case_is_assigned_and_noted_on_its_page(db, browser, kettles, voice, story):
    address = f"/en/desk/stories/{story.id}?company={kettles.id}"

    browser.post(address, data={"do": "assign", "assigned": voice.id})
    browser.post(address, data={"do": "note", "text": NOTED})

    assert not missing_from(browser.get(address), NOTED, "Bob", "The lost kettle")
    desk = browser.get("/en/desk")
    assert not missing_from(desk, "With Bob", "1 note")


def test_an_empty_note_and_a_stranger_to_the_team_are_refused(
    browser, kettles, voice, rival, story
):
    address = f"/en/desk/stories/{story.id}?company={kettles.id}"

    for nonsense in (
        {"do": "note", "text": " "},
        {"do": "assign", "assigned": rival.id},
        {"do": "assign", "assigned": "Bob"},
    ):
        assert browser.post(address, data=nonsense).status_code == 422


def test_other_companies_see_no_case_and_no_note(
    db, browser, browser_of, cy, ada, kettles, rival, story
):
    address = f"/en/desk/stories/{story.id}?company={kettles.id}"
    browser.post(address, data={"do": "note", "text": NOTED})
    note = db.scalars(select(DeskNote.id)).one()

    other, author = browser_of(cy), browser_of(ada)
    for stranger in (other, author):
        assert stranger.get(address).status_code == 403
        assert (
            stranger.post(address, data={"do": "note", "text": "x"}).status_code == 403
        )
        assert stranger.post(f"/en/desk/notes/{note}/erase").status_code == 403
    theirs = address.replace(f"={kettles.id}", f"={rival.company_id}")
    assert other.get(theirs).status_code == 404
    assert other.get(address.split("?", maxsplit=1)[0]).status_code == 404
    assert notes(db) == [NOTED]


def test_many_are_handled_at_once(db, browser, ada, kettles, voice):
    several = [a_case(db, ada, kettles, n, title=f"No {n}").id for n in range(3)]
    chosen = {"company": kettles.id, "story": several[:2], "view": "kind=complaint"}

    back = browser.post("/en/desk", data={**chosen, "do": "see"})
    browser.post("/en/desk", data={**chosen, "do": "note", "text": NOTED})
    browser.post("/en/desk", data={**chosen, "do": "assign", "assigned": voice.id})

    assert back.location == f"/en/desk?company={kettles.id}&kind=complaint"
    page = words_of(browser.get("/en/desk"))
    assert page.count("With Bob") == 2
    assert page.count("1 note") == 2
    assert page.count("New") == 1


def test_what_cannot_be_done_to_many_is_said(browser, kettles, story, db):
    def said(**more) -> str:
        data = {"company": kettles.id, **more}
        return words_of(browser.post("/en/desk", data=data, follow_redirects=True))

    assert "Choose at least one story." in said(do="see")
    assert "Choose at least one story." in said(do="assign")
    assert "Please fill this in." in said(do="note", story=story.id)
    assert browser.post("/en/desk", data={"do": "see"}).status_code == 404
    several = {"company": kettles.id, "do": "see", "story": [story.id, 4711]}
    assert browser.post("/en/desk", data=several).status_code == 404
    assert notes(db) == []


def test_nobody_is_led_elsewhere(browser, kettles, story):
    view = "lang=//evil.example&_anchor=x&state=closed&company=7&q=//evil.example"
    data = {"company": kettles.id, "do": "see", "story": story.id, "view": view}

    back = browser.post("/en/desk", data=data)

    assert back.location == (
        f"/en/desk?company={kettles.id}&state=closed&q=%2F%2Fevil.example"
    )


# Narrowed down ----------------------------------------------------------------------


@pytest.fixture
def piled(db, ada, kettles):
    """Stories that differ in all that a desk can be narrowed by."""
    a_case(db, ada, kettles, 2, title="New", language="it")
    a_case(db, ada, kettles, 20, title="Late", kind="mixed")
    a_case(db, ada, kettles, 40, title="Overdue")
    return kettles


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("clock=on_time", ["New"]),
        ("clock=late", ["Late"]),
        ("clock=overdue", ["Overdue"]),
        ("kind=mixed", ["Late"]),
        ("language=it", ["New"]),
        ("kind=mixed&language=it", []),
        ("state=company&clock=overdue", ["Overdue"]),
    ],
)
def test_a_desk_can_be_narrowed(browser, piled, asked, found):
    page = browser.get(f"/en/desk?company={piled.id}&{asked}")

    assert titles(page) == found


def test_an_answered_case_keeps_the_pace_of_its_answer(db, browser, ada, kettles):
    at = now() - timedelta(days=25)
    story = a_case(
        db, ada, kettles, 30, "awaiting_author", title="Answered", answered_at=at
    )
    row = db.scalars(select(Mention).where(Mention.story_id == story.id)).one()
    row.answer_days = cases.clock(row).days
    db.commit()

    assert titles(browser.get("/en/desk?clock=on_time")) == ["Answered"]
    assert titles(browser.get("/en/desk?clock=late")) == []


def test_a_desk_can_be_narrowed_to_whose_it_is(db, browser, bob, piled, voice):
    first = db.scalars(select(Story.id).where(Story.title == "Overdue")).one()
    handling.assign(db, bob, piled.id, [first], AssignEntry(assigned=voice.id))
    handling.see(db, bob, piled.id, [first])
    db.commit()

    assert titles(browser.get("/en/desk?with=me")) == ["Overdue"]
    assert titles(browser.get(f"/en/desk?with={voice.id}")) == ["Overdue"]
    assert titles(browser.get("/en/desk?with=nobody")) == ["Late", "New"]
    assert titles(browser.get("/en/desk?seen=yes")) == ["Overdue"]
    assert titles(browser.get("/en/desk?seen=no")) == ["Late", "New"]


def test_what_somebody_had_who_has_left_is_nobodys(db, browser, bob, cy, piled, story):
    other = a_voice(db, cy, piled)
    handling.assign(db, bob, piled.id, [story.id], AssignEntry(assigned=other.id))
    other.state = ClaimState.GIVEN_BACK
    db.commit()

    assert "The lost kettle" in titles(browser.get("/en/desk?with=nobody"))


def test_a_desk_can_be_narrowed_to_a_product(db, browser, ada, kettles):
    a_story(db, ada, kettles, title="Of the 3000", products=["Kettle 3000"])
    a_story(db, ada, kettles, title="Of another")
    product = db.scalars(select(Product.id)).one()

    page = browser.get(f"/en/desk?product={product}")

    assert titles(page) == ["Of the 3000"]


def test_nobody_asks_for_what_there_is_not(browser):
    for nonsense in ("clock=soon", "kind=angry", "language=%F0", "with=bob"):
        assert browser.get(f"/en/desk?{nonsense}").status_code == 404


@pytest.fixture
def found(app, db):
    """The index, in step with the database."""

    def catch_up(*numbers: int) -> None:
        for number in numbers:
            outbox.index(db, number)
        db.commit()
        worker.drain(app)

    yield catch_up
    with app.app_context():
        index().close()


def test_words_are_looked_for_on_the_own_desk_alone(
    db, browser, ada, kettles, rival, found
):
    text = "The spout came off in my hand."
    ours = a_case(db, ada, kettles, 3, title="Ours", text=text)
    a_case(db, ada, kettles, 3, title="Another")
    teapots = db.get(Company, rival.company_id)
    theirs = a_case(db, ada, teapots, 3, title="Theirs", text=text)
    found(ours.id, theirs.id)

    assert titles(browser.get("/en/desk?q=spouts")) == ["Ours"]
    assert titles(browser.get("/en/desk?q=spouts&clock=overdue")) == []
    assert titles(browser.get("/en/desk?q=nothing")) == []


def test_an_order_number_finds_its_story(db, browser, ada, kettles, rival, found):
    a_case(db, ada, kettles, 3, title="Ours", private_reference="K-4711")
    teapots = db.get(Company, rival.company_id)
    a_case(db, ada, teapots, 3, title="Theirs", private_reference="T-1")
    found()

    assert titles(browser.get("/en/desk?q=K-4711")) == ["Ours"]
    assert titles(browser.get("/en/desk?q=T-1")) == []


def test_who_observes_reads_the_desk_and_does_nothing_there(
    db, browser_of, bob, cy, kettles, voice, story
):
    eyes = a_voice(db, cy, kettles)
    eyes.team_role = TeamRole.OBSERVER
    handling.note(db, bob, kettles.id, [story.id], NOTE)
    db.commit()
    browser = browser_of(cy)
    address = f"/en/desk/stories/{story.id}?company={kettles.id}"

    assert titles(browser.get("/en/desk")) == ["The lost kettle"]
    assert "/respond" not in browser.get("/en/desk").text
    assert NOTED in browser.get(address).text
    assert "/respond" not in browser.get(address).text
    assert browser.get(f"/en/desk/cases.csv?company={kettles.id}").status_code == 200
    assert browser.post(address, data={"do": "note", "text": "x"}).status_code == 403
    templates = f"/en/desk/templates?company={kettles.id}"
    assert browser.post(templates, data={"name": "x"}).status_code in (403, 422)
    assert notes(db) == [NOTED]
