"""Files taken in: pictures drawn anew, all else as it is.

Only pixels of a picture are kept: what else its file said (place, camera, comments,
whatever hangs on its end) is gone, and it stands as it is to be looked at. That is done
by a process of its own with little memory and time, for files may be made to do harm.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stories.entries.evidence import MOST_BYTES, MOST_PIXELS, MOST_TEXT_BYTES
from stories.models.evidence import FileKind
from stories.problems import Invalid, Problem
from web.redrawing.kinds import recognised
from web.redrawing.turns import turn

LONGEST = 30.0
"""Seconds for one picture."""
LARGEST = 3 * MOST_BYTES
"""What is drawn anew may be larger than what came, but not by much."""

Boxes = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Redrawn:
    """A file as it is kept: its content, and a small copy if it is a picture."""

    kind: FileKind
    suffix: str
    body: bytes
    small: bytes = b""
    width: int | None = None
    height: int | None = None


def taken_in(body: bytes, folder: Path) -> Redrawn:
    """A file as it is kept; a picture waits for its turn in the folder. Raises Invalid
    where it is none that can be kept."""
    if not body:
        raise Invalid(Problem("This file is empty."), "file")
    kind = recognised(body)
    if kind.of == FileKind.PICTURE:
        return redrawn(body, folder)
    if kind.of != FileKind.PDF and len(body) > MOST_TEXT_BYTES:
        most = MOST_TEXT_BYTES // 1024
        raise Invalid(Problem("A text has at most %(most)d kB.", most=most), "file")
    return Redrawn(kind.of, kind.suffix, body)


def redrawn(body: bytes, folder: Path, boxes: Boxes = ()) -> Redrawn:
    """A picture drawn anew, with black boxes (left, top, width, height in percent)."""
    with turn(folder):
        told, full, small = _drawn(body, boxes)
    if told["trouble"]:
        raise Invalid(TROUBLE[told["trouble"]], "file")
    return Redrawn(
        FileKind.PICTURE, told["suffix"], full, small, told["width"], told["height"]
    )


def _drawn(body: bytes, boxes: Boxes) -> tuple[dict[str, Any], bytes, bytes]:
    wish = json.dumps(
        {"boxes": boxes, "most": MOST_PIXELS, "largest": LARGEST}
    ).encode()
    words = [sys.executable, "-m", "web.redrawing"]
    try:
        done = subprocess.run(
            words,
            input=wish + b"\n" + body,
            capture_output=True,
            check=True,
            timeout=LONGEST,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {"trouble": "broken"}, b"", b""
    heading, _, rest = done.stdout.partition(b"\n")
    told = json.loads(heading)
    return told, rest[: told.get("size", 0)], rest[told.get("size", 0) :]


TROUBLE = {
    "broken": Problem(
        "This picture cannot be read: it may be damaged. Save it anew, or take a"
        " picture of the screen."
    ),
    "large": Problem(
        "This picture has more than %(most)d million pixels. Make it smaller, or cut"
        " out what matters.",
        most=MOST_PIXELS // 1_000_000,
    ),
    "heavy": Problem(
        "A file has at most %(most)d MB.", most=MOST_BYTES // 1024 // 1024
    ),
}
