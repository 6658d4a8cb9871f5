"""The picture itself: company, title, the thread in one line, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from math import cos, radians, sin

from PIL import Image, ImageColor, ImageDraw

from web.drawing import Sheet
from web.drawing.fonts import Fonts
from web.drawing.lines import Writing

WIDTH, HEIGHT = 1200, 630
MARGIN = 84
PAPER, INK, QUIET = "#faf7f0", "#24211c", "#4f483c"
RULE, THREAD, ACCENT = "#e0d8c8", "#7f622b", "#1c4b78"
FINE = 3
"""Lines and rings are drawn so many times larger, and made smaller again."""
SHADES = 24
"""Between the paper and each ink, for smooth edges."""
TITLES = ((84, 2), (72, 3), (60, 3), (50, 4))
"""Sizes of the title, with the lines that it may take at each."""
MOST_STEPS = 12
STEP, RING = 46, 30
BRAND = "Earshot"
Point = tuple[float, float]


@dataclass(frozen=True)
class Pen:
    """Draws on a large sheet, in the direction of the story's lines."""

    on: ImageDraw.ImageDraw
    mirrored: bool

    def at(self, x: float, y: float) -> Point:
        """Where a place is on the large sheet."""
        return (WIDTH - x if self.mirrored else x) * FINE, y * FINE

    def line(self, *points: Point, ink: str = THREAD, width: int = 5) -> None:
        self.on.line([self.at(*each) for each in points], ink, width * FINE, "curve")

    def disc(self, x: float, y: float, radius: float, ink: str = THREAD) -> None:
        self.on.circle(self.at(x, y), radius * FINE, fill=ink)

    def square(self, x: float, y: float, half: float) -> None:
        (x, y), half = self.at(x, y), half * FINE
        box = (x - half, y - half, x + half, y + half)
        self.on.rectangle(box, PAPER, ACCENT, 4 * FINE)

    def arc(self, x: float, y: float, begin: float, end: float) -> None:
        """Part of the ring; degrees run from the start of the line, downwards."""
        turns = [radians(begin + (end - begin) * each / 60) for each in range(61)]
        points = ((x - RING * cos(turn), y + RING * sin(turn)) for turn in turns)
        self.line(*points, width=6)


def draw(sheet: Sheet, fonts: Fonts) -> Image.Image:
    """A story's picture; where fonts for its script are missing, without words."""
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), PAPER)
    pen = Pen(ImageDraw.Draw(image), sheet.direction == "rtl")
    _thread(pen, sheet.steps[-MOST_STEPS:], sheet.outcome)
    _brand(pen)
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    _words(ImageDraw.Draw(image), sheet, fonts)
    return image.quantize(palette=_palette(), dither=Image.Dither.NONE)


def _palette() -> Image.Image:
    """The inks and their shades on paper: fewer colours make a smaller file."""
    paper = ImageColor.getrgb(PAPER)
    shades: list[int] = []
    for ink in (INK, QUIET, RULE, THREAD, ACCENT):
        for part in range(SHADES + 1):
            pairs = zip(paper, ImageColor.getrgb(ink), strict=True)
            shades += (round(a + (b - a) * part / SHADES) for a, b in pairs)
    palette = Image.new("P", (1, 1))
    palette.putpalette(shades)
    return palette


