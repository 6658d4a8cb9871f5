"""The pictures that go with links to stories."""

import re
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from stories import companies, figures
from stories.models import Comment, Product, Update, now
from tests.lives import a_story, a_whole_life, later, worded
from tests.test_figures import the_worked_example
from web import picturing
from web.drawing import Sheet
from web.drawing.fonts import Fonts
from web.drawing.lines import Writing
from web.rendering.sharing import sheet_of
from web.rendering.static import folder

PICTURE = re.compile(r'<meta property="og:image" content="http://localhost([^"]+)"')
SCRIPTS = {
    "ar": "لم تصل الثلاجة من Samsung (أبدا) منذ 3 أشهر!",
    "he": "המקרר החדש של LG התקלקל אחרי יומיים",
    "ja": "届かなかった冷蔵庫と、三か月にわたる電話のやりとり",
    "hi": "तीन महीने तक रेफ्रिजरेटर नहीं आया",
    "th": "ตู้เย็นที่ไม่เคยมาส่งและไม่มีใครรับโทรศัพท์เลยตลอดสามเดือน",
    "ru": "Холодильник, который так и не привезли",
    "vi": "Chiếc ấm đun nước không bao giờ đến",
}


def address_of(client, story, lang="en") -> str:
    page = client.get(f"/{lang}/stories/{story.id}", follow_redirects=True)
    return PICTURE.search(page.text)[1]


def drawn(client, address) -> Image.Image:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status
    assert answer.content_type == "image/png"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    return Image.open(BytesIO(answer.data)).convert("RGB")


def inked(image, box) -> int:
    """How many points of a part of the picture are not paper."""
    part = image.crop(box)
    paper = image.getpixel((5, 5))
    return sum(count for count, ink in part.getcolors(1 << 20) if ink != paper)


