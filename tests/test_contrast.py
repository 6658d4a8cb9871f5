"""What can be told from its ground, in a real browser: by everybody, by those who ask
for more contrast, and by those whose system chooses the colours."""

import pytest

from tests.lives import a_whole_life
from tests.test_barriers import ASK, AXE

SEVEN_TO_ONE = ["color-contrast-enhanced", "color-contrast"]
"""What lies below 4.5 to 1 is told by the second alone."""
PARTS = (
    "patterns",
    "patterns/story",
    "patterns/forms",
    "patterns/readers",
    "patterns/figures",
)
PLACES = ("", "stories/1", "companies/1", "search", "write", "figures", "log", *PARTS)
DRAWN = """() => {
  const colour = word => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = word;
    return getComputedStyle(probe).color;
  };
  const ground = colour("Canvas");
  return [...document.querySelectorAll("svg :is(rect, path, circle):not(.ground)")]
    .filter(e => e.checkVisibility())
    .filter(e => {
      const seen = getComputedStyle(e);
      return [seen.fill, seen.stroke].every(c => c === "none" || c === ground);
    })
    .map(e => e.closest("svg").outerHTML.slice(0, 80));
}"""
"""Which strokes and shapes have no colour but that of their ground."""


@pytest.fixture
def story(db, ada, kettles):
    return a_whole_life(db, ada, kettles)


@pytest.fixture
def looked_at(page_of):
    if not AXE.exists():
        pytest.skip("left out: axe-core (npm ci) is not here")
    return page_of(bypass_csp=True)


@pytest.mark.parametrize("contrast", ["no-preference", "more"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_seven_to_one(looked_at, story, scheme, contrast):
    page, wrong = looked_at, {}
    page.emulate_media(color_scheme=scheme, contrast=contrast)

    for place in PLACES:
        page.goto(f"/en/{place}")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        if found := page.evaluate(ASK, SEVEN_TO_ONE):
            wrong[place] = found

    assert wrong == {}


def test_who_asks_for_more_contrast_has_more(looked_at, story):
    colours = "() => getComputedStyle(document.querySelector('.quiet')).color"
    looked_at.goto("/en/companies/1")
    usual = looked_at.evaluate(colours)

    looked_at.emulate_media(contrast="more")

    assert looked_at.evaluate(colours) != usual
    assert looked_at.evaluate("() => getComputedStyle(document.body).color") == (
        "rgb(0, 0, 0)"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_drawn_is_lost_where_the_system_chooses_the_colours(
    looked_at, story, scheme
):
    page, lost = looked_at, {}
    page.emulate_media(color_scheme=scheme, forced_colors="active")

    for place in ("stories/1", "companies/1", *PARTS):
        page.goto(f"/en/{place}")
        if found := page.evaluate(DRAWN):
            lost[place] = found

    assert lost == {}
