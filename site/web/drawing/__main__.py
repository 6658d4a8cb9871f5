"""`python -m web.drawing OUR_FONTS FONTS < sheet.json > picture.png`."""

import json
import os
import sys
from pathlib import Path

from web.drawing import Sheet
from web.drawing.fonts import Fonts
from web.drawing.picture import draw


def main(ours: str, folder: str) -> None:
    """Draw what stands on the standard input, behind what others do."""
    os.nice(10)
    sheet = Sheet(**json.load(sys.stdin))
    fonts = Fonts(Path(ours), Path(folder), sheet.language)
    draw(sheet, fonts).save(sys.stdout.buffer, "PNG", optimize=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
