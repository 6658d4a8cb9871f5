"""Which font writes which letter: ours for Latin, Noto for every other script."""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont, Layout

NOWHERE = "\U0010ffff"
"""No font has a glyph for it."""
PROBE = 24
OURS = {
    "text": ("literata.woff2", "literata-rest.woff2", "literata-more.woff2"),
    "ui": ("figtree.woff2", "figtree-rest.woff2", "figtree-more.woff2"),
}
NOTO = {"text": "NotoSerif", "ui": "NotoSans"}
CJK = frozenset(
    ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "IDEOGRAPHIC", "FULLWIDTH", "BOPOMOFO")
)
COUNTRIES = {"ja": 0, "ko": 1, "zh": 2, "zh-Hant": 3, "zh-TW": 3, "zh-HK": 4}
"""The font of each in Noto's CJK collections."""
UNJOINED = CJK | {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN"}
"""Scripts that can be written letter by letter, without a shaper."""


@dataclass(frozen=True)
class Face:
    """A font's file, and which of the fonts in it."""

    path: Path
    index: int = 0

    def font(self, size: int) -> FreeTypeFont:
        """It, at a size in pixels."""
        return _opened(self.path, self.index, size)

    def has(self, letter: str) -> bool:
        """Whether it has a glyph of its own for a letter."""
        drawn = _glyph(self, letter)
        return letter.isspace() or (bool(drawn) and drawn != _glyph(self, NOWHERE))


class Fonts:
    """The fonts there are: `ours`, and Noto's anywhere below `folder`."""

    def __init__(self, ours: Path, folder: Path, language: str) -> None:
        self._ours = ours
        self._folder = folder
        self._country = COUNTRIES.get(language) or COUNTRIES.get(language[:2], 0)
        self._shapes = features.check("raqm")
        self._known: dict[tuple[str, str], Face | None] = {}

    def face(self, family: str, letter: str) -> Face | None:
        """What writes a letter in a family (text or ui); None where nothing does."""
        key = family, letter
        if key not in self._known:
            self._known[key] = self._look(family, letter)
        return self._known[key]

    def _look(self, family: str, letter: str) -> Face | None:
        script = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
        if letter.isalpha() and not (self._shapes or script in UNJOINED):
            return None
        faces = self._ours_of(family) + self._noto_of(family, script)
        return next((face for face in faces if face.has(letter)), None)

    def _ours_of(self, family: str) -> list[Face]:
        paths = [self._ours / name for name in OURS[family]]
        return [Face(path) for path in paths if path.exists() and _opens(path)]

    def _noto_of(self, family: str, script: str) -> list[Face]:
        noto = NOTO[family]
        if script in CJK:
            names = [f"{noto}CJK-Regular.ttc", "NotoSansCJK-Regular.ttc"]
            return [Face(self._files[n], self._country) for n in names if self._has(n)]
        own = script.capitalize()
        names = [
            f"{noto}-Regular.ttf",
            *(["NotoNaskhArabic-Regular.ttf"] if script == "ARABIC" else []),
            f"{noto}{own}-Regular.ttf",
            f"NotoSans{own}-Regular.ttf",
        ]
        return [Face(self._files[name]) for name in names if self._has(name)]

    def _has(self, name: str) -> bool:
        return name in self._files

    @cached_property
    def _files(self) -> dict[str, Path]:
        return {path.name: path for path in self._folder.rglob("Noto*-Regular.tt?")}


@cache
def _opened(path: Path, index: int, size: int) -> FreeTypeFont:
    engine = Layout.RAQM if features.check("raqm") else Layout.BASIC
    return ImageFont.truetype(path, size, index=index, layout_engine=engine)


@cache
def _opens(path: Path) -> bool:
    """Whether this Pillow can read a font packed for the web."""
    try:
        _opened(path, 0, PROBE)
    except OSError:
        return False
    return True


@cache
def _glyph(face: Face, letter: str) -> bytes:
    return bytes(face.font(PROBE).getmask(letter))
