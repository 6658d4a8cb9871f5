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
from tests.test_figures import a_case, the_worked_example
from web.finding import index
from web.i18n import LANGUAGES

ANSWER = ResponseEntry(kind="explain", text="It must have been the water.")


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


def shows(page, *said):
    """The page, when it has come, says all of this."""
    for each in said:
        expect(page.locator("main")).to_contain_text(each)


def test_a_search_is_narrowed_by_what_is_asked_for_and_left_out(plain, found):
    plain.goto("/en/search?q=leaks")
    expect(plain.locator("mark").first).to_have_text(re.compile("leaks", re.IGNORECASE))

    plain.get_by_role("link", name="Leave out: Praise").click()
    expect(plain.get_by_role("link", name="Without: Praise")).to_be_visible()
    expect(plain.locator("main")).not_to_contain_text("Leaks no more")
    plain.get_by_role("link", name=re.compile(r"^Resolved 1")).click()

    shows(plain, "1 story", "It leaks on")
    plain.get_by_role("link", name="Without: Praise").click()
    expect(plain).not_to_have_url(re.compile("not_kind"))


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

    if asked == "leakz":  # a slip: what was meant is offered
        plain.get_by_role("link", name="leaks", exact=True).first.click()
    expect(plain.locator("main article")).to_have_count(count)


