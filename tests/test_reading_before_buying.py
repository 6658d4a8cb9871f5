"""What somebody does who reads before buying, in a real browser without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from stories import (
    companies,
    discussing,
    outbox,
    publishing,
    responding,
    updating,
    warning,
)
from stories.companies import product_named
from stories.discussing import QUIET_DAYS, CommentEntry
from stories.entries.story import OutcomeEntry
from stories.models import Story, StoryIssue, Update, now
from stories.models.base import played
from stories.responding import ResponseEntry
from stories.warning import CautionEntry
from tests.lives import a_story, count, later, worded
from tests.people import a_voice, an_entry
from tests.test_figures import the_worked_example
from web.finding import index

ANSWER = ResponseEntry(kind="explain", text="It must have been the water.")


@pytest.fixture
def plain(page_of):
    """An anonymous reader's page, without scripts."""
    return page_of(java_script_enabled=False)


@pytest.fixture
def found(site, db, ada, kettles):
    """Stories that can be searched for."""
    teapots = companies.add(db, "Teapots")
    for company, more in (
        (kettles, {"title": "It leaks", "outcome": "not_resolved"}),
        (kettles, {"title": "It leaks on", "outcome": "resolved"}),
        (teapots, {"title": "Leaks no more", "kind": "praise"}),
    ):
        story = a_story(db, ada, company, text="It **leaks** by the lid.", **more)
        outbox.index(db, story.id)
    db.commit()
    site.catch_up()
    yield
    with site.app.app_context():
        index().close()


def words(page):
    return page.locator("main").inner_text()


def test_a_search_is_narrowed_by_what_is_asked_for_and_left_out(plain, found):
    plain.goto("/en/search?q=leaks")
    expect(plain.locator("mark").first).to_have_text(re.compile("leaks", re.IGNORECASE))

    plain.get_by_role("link", name="Leave out: Praise").click()
    assert "Leaks no more" not in words(plain)
    plain.get_by_role("link", name=re.compile(r"^Resolved 1")).click()

    assert "1 story" in words(plain)
    assert "It leaks on" in words(plain)
    plain.get_by_role("link", name="Without: Praise").click()
    assert "not_kind" not in plain.url


@pytest.mark.parametrize(
    ("asked", "count"),
    [('"by the lid"', 3), ("lea* -more", 2), ("leakz", 3), ("title:more", 1)],
)
def test_phrases_beginnings_slips_and_words_left_out_are_understood(
    plain, found, asked, count
):
    plain.goto("/en/search")
    plain.locator("#words").fill(asked)
    plain.locator("#words").press("Enter")

    suggested = plain.get_by_role("link", name="leaks", exact=True)
    if suggested.count():  # a slip: what was meant is offered
        suggested.first.click()
    assert plain.locator("main article").count() == count


def test_a_search_is_kept_and_followed(page_of, bob, found):
    page = page_of(bob, java_script_enabled=False)
    page.goto("/en/search?q=leaks&kind=complaint")

    page.get_by_role("link", name="Keep this search").click()
    page.get_by_role("button").filter(has_text=re.compile("Keep")).click()
    page.locator('main a[href*="/follows/search/"]').first.click()
    page.get_by_label("Once a day").check()
    page.get_by_role("button", name="Follow", exact=True).click()

    page.goto("/en/follows")
    assert "Once a day" in words(page)


def test_figures_say_their_number_their_window_and_their_formula(plain, db, kettles):
    the_worked_example(db, kettles, now())

    plain.goto(f"/en/companies/{kettles.id}")

    for said in (
        "9 of 12",
        "stories people chose to tell, not a sample of all customers",
        "Since",
    ):
        assert said in plain.locator("main").text_content(), said
    plain.get_by_role("link", name="Formula").first.click()
    assert "/en/figures#" in plain.url
    assert "(9 + 3.5) / (12 + 7) = 66%" in words(plain)


def test_few_decided_cases_make_no_index(plain, db, kettles):
    count(db, a_story(db, None, kettles, outcome="resolved"))

    plain.goto(f"/en/companies/{kettles.id}")

    assert "of 10: the index" not in plain.locator("main").text_content()


