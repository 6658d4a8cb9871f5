"""Evidence lived through in a browser: by pointer and keyboard, and by numbers."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from stories.models import Evidence, Story
from tests.files import a_picture, read
from tests.lives import a_story

WORDS = "Receipt of 3 May, 129 euros"


@pytest.fixture
def story(db, ada, kettles) -> Story:
    return a_story(db, ada, kettles)


@pytest.mark.parametrize("script", [True, False])
def test_evidence_lived_through(page_of, db, ada, story, tmp_path, script):
    receipt = tmp_path / "receipt.png"
    receipt.write_bytes(a_picture(size=(400, 300)))
    page = page_of(
        ada, java_script_enabled=script, viewport={"width": 360, "height": 740}
    )
    page.goto(f"/en/stories/{story.id}/more")
    page.get_by_role("link", name="Evidence").click()
    page.locator('[name="file"]').set_input_files(receipt)
    page.get_by_label("What does it show?").fill(WORDS)
    page.get_by_role("button", name="Keep the file").click()
    page.get_by_role("link", name="Cover parts of it").click()
    if script:
        _draw(page)
    else:
        _type(page)
    page.get_by_role("button", name="Cover these parts").click()
    expect(page.get_by_text("Others see it with your boxes.")).to_be_visible()
    page.get_by_label("I have covered whatever").check()
    page.get_by_role("button", name="Show it to readers").click()
    expect(page.get_by_role("button", name="Take it back from readers")).to_be_visible()

    covered = db.scalars(select(Evidence)).one()
    store = tmp_path / "media" / str(story.id)
    picture = read((store / covered.covered).read_bytes())
    assert picture.getpixel((10, 10)) == (0, 0, 0)
    assert picture.getpixel((390, 290)) == (255, 255, 255)


def _type(page) -> None:
    for name, value in {"left": 0, "top": 0, "width": 20, "height": 20}.items():
        page.locator(f'[name="boxes-0-{name}"]').fill(str(value))
    page.get_by_role("button", name="Look at the boxes").click()
    expect(page.locator("rect[data-box='0']")).to_have_attribute("width", "20%")


def _draw(page) -> None:
    frame = page.locator("svg.canvas").bounding_box()
    page.mouse.move(frame["x"] + 1, frame["y"] + 1)
    page.mouse.down()
    page.mouse.move(frame["x"] + 60, frame["y"] + 50, steps=4)
    page.mouse.up()
    box = page.locator("rect[data-box='0']")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    expect(box).to_have_attribute("x", "0%")
    page.get_by_role("button", name="Add a box").click()
    expect(page.locator("rect[data-box='1']")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator("rect")).to_have_count(1)