def test_a_search_is_kept_and_followed(page_of, bob, found):
    page = page_of(bob, java_script_enabled=False)
    page.goto("/en/search?q=leaks&kind=complaint")

    page.get_by_role("link", name="Keep this search").click()
    page.get_by_role("button").filter(has_text=re.compile("Keep")).click()
    page.locator('main a[href*="/follows/search/"]').first.click()
    page.get_by_label("Once a day").check()
    page.get_by_role("button", name="Follow", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("You follow")

    page.goto("/en/follows")
    shows(page, "Once a day")


def test_figures_say_their_number_their_window_and_their_formula(plain, db, kettles):
    the_worked_example(db, kettles, now())

    plain.goto(f"/en/companies/{kettles.id}")

    why = "stories people chose to tell, not a sample of all customers"
    shows(plain, "9 of 12", why, "Since")
    plain.get_by_role("link", name="Formula").first.click()
    expect(plain).to_have_url(re.compile("/en/figures#"))
    shows(plain, "(9 + 3.5) / (12 + 7) = 66%")


def test_few_decided_cases_make_no_index(plain, db, kettles):
    for _ in range(9):
        a_case(db, kettles, at=now(), outcome="resolved")

    plain.goto(f"/en/companies/{kettles.id}")

    expect(plain.locator("main")).not_to_contain_text("of 10: the index")
    shows(plain, "No index yet: 9 decided cases, and there is none below 10")


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
    expect(first).to_contain_text(re.compile(r"Answered\s*5 of 7"))
    expect(first).to_contain_text(re.compile(r"Resolved\s*1 of 2\s*that were decided"))
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
    shows(plain, "Closed (no word from the author)")
    expect(plain.locator(".knot")).to_have_text("Still open")


def test_what_repeats_is_shown_with_years_and_leads_to_its_stories(
    plain, found, db, ada, kettles
):
    for year in (0, -400):
        story = a_story(db, ada, kettles, products=["Urn"], happened_at=later(year))
        db.add(StoryIssue(story_id=story.id, issue="defect"))
        count(db, story)

    plain.goto(f"/en/companies/{kettles.id}")

    part = plain.get_by_role("region", name="What repeats")
    expect(part).to_contain_text("2 stories, 2025–2026")
    part.get_by_role("link", name="Over time").click()
    plain.get_by_text("As a table").first.click()
    expect(plain.get_by_role("table").first).to_be_visible()


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

    shows(plain, "Kettles & Co and Teapots", "Answered, of the cases told")


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
    expect(plain.get_by_role("button", name="Publish this comment")).to_have_count(0)

    plain.goto(f"/en/stories/{story.id}")
    shows(plain, "It happened to my aunt.", "Gus")


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
    below = threads.locator(".replies > li")
    said = ["Since when?", "Since March, I mean."]
    expect(below.locator(".prose")).to_have_text(said)
    expect(threads).to_have_count(1)
    expect(below.locator(".replies")).to_have_count(0)


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
    expect(part).to_contain_text("after a year without anything new")
    expect(part).to_contain_text(f"Closed on {now():%-d %B %Y}.")
    expect(part).to_contain_text("Mine leaks too.")
    expect(part.get_by_role("button", name="Add a comment")).to_have_count(0)
    expect(part.get_by_role("link", name="Reply")).to_have_count(0)
    plain.goto(f"/en/stories/{open_}")
    expect(plain.get_by_role("button", name="Add a comment")).to_have_count(1)


def test_what_its_author_closes_says_who_closed_it(page_of, plain, db, ada, kettles):
    story = a_story(db, ada, kettles)
    author = page_of(ada, java_script_enabled=False)
    author.goto(f"/en/stories/{story.id}/more")

    author.get_by_role("button", name="Close comments").click()
    expect(author.get_by_role("button", name="Close comments")).to_have_count(0)

    plain.goto(f"/en/stories/{story.id}")
    part = plain.get_by_role("region", name="What readers say")
    expect(part).to_contain_text("The author has closed the comments. Closed on")


def test_readers_are_warned_before_they_open_a_story(plain, found, db, staff, kettles):
    plain.goto("/en/search?q=leaks")
    leaks = re.compile("It leaks$", re.MULTILINE)
    card = plain.locator("main article").filter(has_text=leaks)
    story = db.get_one(Story, 1)
    expect(card).to_be_visible()
    expect(card).not_to_contain_text("Under check")

    check = CautionEntry(concern="under_check", words="We asked for the receipt.")
    warning.warn(db, staff, story, check)
    db.commit()
    plain.reload()

    said = f"Under check by staff of this site since {now():%-d %B %Y}"
    expect(card).to_contain_text(said)
    expect(plain.get_by_text("Under check")).to_have_count(1)
    card.get_by_role("heading").get_by_role("link").click()
    shows(plain, "We asked for the receipt.")


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

    shows(plain, "Updated", "10 March 2026")
    feed = plain.request.get("/en/stories.atom").text()
    assert "2026-03-10" in feed


def test_every_language_of_the_site_is_a_click_away(plain, db, ada, kettles):
    plain.goto("/en/companies")

    plain.locator("header details.menu").last.click()
    plain.get_by_role("link", name="Italiano").click()

    expect(plain).to_have_url(re.compile("/it/companies$"))
    expect(plain.locator("html")).to_have_attribute("lang", "it")
    expect(plain.locator('link[hreflang="x-default"]')).to_have_count(1)
    offered = plain.locator("header a[hreflang]")
    expect(offered).to_have_count(len(LANGUAGES))
    assert len(LANGUAGES) >= 10


def test_four_products_are_compared_each_added_by_its_name(plain, db, ada, kettles):
    names = ("Urn", "Teapot", "Tray", "Whistle")
    for name in names:
        count(db, a_story(db, ada, kettles, products=[name]))
    urn = product_named(db, kettles, "Urn")
    plain.goto(f"/en/products/{urn.id}")

    plain.get_by_role("link", name="Compare with others").click()
    for name in names[1:]:
        plain.get_by_label("Another product").fill(name)
        plain.get_by_role("button", name="Compare").click()
        expect(plain.locator(".compared")).to_contain_text(name)

    expect(plain.locator(".compared li")).to_have_count(4)
    expect(plain.get_by_label("Another product")).to_have_count(0)


def test_where_a_story_comes_from_is_said_with_how_that_is_known(
    plain, db, ada, kettles
):
    imported = {
        "origin": "imported",
        "source": "an old blog",
        "source_address": "https://blog.example/kettle",
        "author_name": "Ada M.",
    }
    story = a_story(db, None, kettles, **imported)
    a_story(db, ada, kettles, title="Written here")

    plain.goto("/en/stories")
    old = plain.locator("article").filter(has_text="A kettle that never came")
    expect(old).to_contain_text("Imported, author not verified")
    old.get_by_role("link", name="Imported, author not verified").click()
    expect(plain).to_have_url(re.compile("/en/how-it-works#checks"))

    plain.goto(f"/en/stories/{story.id}")
    link = plain.locator('main a[href="https://blog.example/kettle"]').first
    expect(link).to_be_visible()
