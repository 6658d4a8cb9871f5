"""Which release this is: what its pages are made of, in one short word."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

MADE_OF = (".py", ".html", ".txt", ".mo", ".css", ".js", ".svg", ".md")


@cache
def release() -> str:
    """Changes with any file that a page may be made of; the same on every host."""
    found = sha256()
    for path in sorted(_parts()):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:10]


def _parts() -> list[Path]:
    web, stories = Path(str(files("web"))), Path(str(files("stories")))
    beside = web.parents[1]
    around = [beside / "static", beside / "translations"]
    return [
        path
        for folder in (web, stories, *(each for each in around if each.is_dir()))
        for path in folder.rglob("*")
        if path.suffix in MADE_OF
    ]