def _words(on: ImageDraw.ImageDraw, sheet: Sheet, fonts: Fonts) -> None:
    start = WIDTH - MARGIN if sheet.direction == "rtl" else MARGIN
    side = -1 if sheet.direction == "rtl" else 1
    text = Writing(fonts, "text", sheet.direction)
    ui = Writing(fonts, "ui", sheet.direction)
    width = WIDTH - 2 * MARGIN
    for line in ui.lines(ui.readable(sheet.company), 34, width, 1):
        ui.draw(on, line, (start, 112), 34, QUIET)
    lines, size = _title(text, text.readable(sheet.title), width)
    for number, line in enumerate(lines):
        text.draw(on, line, (start, 148 + size * (0.9 + 1.22 * number)), size, INK)
    after = _end(sheet.steps[-MOST_STEPS:]) + 2 * RING + 28
    for line in ui.lines(ui.readable(sheet.ending), 38, WIDTH - MARGIN - after, 1):
        x = after if side > 0 else WIDTH - after
        ui.draw(on, line, (x, _Y + 13), 38, INK)
    ui_name = Writing(fonts, "ui", "ltr")
    if ui_name.readable(BRAND):
        x = MARGIN + 76 if side > 0 else start - 76 - ui_name.width(BRAND, 32)
        ui_name.draw(on, BRAND, (x, 577), 32, QUIET)


def _title(text: Writing, words: str, width: float) -> tuple[list[str], int]:
    """The title's lines, as large as they can be."""
    for size, most in TITLES[:-1]:
        lines = text.lines(words, size, width, most + 1)
        if len(lines) <= most:
            return lines, size
    size, most = TITLES[-1]
    return text.lines(words, size, width, most), size


_Y = 468


def _end(steps: str) -> float:
    """Where the thread ends and its knot begins."""
    return MARGIN + STEP * max(len(steps), 1)


def _thread(pen: Pen, steps: str, outcome: str) -> None:
    end = _end(steps)
    pen.line((MARGIN, _Y), (end if outcome != "moot" else end + RING, _Y))
    for number, step in enumerate(steps):
        x = MARGIN + 16 + STEP * number
        if step == "c":
            pen.line((x, _Y), (x, _Y + 22), ink=ACCENT, width=4)
            pen.square(x, _Y + 30, 10)
        else:
            pen.line((x, _Y), (x, _Y - 22), width=4)
            pen.disc(x, _Y - 30, 11)
    KNOTS[outcome](pen, end + RING)


def _brand(pen: Pen) -> None:
    """The site's mark and a quiet rule, at the foot."""
    y = 566
    pen.line((MARGIN, 528), (WIDTH - MARGIN, 528), ink=RULE, width=2)
    pen.line((MARGIN, y), (MARGIN + 42, y), ink=QUIET, width=4)
    for x in (12, 28):
        pen.disc(MARGIN + x, y, 6, QUIET)
    turns = [radians(6 * each) for each in range(61)]
    ring = ((MARGIN + 53 + 11 * cos(turn), y + 11 * sin(turn)) for turn in turns)
    pen.line(*ring, ink=QUIET, width=4)


# The knots --------------------------------------------------------------------------


def _fading(pen: Pen, x: float) -> None:
    for begin, ink in ((x - 22, "#b39e78"), (x + 8, "#d3c6ab")):
        pen.line((begin, _Y), (begin + 14, _Y), ink=ink)


def _closed(pen: Pen, x: float) -> None:
    pen.arc(x, _Y, 0, 360)


def _half(pen: Pen, x: float) -> None:
    pen.arc(x, _Y, -90, 90)


def _opened(pen: Pen, x: float) -> None:
    pen.arc(x, _Y, -124, 124)


def _barred(pen: Pen, x: float) -> None:
    _opened(pen, x)
    pen.line((x + RING * 0.2, _Y + RING * 0.55), (x + RING * 1.3, _Y - RING * 0.55))


def _dotted(pen: Pen, x: float) -> None:
    for begin in range(0, 360, 60):
        pen.arc(x, _Y, begin - 12, begin + 12)


def _cut(pen: Pen, x: float) -> None:
    pen.line((x, _Y - RING), (x, _Y + RING), width=6)


KNOTS: dict[str, Callable[[Pen, float], None]] = {
    "open": _fading,
    "resolved": _closed,
    "partly_resolved": _half,
    "not_resolved": _opened,
    "offer_refused": _barred,
    "no_answer": _dotted,
    "moot": _cut,
}
"""How a thread ends, by outcome; the same shapes as on the pages."""
