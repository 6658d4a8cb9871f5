"""Files as people send them, and as others make them to do harm."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo
from sqlalchemy.orm import Session

from stories import attaching
from stories.attaching import File
from stories.entries.evidence import EvidenceEntry
from stories.models import Evidence, Member, Story
from stories.models.evidence import FileKind
from stories.storage import Store

KEPT_WORDS = "Receipt of 3 May"
SECRET = b"52.5200N 13.4050E by Ada's own camera"


def a_picture(
    form: str = "PNG", size: tuple[int, int] = (200, 100), mode: str = "RGB"
) -> bytes:
    """A white picture with a red square in its upper left corner."""
    clear = (255, 255, 255, 0) if mode == "RGBA" else "white"
    picture = Image.new(mode, size, clear)
    ImageDraw.Draw(picture).rectangle((0, 0, 19, 19), fill="red")
    return saved(picture, form)


def saved(picture: Image.Image, form: str, **more) -> bytes:
    written = BytesIO()
    picture.save(written, form, **more)
    return written.getvalue()


def a_telling_picture(form: str) -> bytes:
    """A picture that lies on its side and says where and by whom it was taken."""
    picture = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 19, 19), fill="red")
    exif = Image.Exif()
    exif[Base.Orientation] = 6  # to be turned by 90 degrees clockwise
    exif[Base.Artist] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSMapDatum] = SECRET.decode()
    more = {"exif": exif.tobytes()}
    if form == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Comment", SECRET.decode())
    if form == "JPEG":
        more["comment"] = SECRET
    return saved(picture, form, **more) + b"<script>alert(1)</script>" + SECRET


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that says it has so many pixels."""
    row = b"\0" + b"\0" * ((width + 7) // 8)
    packed = zlib.compress(row * min(height, 1000), 9)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", packed),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + check


def read(body: bytes) -> Image.Image:
    """A picture as somebody who opens it has it."""
    found = Image.open(BytesIO(body))
    found.load()
    return found


def a_file(store: Store, body: bytes = b"as it is", small: bytes = b"small") -> File:
    """A picture that was looked at before, as a deed takes it."""
    return File(
        FileKind.PICTURE, "png", store.write(body), store.write(small), 200, 100
    )


def a_kept_file(
    db: Session,
    author: Member,
    story: Story,
    store: Store,
    body: bytes = b"as it is",
    **more: Any,
) -> Evidence:
    """A file that an author keeps with a story, committed."""
    entry, file = EvidenceEntry(words=KEPT_WORDS, **more), a_file(store, body)
    named = {"name": "a.png", "file": file, "store": store}
    made = attaching.add(db, author, story, entry, **named)
    db.commit()
    return made
