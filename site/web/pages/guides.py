"""Pages to read about the site: Markdown per language, an operator's before ours.

English stands in for a language that a page is not translated into, and says so.
"""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, current_app, render_template

from stories import text
from stories.languages.interface import WRITTEN_IN, home
from stories.problems import Missing
from stories.settings import Settings
from web.i18n import language

pages = Blueprint("guides", __name__)

NAMES = ("about", "how-it-works", "for-companies", "rules", "privacy", "contact")
SOURCE = Path(str(files("web"))) / "guides"
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

    language: str
    title: str
    opening: str
    describes: str
    sections: list[Section]


@pages.get(f"/<any({', '.join(map(repr, NAMES))}):name>")
def show(name: str) -> str:
    """One guide, in the reader's language."""
    settings: Settings = current_app.config["SETTINGS"]
    tag, path = _found(settings, f"{name}.md")
    places = (settings.address, parseaddr(settings.mail_from)[1])
    guide = _guide(tag, path, path.stat().st_mtime_ns, *places)
    return render_template("guides/show.html", guide=guide)


def _found(settings: Settings, file: str) -> tuple[str, Path]:
    """The operator's own file where there is one, else ours; and its language."""
    for tag in (language(), WRITTEN_IN):
        own = [settings.pages / tag / file] if settings.pages else []
        for path in (*own, ours(tag) / file):
            if path.is_file():
                return tag, path
    raise Missing


def ours(tag: str) -> Path:
    """The folder of our guides in a language."""
    return SOURCE if tag == WRITTEN_IN else home(tag) / "guides"


@lru_cache(maxsize=64)
def _guide(tag: str, path: Path, _written: int, site: str, contact: str) -> Guide:
    """The guide in a file; `{site}` and `{contact}` in it are this site's own."""
    source = path.read_text(encoding="utf-8")
    source = source.replace("{site}", site).replace("{contact}", contact)
    head, *rest = _HEADING.split(source)
    title, _, opening = head.strip().partition("\n")
    parts = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return Guide(
        language=tag,
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