def lived(db, author, voice, company, *, answered=True, outcome=None):
    """A case of half a year ago: told, perhaps answered, perhaps brought to an end."""
    with played(now() - timedelta(days=182)):
        told = an_entry(mentions=[{"company": company.name}])
        story = publishing.publish(db, author, told)
    with played(now() - timedelta(days=180)):
        if answered:
            responding.respond(db, voice, story, company.id, ANSWER)
        if outcome:
            updating.set_outcome(db, author, story, OutcomeEntry(outcome=outcome))
    db.commit()
    return story


def test_silence_is_never_counted_as_success(plain, db, ada, bob, kettles):
    a_voice(db, bob, kettles)
    for outcome in ("resolved", "not_resolved"):
        lived(db, ada, bob, kettles, outcome=outcome)
    for _ in range(2):
        lived(db, ada, bob, kettles, answered=False)
    silent = [lived(db, ada, bob, kettles) for _ in range(3)]

    plain.goto(f"/en/companies/{kettles.id}")

    first = plain.locator(".glance")
    assert "Answered\n5 of 7" in first.inner_text()
    assert "Resolved\n1 of 2\nthat were decided" in first.inner_text()
    endings = plain.locator("figure").filter(has_text="How these cases stand")
    drawn = [
        name.get_attribute("aria-label") for name in endings.get_by_role("img").all()
    ]
    assert drawn == [
        "Still open: 2",
        "Resolved: 1",
        "Not resolved: 1",
        "No word from the author: 3",
    ]
    plain.goto(f"/en/stories/{silent[0].id}")
    assert "Closed (no word from the author)" in plain.locator("main").text_content()
    assert plain.locator(".knot").inner_text() == "Still open"


def test_what_repeats_is_shown_with_years_and_leads_to_its_stories(
    plain, found, db, ada, kettles
):
    for year in (0, -400):
        story = a_story(db, ada, kettles, products=["Urn"], happened_at=later(year))
        db.add(StoryIssue(story_id=story.id, issue="defect"))
        count(db, story)

    plain.goto(f"/en/companies/{kettles.id}")

    part = plain.get_by_role("region", name="What repeats")
    assert "2 stories, 2025–2026" in part.inner_text()
    part.get_by_role("link", name="Over time").click()
    plain.get_by_text("As a table").first.click()
    assert plain.get_by_role("table").first.is_visible()


def test_two_companies_are_compared_side_by_side(plain, db, kettles):
    other = companies.add(db, "Teapots")
    for company in (kettles, other):
        the_worked_example(db, company, now())
    product_named(db, kettles, "Urn")
    db.commit()

    plain.goto(f"/en/companies/{kettles.id}")
    plain.get_by_role("link", name="Compare with others").click()
    plain.get_by_role("main").get_by_role("textbox").first.fill("Teapots")
    plain.get_by_role("main").get_by_role("textbox").first.press("Enter")

    assert "Kettles & Co and Teapots" in words(plain)
    assert "Answered, of the cases told" in words(plain)


def test_a_guest_remarks_and_confirms_by_mail(plain, site, db, ada, kettles):
    story = a_story(db, ada, kettles)
    plain.goto(f"/en/stories/{story.id}")

    plain.get_by_label("Your comment").fill("It happened to my aunt.")
    plain.get_by_role("button", name="Add a comment").click()
    plain.locator('main input[type="email"]').fill("gus@example.org")
    plain.locator('main input[name="guest_name"], main input[name="name"]').fill("Gus")
    plain.locator("main form .button.main").first.click()
    site.catch_up()
    letter = site.newest_letter().get_body(("plain",)).get_content()
    plain.goto(re.search(r"http://\S+/guest/\S+", letter)[0])
    plain.get_by_role("button", name="Publish this comment").click()

    plain.goto(f"/en/stories/{story.id}")
    assert "It happened to my aunt." in words(plain)
    assert "Gus" in words(plain)


def reply(page, answered, words):
    """Answer a comment, by the link below it."""
    below = page.locator("article.comment").filter(has_text=answered)
    below.get_by_role("link", name="Reply").click()
    page.get_by_label("Your answer").fill(words)
    page.get_by_role("button", name="Publish comment").click()


