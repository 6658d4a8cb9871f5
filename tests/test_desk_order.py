"""In which order stories lie on a desk, by whichever way they are found there."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import insert, select

from stories import handling, publishing
from stories.handling import AssignEntry
from stories.models import Mention, Story, now
from stories.models.codes import CaseState, Kind, MentionRole
from stories.reading import desk as reading
from stories.reading.desk import NOBODY, Page, Pile, Sieve
from stories.reading.desk.sieve import FEW, finer
from tests.desks import a_case, titles
from tests.lives import a_story, mention
from tests.people import an_entry

DAYS = (3, 40, 120)
PRODUCT = "Kettle 3000"


@pytest.fixture
def full(db, ada, kettles, voice):
    """A desk with something of every role, state and age, some at the same moment."""
    for state, days in product(CaseState, DAYS * 2):
        at = now() - timedelta(days=days)
        story = a_story(db, ada, None, title=f"{state} {days}", published_at=at)
        told = state != CaseState.NOT_TOLD
        mention(
            db,
            story,
            kettles,
            MentionRole.SUBJECT,
            products=[PRODUCT],
            case_state=state,
            told_at=at if told else None,
            case_changed_at=at if told else None,
        )
    for role in set(MentionRole) - {MentionRole.SUBJECT}:
        mention(db, a_story(db, ada, None, title=role), kettles, role, [PRODUCT])
    return voice


def lie(db, voice, sieve, pile=None, after=None):
    """What lies there, in order, with what comes next, and how much there is in all."""
    found = reading.desk(db, voice, Page(pile, after), sieve)
    return [row.story.id for row in found.rows], found.next, found.counts


@pytest.mark.parametrize("pile", [None, *Pile])
def test_known_stories_lie_in_the_order_in_which_all_lie(db, full, pile):
    known = Sieve(stories=tuple(db.scalars(select(Story.id).order_by(Story.title))))

    first = lie(db, full, Sieve(), pile)

    assert lie(db, full, known, pile) == first
    if first[1]:
        rest = lie(db, full, Sieve(), pile, first[1])
        assert lie(db, full, known, pile, first[1]) == rest
        assert not {*first[0]} & {*rest[0]}


def test_few_of_a_product_or_a_person_lie_as_all_do(db, bob, full, monkeypatch):
    number = db.scalars(select(Mention.story_id).order_by(Mention.id)).all()[:7]
    handling.assign(
        db, bob, full.company_id, list(number), AssignEntry(assigned=full.id)
    )
    (bought,) = reading.desk(db, full).products
    asked = [Sieve(product=bought.id), Sieve(assigned=full.id, kind=Kind.COMPLAINT)]
    few = [lie(db, full, each) for each in asked]

    monkeypatch.setattr("stories.reading.desk.sieve.FEW", 3)

    assert [finer(db, full.company_id, each).stories for each in asked] == [None] * 2
    assert [lie(db, full, each) for each in asked] == few
    assert sorted(few[1][0]) == sorted(number)


def test_who_is_nobody_has_no_few(db, full):
    everything = finer(db, full.company_id, Sieve(assigned=NOBODY))

    assert everything.stories is None
    assert len(lie(db, full, Sieve(assigned=NOBODY))[0]) <= FEW


def test_a_story_lies_under_the_language_and_kind_that_it_has_by_now(
    db, browser_of, ada, bob, kettles, voice
):
    words = [{"company": kettles.name, "company_id": kettles.id}]
    story = publishing.publish(db, ada, an_entry(mentions=words, title="Mine"))
    db.commit()
    browser = browser_of(bob)
    assert titles(browser.get("/en/desk?language=en&kind=complaint")) == ["Mine"]

    changed = an_entry(mentions=words, title="Mine", language="it", kind="mixed")
    publishing.amend(db, ada, story, changed)
    db.commit()

    assert titles(browser.get("/en/desk?language=it&kind=mixed")) == ["Mine"]
    assert titles(browser.get("/en/desk?language=en")) == []
    assert titles(browser.get("/en/desk?kind=complaint")) == []


def test_a_mention_says_what_its_story_says(db, ada, kettles):
    story = a_case(db, ada, kettles, 3, language="cy", kind="praise")
    other = a_story(db, ada, None, language="pt-BR", kind="mixed")
    db.execute(
        insert(Mention),
        [{"story_id": other.id, "company_id": kettles.id, "role": "subject"}],
    )

    said = select(Mention.story_id, Mention.language, Mention.kind)
    assert set(map(tuple, db.execute(said))) == {
        (story.id, "cy", "praise"),
        (other.id, "pt-BR", "mixed"),
    }
