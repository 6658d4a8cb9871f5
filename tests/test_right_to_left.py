"""Whole pages as a language sees them that runs from right to left, in a real browser:
all of it mirrored, nothing lost over an edge, pictures that begin where lines begin."""

import re
from pathlib import Path

import pytest

from stories import companies, outbox
from stories.models import StoryIssue, now
from tests.lives import a_story, a_whole_life, count, later
from tests.test_figures import the_worked_example
from web.finding import index

STATIC = Path(__file__).parent.parent / "static"
WIDE, PHONE = 1280, 360
FRAME = [".brand", ".site-nav", ".search", "main", "h1", ".site-foot ul"]
PARTS = {
    "stories": [
        ".step > .node",
        ".step > .what",
        ".knot > .ring",
        ".knot > .what",
        ".prose",
        ".facts",
        ".replies",
    ],
    "companies": [".beside > *", ".card", ".glance > div", ".bars svg", ".bars b"],
    "search": [".found-beside > *", ".card", ".search-form input"],
}
"""What has its place on a page; in a mirror each is as far from the other edge."""

TURN = "() => { document.documentElement.dir = 'rtl'; }"
OPEN = (
    "() => document.querySelectorAll('main details').forEach(e => { e.open = true; })"
)
EDGES = """selectors => selectors.map(each => [each,
    [...document.querySelectorAll(each)].filter(e => e.checkVisibility()).map(e => {
      const box = e.getBoundingClientRect();
      return [box.left, box.right];
    })])"""
LOST = """() => {
  const wide = document.documentElement.clientWidth;
  const aside = ".skip, .unseen, .unseen-tight, .scrolls *, .prose table *, .menu *";
  return [...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility() && !e.matches(aside) && !e.closest("svg, .unseen"))
    .filter(e => { const box = e.getBoundingClientRect();
      return box.width && (box.left < -1 || box.right > wide + 1); })
    .map(e => `${e.tagName} ${e.className}`);
}"""
BEGINNINGS = """([picture, inside]) => [...document.querySelectorAll(picture)]
  .filter(e => e.checkVisibility()).map(e => {
    const whole = e.getBoundingClientRect();
    const part = e.querySelector(inside).getBoundingClientRect();
    return [part.left - whole.left, whole.right - part.right];
  })"""


@pytest.fixture
def places(site, db, ada, kettles):
    """The address of each kind of page, full of all that it can show."""
    story = a_whole_life(db, ada, kettles)
    words = {
        "title": "غلاية تسرب الماء",
        "text": "الغلاية تسرب الماء.",
        "language": "ar",
    }
    outbox.index(db, a_story(db, ada, companies.add(db, "شركة الغلايات"), **words).id)
    for year in (0, -400):
        again = a_story(db, ada, kettles, products=["Urn"], happened_at=later(year))
        db.add(StoryIssue(story_id=again.id, issue="defect"))
        count(db, again)
    the_worked_example(db, kettles, now())
    outbox.index(db, story.id)
    db.commit()
    site.catch_up()
    yield {
        "stories": f"/en/stories/{story.id}",
        "companies": f"/en/companies/{kettles.id}",
        "search": "/en/search",
    }
    with site.app.app_context():
        index().close()


def unmirrored(page, parts, wide):
    """Which parts stand elsewhere when the page is turned; turns it."""
    before = page.evaluate(EDGES, parts)
    page.evaluate(TURN)
    after = page.evaluate(EDGES, parts)
    return [
        (part, found, turned)
        for (part, boxes), (_, turned_boxes) in zip(before, after, strict=True)
        for found, turned in zip(boxes, turned_boxes, strict=True)
        if abs(wide - found[0] - turned[1]) > 1 or abs(wide - found[1] - turned[0]) > 1
    ]


@pytest.mark.parametrize("wide", [WIDE, PHONE])
def test_whole_pages_are_mirrored_and_lose_nothing(page, places, wide):
    page.set_viewport_size({"width": wide, "height": 800})
    for name, address in places.items():
        page.goto(address)
        page.evaluate(OPEN)

        assert unmirrored(page, FRAME + PARTS[name], wide) == [], name

        assert page.evaluate(LOST) == [], name


def test_on_the_thread_the_author_stands_at_the_right(page, places):
    page.set_viewport_size({"width": WIDE, "height": 800})
    page.goto(places["stories"])
    page.evaluate(TURN)

    (_, ((line, _),)), (_, author), (_, company), (_, ((_, facts),)) = page.evaluate(
        EDGES,
        [".knot > .ring", ".step.author > .what", ".step.company > .what", ".facts"],
    )

    assert author
    assert company
    assert all(left > line for left, _ in author)
    assert all(right < line for _, right in company)
    assert facts < line


def test_pictures_begin_at_the_right_and_keep_their_words(page, places):
    page.goto(places["companies"])
    page.evaluate(OPEN)
    page.evaluate(TURN)

    bars = page.evaluate(BEGINNINGS, [".bars svg:has(.bar)", ".bar"])
    reaches = page.evaluate(BEGINNINGS, [".intervals svg", ".reach"])

    assert all(abs(right) < 1 for _, right in bars)
    assert any(left > 10 for left, _ in bars)
    drawn = page.locator(".intervals svg").first
    low, high = re.findall(r"(\d+)%", drawn.get_attribute("aria-label"))[1:]
    left, right = (each / drawn.bounding_box()["width"] for each in reaches[0])
    assert (right, 1 - left) == pytest.approx(
        (int(low) / 100, int(high) / 100), abs=0.02
    )
    assert page.locator("main svg text").count() == 0
    page.goto(places["companies"] + "/repeats")
    page.evaluate(TURN)
    assert page.locator("main svg text").count() == 0
    first, last = page.locator(".columns + .interval-ends").first.locator("span").all()
    assert first.inner_text() < last.inner_text()
    assert first.bounding_box()["x"] > last.bounding_box()["x"]


def test_no_style_names_a_side():
    """Left and right, or four lengths of which the second and the fourth are sides."""
    sided = re.compile(
        r"\b(?:left|right)\b(?=\s*[:;])|-(?:left|right)\b"
        r"|(?:padding|margin|inset):(?:\s+[^\s;]+){4}\s*;"
    )

    for sheet in STATIC.rglob("*.css"):
        assert sided.findall(sheet.read_text(encoding="utf-8")) == [], sheet.name
