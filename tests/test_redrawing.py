"""Files as they come: known by their content, pictures drawn anew."""

import subprocess
import sys
from contextlib import ExitStack
from functools import partial
from io import BytesIO
from random import Random

import pytest
from PIL import Image

from stories.entries.evidence import MOST_PIXELS, MOST_TEXT_BYTES
from stories.problems import Invalid
from tests.files import SECRET, a_bomb, a_picture, a_telling_picture, read, saved
from web.redrawing import taking, turns
from web.redrawing.turns import turn

FORMS = ("JPEG", "PNG", "WEBP")
MAIL = b"From: Kettles <help@kettles.example>\r\nDate: Mon, 3 Mar 2025\r\n\r\n<p>Sorry"


@pytest.fixture
def taken_in(tmp_path):
    """What is kept of a file."""
    return partial(taking.taken_in, folder=tmp_path)


@pytest.mark.parametrize("form", [*FORMS, "GIF"])
def test_a_picture_is_known_by_its_content(taken_in, form):
    found = taken_in(a_picture(form))

    assert (found.kind, found.width, found.height) == ("picture", 200, 100)
    assert found.suffix == ("jpg" if form in ("JPEG", "WEBP") else "png")
    assert read(found.small).size == (200, 100)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_but_pixels_is_left_and_they_stand_upright(taken_in, form):
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


def test_what_somebody_made_transparent_cannot_be_made_out_again(taken_in):
    erased = Image.new("RGBA", (8, 8), (200, 10, 20, 0))
    body = BytesIO()
    erased.save(body, "PNG")

    picture = read(taken_in(body.getvalue()).body)

    assert picture.mode == "RGB"
    assert picture.getpixel((3, 3)) == (255, 255, 255)


def test_large_pictures_have_a_small_copy(taken_in):
    found = taken_in(a_picture(size=(2000, 1000)))

    assert read(found.body).size == (2000, 1000)
    assert read(found.small).size == (480, 240)


def test_what_lies_under_a_box_is_gone(tmp_path):
    found = taking.redrawn(a_picture(), tmp_path, [(0, 0, 12.5, 25)])

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
def test_what_is_no_picture_is_kept_as_it_is(taken_in, body, kind, suffix):
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
def test_what_is_none_of_these_is_refused(taken_in, body, words):
    with pytest.raises(Invalid) as refused:
        taken_in(body)

    assert refused.value.field == "file"
    assert words in str(refused.value.problem)


def test_a_picture_has_so_many_pixels_and_no_more(taken_in):
    with pytest.raises(Invalid, match="million pixels"):
        taken_in(a_bomb(30_000, 30_000))
    with pytest.raises(Invalid, match="million pixels"):
        taken_in(a_bomb(MOST_PIXELS // 1000 + 1, 1000))

    found = taken_in(a_bomb(MOST_PIXELS // 1000, 1000))

    assert found.width == MOST_PIXELS // 1000


def test_a_text_has_so_many_bytes_and_no_more(taken_in):
    taken_in(b"x" * MOST_TEXT_BYTES)

    with pytest.raises(Invalid, match="1024 kB"):
        taken_in(b"x" * (MOST_TEXT_BYTES + 1))


def grey(*greys: int, **more) -> bytes:
    """A picture of 16 bits, with these greys side by side."""
    picture = Image.new("I;16", (len(greys), 1))
    for x, each in enumerate(greys):
        picture.putpixel((x, 0), each)
    return saved(picture, "PNG", **more)


def test_a_grey_picture_of_16_bits_keeps_its_greys(taken_in):
    picture = read(taken_in(grey(0, 0x4000, 0x8000, 0xFFFF)).body)

    shades = [picture.getpixel((x, 0)) for x in range(4)]
    assert shades == [(0,) * 3, (0x40,) * 3, (0x80,) * 3, (0xFF,) * 3]


def test_what_is_clear_in_one_of_its_greys_is_not_taken(taken_in):
    with pytest.raises(Invalid, match="cannot be read"):
        taken_in(grey(0, 0x4000, transparency=0x4000))


def noise(mode: str) -> Image.Image:
    return Image.frombytes(mode, (300, 300), Random(1).randbytes(90_000 * len(mode)))


def test_a_picture_that_would_grow_beyond_measure_becomes_a_jpeg(taken_in, monkeypatch):
    body = saved(noise("RGBA"), "PNG")
    monkeypatch.setattr(taking, "LARGEST", 200_000)

    found = taken_in(body)

    assert found.suffix == "jpg"
    assert len(found.body) <= 200_000


def test_what_is_too_large_even_then_is_refused(taken_in, monkeypatch):
    monkeypatch.setattr(taking, "LARGEST", 20_000)

    with pytest.raises(Invalid, match="at most 10 MB") as refused:
        taken_in(saved(noise("RGB"), "JPEG"))

    assert refused.value.field == "file"


def test_so_many_are_drawn_at_once_whichever_process_asks(
    taken_in, tmp_path, monkeypatch
):
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    with ExitStack() as others:
        for _ in range(turns.AT_ONCE):
            others.enter_context(turn(tmp_path))

        with pytest.raises(Invalid, match="in a minute") as refused:
            taken_in(a_picture())
        assert taken_in(MAIL).kind == "mail"

    assert refused.value.field == "file"
    assert taken_in(a_picture()).kind == "picture"


def test_who_dies_while_drawing_gives_the_place_back(tmp_path, monkeypatch):
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "PATIENCE", 5)
    words = (
        "import os, pathlib, sys; from web.redrawing.turns import turn\n"
        "with turn(pathlib.Path(sys.argv[1])): os._exit(9)"
    )

    subprocess.run([sys.executable, "-c", words, str(tmp_path)], check=False)

    with turn(tmp_path):
        pass