def test_a_story_has_a_picture(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    image = drawn(client, address_of(client, story))

    assert image.size == (1200, 630)
    assert inked(image, (84, 130, 1116, 420)) > 5_000  # the title
    assert inked(image, (84, 440, 600, 520)) > 1_000  # the thread


def test_it_is_drawn_once_and_kept(client, db, ada, kettles, settings):
    address = address_of(client, a_story(db, ada, kettles))

    first = client.get(address).data
    (file,) = settings.data.glob("pictures/*/*.png")
    file.write_bytes(first[:-20])

    assert client.get(address).data == first[:-20]


def test_the_page_and_its_picture_agree_in_every_language(client, db, ada, kettles):
    story = a_whole_life(db, ada, kettles)

    english, italian = (address_of(client, story, tag) for tag in ("en", "it"))

    assert english == italian
    assert client.get(english).status_code == 200


def test_it_moves_on_with_the_thread_and_not_with_remarks(client, db, ada, kettles):
    story = a_story(db, ada, kettles)
    before = address_of(client, story)

    db.add(Comment(story_id=story.id, guest_name="Gus", **worded("Same here.")))
    db.commit()
    assert client.get(before).status_code == 200

    row = Update(
        story_id=story.id,
        happened_at=later(9),
        happened_precision="day",
        published_at=later(9),
        **worded("They called again."),
    )
    db.add(row)
    db.commit()
    moved = client.get(before)

    assert moved.status_code == 302
    assert moved.headers["Cache-Control"] == "public, max-age=300"
    assert drawn(client, moved.headers["Location"]).size == (1200, 630)


@pytest.mark.parametrize("visibility", ["hidden", "author_only", "tombstone"])
def test_what_is_not_to_be_seen_has_no_picture(client, db, ada, kettles, visibility):
    story = a_story(db, ada, kettles)
    address = address_of(client, story)
    assert client.get(address).status_code == 200

    story.visibility = visibility
    db.commit()

    assert client.get(address).status_code == 404


def test_no_more_than_so_many_are_kept(app, settings):
    with app.app_context():
        for number in range(picturing.MOST_KEPT + 5):
            picturing._keep(f"ab{number:014d}", b"a picture")

    assert len(list(settings.data.glob("pictures/ab/*"))) == picturing.MOST_KEPT


def test_while_others_are_drawn_it_is_asked_for_again(app, client, db, ada, kettles):
    address = address_of(client, a_story(db, ada, kettles))

    with picturing._waiting, picturing._waiting:
        answer = client.get(address)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert client.get(address).status_code == 200


def test_without_fonts_for_its_script_the_thread_is_drawn_alone(
    application, settings, db, ada, kettles, tmp_path
):
    client = application(replace(settings, fonts=tmp_path)).test_client()
    story = a_story(db, ada, None, title=SCRIPTS["ja"], language="ja")

    image = drawn(client, address_of(client, story))

    assert inked(image, (84, 130, 1116, 420)) == 0
    assert inked(image, (84, 440, 600, 520)) > 500


def writing(settings, tag) -> Writing:
    fonts = Fonts(folder() / "fonts", settings.fonts, tag)
    return Writing(fonts, "text", "rtl" if tag in ("ar", "he") else "ltr")


@pytest.mark.parametrize("tag", SCRIPTS)
def test_titles_are_written_in_their_script(settings, tag):
    if not any(settings.fonts.rglob("NotoSerif-Regular.ttf")):
        pytest.skip("left out: Noto's fonts are not here")
    words = SCRIPTS[tag]

    lines = writing(settings, tag).lines(words, 60, 1032, 5)

    assert writing(settings, tag).readable(words) == words
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(writing(settings, tag).width(line, 60) <= 1032 for line in lines)


def test_lines_run_from_right_to_left_where_the_script_does(settings):
    if not any(settings.fonts.rglob("NotoNaskhArabic-Regular.ttf")):
        pytest.skip("left out: Noto's fonts are not here")

    seen = writing(settings, "ar")._seen("شركة Samsung Electronics لم ترسل")

    assert [run.words.strip() for run in seen if run.words.strip()] == [
        "لم ترسل",
        "Samsung Electronics",
        "شركة",
    ]


def test_too_long_a_title_ends_in_an_ellipsis(settings):
    write = writing(settings, "en")

    lines = write.lines("a very long word " * 40, 60, 500, 3)

    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert write.width(lines[-1], 60) <= 500


def test_what_no_font_has_is_left_out_unless_it_is_a_letter(settings, tmp_path):
    ours = folder() / "fonts"
    write = Writing(Fonts(ours, tmp_path, "en"), "text", "ltr")

    assert write.readable("Never again \U0001f621!") == "Never again !"
    assert write.readable("Panasonic и Sony") == ""


def test_a_sheet_says_the_same_in_the_same_words():
    sheet = Sheet("T", "C", "open", "Open", "aac", "en", "ltr")

    assert sheet.written() == replace(sheet).written()


# Companies and products -------------------------------------------------------------


def shared_by(client, address) -> str:
    return PICTURE.search(client.get(address, follow_redirects=True).text)[1]


def test_companies_and_products_have_pictures(client, db, ada, kettles):
    a_whole_life(db, ada, kettles)
    product = db.query(Product).one()

    for address in (f"/en/companies/{kettles.id}", f"/it/products/{product.id}"):
        picture = shared_by(client, address)

        assert picture.startswith(f"/pictures/{address[1:3]}/")
        image = drawn(client, picture)
        assert image.size == (1200, 630)
        assert inked(image, (84, 130, 1116, 420)) > 3_000  # the name
        assert inked(image, (84, 440, 600, 520)) > 500  # the thread


def test_the_figures_on_a_picture_are_those_of_now(client, db, ada, kettles):
    before = shared_by(client, f"/en/companies/{kettles.id}")
    assert client.get(before).status_code == 200

    a_story(db, ada, kettles)
    moved = client.get(before)

    assert moved.status_code == 302
    assert moved.headers["Cache-Control"] == "public, max-age=300"
    assert moved.location != before
    assert drawn(client, moved.location).size == (1200, 630)


def test_a_picture_says_how_many_stories_and_how_many_are_decided(app, db, kettles):
    the_worked_example(db, kettles, now())

    with app.test_request_context("/en/"):
        shown = sheet_of(kettles, figures.of_company(db, kettles))

    assert (shown.title, shown.ending) == ("Kettles & Co", "12 stories · 10 decided")
    assert shown.steps == "ac" * 4 + "a" * 2


@pytest.mark.parametrize(
    ("name", "direction"), [("Kettles", "ltr"), ("شركة", "rtl"), ("3 M", "ltr")]
)
def test_names_run_in_their_own_direction(app, db, name, direction):
    company = companies.add(db, name)

    with app.test_request_context("/en/"):
        shown = sheet_of(company, figures.of_company(db, company))

    assert shown.direction == direction


def test_a_merged_company_has_the_picture_of_its_successor(client, db, kettles):
    old = companies.add(db, "Kettles Limited")
    old.merged_into_id = kettles.id
    db.commit()

    answer = client.get(f"/pictures/en/companies/{old.id}-old.png")

    assert answer.location == shared_by(client, f"/en/companies/{kettles.id}")


@pytest.mark.parametrize(
    "nonsense",
    ["en/companies/99-a", "xx/companies/1-a", "en/products/99-a", "en/x/1-a"],
)
def test_what_is_not_there_has_no_picture(client, kettles, nonsense):
    assert client.get(f"/pictures/{nonsense}.png").status_code == 404
