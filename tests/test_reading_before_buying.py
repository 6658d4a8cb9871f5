"""What somebody does who reads before buying, in a real browser without scripts."""

import re

import pytest
from playwright.sync_api import expect

from stories import companies, outbox
from stories.companies import product_named
from stories.models import StoryIssue, Update, now
from tests.lives import a_story, count, later, worded
from tests.test_figures import the_worked_example
from web.finding import index


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
    part.get_by_text("Over time").first.click()
    assert part.get_by_role("table").first.is_visible()


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