def test_comments_answer_each_other_on_two_levels(page_of, db, ada, bob, cy, kettles):
    story = a_story(db, ada, kettles)
    discussing.comment(db, bob, story, CommentEntry(text="Mine leaks too."))
    db.commit()
    reader = page_of(cy, java_script_enabled=False)
    reader.goto(f"/en/stories/{story.id}")

    reply(reader, "Mine leaks too.", "Since when?")
    reply(reader, "Since when?", "Since March, I mean.")

    threads = reader.locator(".comments > li")
    assert threads.count() == 1
    below = threads.locator(".replies > li")
    assert [each.locator(".prose").inner_text() for each in below.all()] == [
        "Since when?",
        "Since March, I mean.",
    ]
    assert below.locator(".replies").count() == 0


def test_a_thread_closes_by_itself_after_a_year_and_says_so(
    plain, site, db, ada, bob, kettles
):
    remark = CommentEntry(text="Mine leaks too.")
    stories = []
    for days in (QUIET_DAYS + 1, QUIET_DAYS - 1):
        with played(now() - timedelta(days=days)):
            stories.append(publishing.publish(db, ada, an_entry()))
            discussing.comment(db, bob, stories[-1], remark)
    db.commit()
    quiet, open_ = (each.id for each in stories)

    site.catch_up()

    plain.goto(f"/en/stories/{quiet}")
    part = plain.get_by_role("region", name="What readers say")
    assert "after a year without anything new" in part.inner_text()
    today = f"{now():%-d %B %Y}"
    assert f"Closed on {today}." in part.inner_text()
    assert "Mine leaks too." in part.inner_text()
    assert part.get_by_role("button", name="Add a comment").count() == 0
    assert part.get_by_role("link", name="Reply").count() == 0
    plain.goto(f"/en/stories/{open_}")
    assert plain.get_by_role("button", name="Add a comment").count() == 1


def test_what_its_author_closes_says_who_closed_it(page_of, plain, db, ada, kettles):
    story = a_story(db, ada, kettles)
    author = page_of(ada, java_script_enabled=False)
    author.goto(f"/en/stories/{story.id}/more")

    author.get_by_role("button", name="Close comments").click()

    plain.goto(f"/en/stories/{story.id}")
    part = plain.get_by_role("region", name="What readers say").inner_text()
    assert "The author has closed the comments. Closed on" in part


def test_readers_are_warned_before_they_open_a_story(plain, found, db, staff, kettles):
    plain.goto("/en/search?q=leaks")
    leaks = re.compile("It leaks$", re.MULTILINE)
    card = plain.locator("main article").filter(has_text=leaks)
    story = db.get_one(Story, 1)
    assert "Under check" not in card.inner_text()

    check = CautionEntry(concern="under_check", words="We asked for the receipt.")
    warning.warn(db, staff, story, check)
    db.commit()
    plain.reload()

    said = f"Under check by staff of this site since {now():%-d %B %Y}"
    assert said in card.inner_text().replace("\n", " ")
    assert words(plain).count("Under check") == 1
    card.get_by_role("heading").get_by_role("link").click()
    assert "We asked for the receipt." in words(plain)


def test_a_story_with_an_update_says_so_in_lists_and_feeds(plain, db, ada, kettles):
    story = a_story(db, ada, kettles, updated_at=later(9), last_activity_at=later(9))
    db.add(
        Update(
            story_id=story.id,
            happened_at=later(9),
            happened_precision="day",
            published_at=later(9),
            **worded("They called again."),
        )
    )
    db.commit()

    plain.goto("/en/stories")

    assert "Updated" in words(plain)
    assert "10 March 2026" in words(plain)
    feed = plain.request.get("/en/stories.atom").text()
    assert "2026-03-10" in feed


def test_every_language_of_the_site_is_a_click_away(plain, db, ada, kettles):
    plain.goto("/en/companies")

    plain.locator("header details.menu").last.click()
    plain.get_by_role("link", name="Italiano").click()

    assert plain.url.endswith("/it/companies")
    assert plain.locator("html").get_attribute("lang") == "it"
    assert plain.locator('link[hreflang="x-default"]').count() == 1
