"""A search that is narrowed, in a real browser without scripts: by every kind of value
that stories are counted by, and by spans."""

import re

import pytest
from playwright.sync_api import expect

from stories import outbox
from stories.models import Amount, Mention, StoryIssue
from tests.lives import a_story, later
from web.finding import index

FACETS = [
    ("How soon it answered", "Within 14 days", "It leaks"),
    ("What went wrong", "A long wait", "It leaks"),
    ("Language of the story", "Italian", "Perde"),
    ("Year", "2024", "Perde"),
    ("Company’s answer", "Not answered", "Perde"),
    ("What it cost the author in time", "2 hours or more", "It leaks"),
]


@pytest.fixture
def found(site, db, ada, kettles):
    """Two stories that differ in everything."""
    leaks = a_story(
        db, ada, kettles, title="It leaks", effort_minutes=150, happened_at=later(-9)
    )
    mention = db.query(Mention).filter_by(story_id=leaks.id).one()
    mention.told_at, mention.answered_at, mention.answer_days = later(0), later(3), 3
    leaks.response_count = 1
    wait = StoryIssue(story_id=leaks.id, issue="long_wait")
    db.add_all([wait, Amount(story_id=leaks.id, role="paid", value=80, currency="EUR")])
    words = {"title": "Perde", "text": "Perde acqua.", "language": "it"}
    perde = a_story(db, ada, kettles, happened_at=later(-700), **words)
    for story in (leaks, perde):
        outbox.index(db, story.id)
    db.commit()
    site.catch_up()
    yield
    with site.app.app_context():
        index().close()


@pytest.mark.parametrize(("facet", "value", "title"), FACETS)
def test_each_facet_counts_narrows_and_is_taken_off(plain, found, facet, value, title):
    plain.goto("/en/search")
    cards = plain.locator("main article")
    expect(cards).to_have_count(2)

    part = plain.locator("details.facet").filter(
        has=plain.locator("summary", has_text=re.compile(f"^{facet}$"))
    )
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    part.get_by_role("link", name=re.compile(f"^{value} 1$")).click()

    expect(cards).to_have_count(1)
    expect(cards.get_by_role("heading")).to_have_text(title)
    plain.get_by_role("list", name="Narrowed by").get_by_role("link").click()
    expect(cards).to_have_count(2)


@pytest.mark.parametrize(
    ("span", "end", "typed", "title"),
    [
        ("Years", "To", "2024", "Perde"),
        ("Minutes that it cost the author", "From", "121", "It leaks"),
        ("Money", "From", "79.50", "It leaks"),
    ],
)
def test_spans_of_years_effort_and_money_are_typed(
    plain, found, span, end, typed, title
):
    plain.goto("/en/search")
    plain.get_by_text("From … to …").click()

    part = plain.get_by_role("group", name=span)
    part.get_by_label(end, exact=True).fill(typed)
    plain.locator("form.spans button").click()

    cards = plain.locator("main article")
    expect(cards).to_have_count(1)
    expect(cards.get_by_role("heading")).to_have_text(title)
