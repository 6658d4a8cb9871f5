"""`python -m web.redrawing < wish and file > heading and pictures`.

The wish is a line of JSON: boxes, how many pixels there may be, and bytes. The heading
is one as well: trouble, or suffix, width, height and the size of the first of two
pictures.
"""

import json
import math
import resource
import sys
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageOps

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
SMALL = 480
"""The longer side of the small copy, in pixels."""
DEEP = ("I", "I;16", "I;16B", "I;16L")
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
LOSSY = "jpg"
SAVED: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 90, "optimize": True},
    "png": {"format": "PNG", "optimize": False},
}


class TooLarge(Exception):
    """More pixels than there may be."""


def main() -> None:
    """Read one picture, and write it anew."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    wish = json.loads(sys.stdin.buffer.readline())
    try:
        suffix, picture = read(sys.stdin.buffer.read(), wish["most"])
    except TooLarge:
        _tell(trouble="large")
        return
    except Exception:  # noqa: BLE001  # damaged files raise whatever they like
        _tell(trouble="broken")
        return
    cover(picture, wish["boxes"])
    _write(suffix, picture, wish["largest"])


def read(body: bytes, most: int) -> tuple[str, Image.Image]:
    """The first picture of a file, upright, and nothing but its pixels."""
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = None  # counted here
    with Image.open(BytesIO(body), formats=FORMATS) as found:
        if found.width * found.height > most:
            raise TooLarge
        found.verify()
    with Image.open(BytesIO(body), formats=FORMATS) as found:
        lossy = found.format in ("JPEG", "MPO", "WEBP")
        found.load()
        upright = ImageOps.exif_transpose(found)
    if upright.mode in DEEP:
        upright = _shallow(upright)
    clear = upright.has_transparency_data
    picture = upright.convert("RGBA" if clear else "RGB")
    bare = Image.new("RGB", picture.size, "white")
    # what is erased keeps its colours under the transparency; on paper it is gone
    bare.paste(picture, mask=picture.getchannel("A") if clear else None)
    return LOSSY if lossy and not clear else "png", bare


def _shallow(deep: Image.Image) -> Image.Image:
    """A grey picture of 16 bits in 8. Which of its greys are clear is lost on the way,
    and what is erased would be seen: such a picture counts as broken."""
    if "transparency" in deep.info:
        raise ValueError
    return deep.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def cover(picture: Image.Image, boxes: Sequence[Sequence[float]]) -> None:
    """Paint boxes over it, each to the outer edge of the pixels that it touches."""
    black = (0, 0, 0, 255)[: len(picture.getbands())]
    across, down = picture.width / 100, picture.height / 100
    for left, top, width, height in boxes:
        first = math.floor(left * across), math.floor(top * down)
        last = math.ceil((left + width) * across), math.ceil((top + height) * down)
        ImageDraw.Draw(picture).rectangle((first, last), fill=black)


def _write(suffix: str, picture: Image.Image, largest: int) -> None:
    """As PNG or JPEG; what is too much for a PNG may be little for a JPEG."""
    full = _saved(suffix, picture)
    if len(full) > largest and suffix != LOSSY:
        suffix, full = LOSSY, _saved(LOSSY, picture)
    if len(full) > largest:
        _tell(trouble="heavy")
        return
    small = picture.copy()
    small.thumbnail((SMALL, SMALL))
    little = _saved(suffix, small)
    size = {"width": picture.width, "height": picture.height, "size": len(full)}
    _tell(trouble="", suffix=suffix, **size)
    sys.stdout.buffer.write(full + little)


def _saved(suffix: str, picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, **SAVED[suffix])
    return written.getvalue()


def _tell(**heading: Any) -> None:
    sys.stdout.buffer.write(json.dumps(heading).encode() + b"\n")


if __name__ == "__main__":
    main()
