"""Pages to read about the site: Markdown per language, an operator's before ours."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, current_app, render_template

from stories import text
from stories.problems import Missing
from stories.settings import Settings
from web.i18n import language

pages = Blueprint("guides", __name__)

NAMES = ("about", "how-it-works", "for-companies", "rules", "privacy", "contact")
OURS = Path(str(files("web"))) / "guides"
_HEADING = re.compile(r"^## +(.+?)(?: *\{#([\w-]+)\})? *$", re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """A part of a guide, with the name that links to it carry."""

    anchor: str
    heading: str
    html: str


@dataclass(frozen=True)
class Guide:
    """A page: `# Its title`, an opening, and its sections (`## Heading {#anchor}`)."""

    title: str
    opening: str
    describes: str
    sections: list[Section]


@pages.get(f"/<any({', '.join(map(repr, NAMES))}):name>")
def show(name: str) -> str:
    """One guide, in the reader's language."""
    settings: Settings = current_app.config["SETTINGS"]
    path = _path(settings, name)
    places = (settings.address, parseaddr(settings.mail_from)[1])
    guide = _guide(path, path.stat().st_mtime_ns, *places)
    return render_template("guides/show.html", guide=guide)


def _path(settings: Settings, name: str) -> Path:
    """The operator's own file where there is one, else ours."""
    folders = [folder for folder in (settings.pages, OURS) if folder is not None]
    for folder in folders:
        path = folder / language() / f"{name}.md"
        if path.is_file():
            return path
    raise Missing


@lru_cache(maxsize=64)
def _guide(path: Path, _written: int, site: str, contact: str) -> Guide:
    """The guide in a file; `{site}` and `{contact}` in it are this site's own."""
    source = path.read_text(encoding="utf-8")
    source = source.replace("{site}", site).replace("{contact}", contact)
    head, *rest = _HEADING.split(source)
    title, _, opening = head.strip().partition("\n")
    parts = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return Guide(
        title=title.removeprefix("# ").strip(),
        opening=_html(opening),
        describes=text.excerpt(text.plain(opening)),
        sections=[
            Section(anchor or text.slug(heading), heading, _html(words))
            for heading, anchor, words in parts
        ],
    )


def _html(source: str) -> str:
    """Clean HTML; the links are the operator's, not those of a stranger."""
    return text.render(source).replace(' rel="ugc nofollow"', "")
