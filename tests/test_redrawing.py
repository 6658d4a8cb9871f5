"""Files as they come: known by their content, pictures drawn anew."""

from io import BytesIO

import pytest
from PIL import Image

from stories.entries.evidence import MOST_PIXELS, MOST_TEXT_BYTES
from stories.problems import Invalid
from tests.files import SECRET, a_bomb, a_picture, a_telling_picture, read
from web.redrawing.taking import redrawn, taken_in

FORMS = ("JPEG", "PNG", "WEBP")
MAIL = b"From: Kettles <help@kettles.example>\r\nDate: Mon, 3 Mar 2025\r\n\r\n<p>Sorry"


@pytest.mark.parametrize("form", [*FORMS, "GIF"])
def test_a_picture_is_known_by_its_content(form):
    found = taken_in(a_picture(form))

    assert (found.kind, found.width, found.height) == ("picture", 200, 100)
    assert found.suffix == ("jpg" if form in ("JPEG", "WEBP") else "png")
    assert read(found.small).size == (200, 100)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_pixels_is_left_and_they_stand_upright(form):
    found = taken_in(a_telling_picture(form))

    picture = read(found.body)
    assert picture.size == (100, 200)
    red, green, _blue = picture.convert("RGB").getpixel((92, 7))
    assert red > 200
    assert green < 60
    assert not picture.getexif()
    for body in (found.body, found.small):
        assert SECRET not in body
        assert b"script" not in body
        assert b"Exif" not in body


def test_what_somebody_made_transparent_cannot_be_made_out_again():
    erased = Image.new("RGBA", (8, 8), (200, 10, 20, 0))
    body = BytesIO()
    erased.save(body, "PNG")

    picture = read(taken_in(body.getvalue()).body)

    assert picture.mode == "RGB"
    assert picture.getpixel((3, 3)) == (255, 255, 255)


def test_large_pictures_have_a_small_copy():
    found = taken_in(a_picture(size=(2000, 1000)))

    assert read(found.body).size == (2000, 1000)
    assert read(found.small).size == (480, 240)


def test_what_lies_under_a_box_is_gone():
    found = redrawn(a_picture(), [(0, 0, 12.5, 25)])

    for body in (found.body, found.small):
        picture = read(body)
        assert picture.getpixel((10, 10)) == (0, 0, 0)
        assert picture.getpixel((24, 24)) == (0, 0, 0)
        assert picture.getpixel((30, 30)) == (255, 255, 255)
        assert (255, 0, 0) not in dict(map(reversed, picture.getcolors(20_000)))


@pytest.mark.parametrize(
    ("body", "kind", "suffix"),
    [
        (b"%PDF-1.7\n<script>alert(1)</script>", "pdf", "pdf"),
        (MAIL, "mail", "eml"),
        ("Ciao, è arrivato?".encode(), "text", "txt"),
        ("Ciao, è arrivato?".encode("utf-16"), "text", "txt"),
        ("Ciao, è arrivato?".encode("cp1252"), "text", "txt"),
        (b"From: me, to you: <script>alert(1)</script>", "text", "txt"),
    ],
)
def test_what_is_no_picture_is_kept_as_it_is(body, kind, suffix):
    found = taken_in(body)

    assert (found.kind, found.suffix, found.body) == (kind, suffix, body)
    assert (found.small, found.width) == (b"", None)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>', "made of code"),
        (b"\n <!-- x --><html><body onload=alert(1)>", "made of code"),
        (b"<?xml version='1.0'?><svg/>", "made of code"),
        (b"\xef\xbb\xbf<html>", "made of code"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"MZ\x90\0\3\0\0\0", "Choose a picture"),
        (b"\x7fELF\2\1\1\0", "Choose a picture"),
        (b"PK\3\4\x14\0\0\0", "Choose a picture"),
        (a_picture("JPEG")[:-400], "cannot be read"),
        (a_picture("PNG")[:-60], "cannot be read"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "cannot be read"),
        (b"GIF89a=1;alert(1)//", "cannot be read"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "cannot be read"),
        (a_picture("BMP"), "Choose a picture"),
    ],
)
def test_what_is_none_of_these_is_refused(body, words):
    with pytest.raises(Invalid) as refused:
        taken_in(body)

    assert refused.value.field == "file"
    assert words in str(refused.value.problem)


def test_a_picture_has_so_many_pixels_and_no_more():
    with pytest.raises(Invalid, match="million pixels"):
        taken_in(a_bomb(30_000, 30_000))
    with pytest.raises(Invalid, match="million pixels"):
        taken_in(a_bomb(MOST_PIXELS // 1000 + 1, 1000))

    found = taken_in(a_bomb(MOST_PIXELS // 1000, 1000))

    assert found.width == MOST_PIXELS // 1000


def test_a_text_has_so_many_bytes_and_no_more():
    taken_in(b"x" * MOST_TEXT_BYTES)

    with pytest.raises(Invalid, match="1024 kB"):
        taken_in(b"x" * (MOST_TEXT_BYTES + 1))
