"""A story's page, as readers see it."""

import pytest

from stories.models import Comment, Mention, Rejoinder, Response, Update
from tests.lives import a_story, a_whole_life, later
from tests.people import a_voice
from tests.reading_eyes import missing_from, words_of

LIFE = (
    "Written on behalf of somebody else",
    "Happened: 20 January 2026",
    "Part 2 of “My kettle saga”",
    "on my old blog",
    "2 calls, 2 hours and 3 people",
    "after 4 hours",
    "The company called",
    "4 hours later",
    "Letter from Customer care",
    "Stay away",
    "Friendly voice",
    "€1,234.50",
    "US$94.00 instead of US$220.00 · Refused",
    "Call back within 3 hours The company · Kept",
    "My money back",
    "A voucher",
    "1 of 10",
    "Would the author buy there again? Never",
    "Answered after 3 days",
    "Waiting for the company, since 21 March 2026",
    "Answered within a day.",
    "Team Care",
    "Verified by an e-mail address of the company on 21 November 2025",
    "Sorry is not a kettle.",
    "They called again.",
    "Offer refused",
    "Updated on 10 March 2026",
    "Same here.",
    "Guest",
    "CC BY-SA 4.0",
    "I sell kettles myself.",
)


@pytest.fixture
def life(db, ada, kettles):
    return a_whole_life(db, ada, kettles)


def test_a_reader_sees_the_whole_life_of_a_story(client, life):
    page = client.get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, *LIFE)


def test_whom_it_is_about_stands_above_the_text_where_the_facts_are_folded(
    client, life
):
    page = client.get(f"/en/stories/{life.id}-a-kettle-that-never-came")
    above, _, _ = page.text.partition("The facts at a glance")

    assert "<strong>Kettles &amp; Co</strong>" in above
    assert "Answered after 3 days" in above


def test_a_story_is_read_in_one_statement(client, life, statements):
    address = f"/en/stories/{life.id}-a-kettle-that-never-came"
    client.get("/en/")
    statements.clear()

    client.get(address)

    assert len(statements) == 1


def test_in_italian_everything_around_the_story_is_italian(client, life):
    page = client.get(f"/it/stories/{life.id}-a-kettle-that-never-came")

    assert page.status_code == 200
    assert '<html lang="it"' in page.text
    assert '<h1 class="p-name" lang="en" dir="ltr">' in page.text
    assert "1.234,50" in page.text
    assert "20 gennaio 2026" in page.text


@pytest.mark.parametrize(
    "words",
    [
        "Friendly voice",
        "Call back within 3 hours",
        "My money back",
        "I sell kettles myself.",
    ],
)
def test_short_words_of_the_author_say_their_language_too(client, life, words):
    page = client.get(f"/it/stories/{life.id}-a-kettle-that-never-came")

    assert f'<bdi lang="en" dir="ltr">{words}</bdi>' in page.text


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client, life):
    answer = client.get(f"/it/stories/{life.id}-something-else")

    assert answer.status_code == 301
    assert answer.location == f"/it/stories/{life.id}-a-kettle-that-never-came"


def test_the_canonical_address_speaks_the_storys_language(client, db, ada):
    italian = a_story(db, ada, None, title="Bollitore", language="it")
    swedish = a_story(db, ada, None, title="Kittel", language="sv")

    first = client.get(f"/en/stories/{italian.id}-bollitore").text
    second = client.get(f"/it/stories/{swedish.id}-kittel").text

    canonical = '<link rel="canonical" href="http://localhost/{}">'
    assert canonical.format(f"it/stories/{italian.id}-bollitore") in first
    assert canonical.format(f"en/stories/{swedish.id}-kittel") in second
    assert 'hreflang="x-default"' in first


@pytest.mark.parametrize(
    ("visibility", "status", "words"),
    [
        ("tombstone", 410, "The author has erased this story."),
        ("hidden", 404, "Staff of this site have hidden this story."),
        ("author_only", 404, "The author has withdrawn this story."),
    ],
)
def test_what_is_gone_is_said_calmly(client, db, ada, visibility, status, words):
    story = a_story(db, ada, None, title="Private", visibility=visibility)

    page = client.get(f"/en/stories/{story.id}-private")

    assert page.status_code == status
    assert words in words_of(page)
    assert "weeks" not in page.text


def test_authors_still_read_what_they_withdrew(browser_of, db, ada):
    story = a_story(db, ada, None, title="Private", visibility="author_only")

    page = browser_of(ada).get(f"/en/stories/{story.id}-private")

    assert not missing_from(page, "It went on for weeks.", "Add an update")
    assert '<meta name="robots" content="noindex">' in page.text


def test_an_unlisted_story_is_read_but_not_indexed(client, db, ada):
    story = a_story(db, ada, None, title="Private", visibility="unlisted")

    page = client.get(f"/en/stories/{story.id}-private")

    assert page.status_code == 200
    assert '<meta name="robots" content="noindex">' in page.text


def test_strangers_find_no_tools_of_authors(browser_of, life, cy):
    page = browser_of(cy).get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, "What readers say")
    assert "Add an update" not in page.text
    assert "/respond" not in page.text


def test_a_representative_is_invited_to_answer(browser_of, db, life, bob, kettles):
    a_voice(db, bob, kettles)

    page = browser_of(bob).get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, "Answer for Kettles & Co")


def test_what_staff_have_hidden_leaves_a_line_and_no_words(client, db, life):
    for table in (Update, Response, Rejoinder):
        db.query(table).update({"visibility": "hidden"})
    db.query(Comment).filter_by(guest_name="Gus").update({"state": "hidden"})
    db.commit()

    page = client.get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert words_of(page).count("Hidden by staff of this site") == 4
    for words in ("They called again.", "We are sorry.", "a kettle.", "Same here."):
        assert words not in words_of(page)
    assert not missing_from(page, "Thank you.")


def test_an_answer_without_a_word_for_90_days_closes_the_case(client, db, life):
    db.query(Mention).filter_by(role="subject").update(
        {"case_state": "awaiting_author", "case_changed_at": later(3)}
    )
    db.commit()

    page = client.get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, "Closed (no word from the author), since 2 June 2026")


def test_closed_comments_say_since_when_and_why(client, db, ada):
    story = a_story(
        db,
        None,
        None,
        title="Old",
        origin="imported",
        author_name="A blogger",
        source_address="https://example.org/old",
        comments_closed_at=later(2),
        comments_closed_why="imported",
    )

    page = client.get(f"/en/stories/{story.id}-old")

    assert not missing_from(
        page,
        "A blogger",
        "Imported, author not verified",
        "Comments were closed when this story was imported.",
        "Closed on 3 March 2026.",
    )
    assert "Add a comment" not in page.text


def test_markup_in_a_title_is_shown_and_not_obeyed(client, db, ada):
    story = a_story(db, ada, None, title="<script>alert(1)</script> & more")

    page = client.get(f"/en/stories/{story.id}", follow_redirects=True)

    assert "<script>alert" not in page.text
    assert not missing_from(page, "& more")


def test_an_author_can_answer_an_answer_and_change_an_update(browser_of, life, ada):
    page = browser_of(ada).get(f"/en/stories/{life.id}-a-kettle-that-never-came")

    assert not missing_from(page, "Answer the company", "Change it")
    for way in ("responses", "updates", "rejoinders"):
        assert f'href="/en/stories/{life.id}/{way}/' in page.text
