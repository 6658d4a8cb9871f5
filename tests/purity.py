"""Which words of a page are in another language than it says."""

import fcntl
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.catalog import Message

from stories import languages
from tests.translations import HOME, PLACE, catalogue, forms, messages, sources
from web.i18n import gettext, speaking

Excused = Callable[[str], bool]
ADDRESS = re.compile(r"https?://\S+")
XHTML = "{http://www.w3.org/1999/xhtml}"
LANGUAGE = "lang"
UNSEEN = {"head", "script", "style", "svg", "template", "code", "pre", "textarea"}
PHRASES = {
    "a",
    "b",
    "em",
    "i",
    "span",
    "strong",
    "small",
    "time",
    "data",
    "sup",
    "abbr",
}
LATIN = re.compile(r"[A-Za-z]{2,}(?:[ ’'-]+[A-Za-z]{2,}){2,}")
"""Three words in a row."""
ENOUGH = 40
NAMES = re.compile("CC BY-SA|Ho Chi Minh|Sesotho sa Leboa")
"""The licence's, a town's, and what a language calls itself."""
OTHER_SCRIPTS = ("ar", "ja", "ko", "zh-Hans")


def faults(page: str, tag: str, excused: Excused) -> Iterator[str]:
    """Pieces of a page in `tag` that are in another language and not marked so."""
    for piece in pieces(page, tag):
        if is_foreign(ADDRESS.sub("", piece), tag) and not excused(piece):
            yield piece


@cache
def excused(tag: str) -> Excused:
    """Whether a piece holds a message that the catalogue of `tag` does not have yet."""
    folder = tag.replace("-", "_")
    found = catalogue(HOME / folder / "LC_MESSAGES/messages.po", folder)
    waiting = [
        _anywhere(source)
        for message in messages(catalogue(template()))
        if not _is_translated(found.get(message.id, message.context))
        for source in sources(message)
    ]
    pattern = re.compile("|".join(waiting) or r"(?!)")
    return lambda piece: pattern.search(piece) is not None


def _is_translated(message: Message | None) -> bool:
    return message is not None and all(forms(message))


def _anywhere(message: str) -> str:
    """A pattern for a message, whatever stands in its places."""
    return ".*".join(re.escape(part) for part in PLACE.sub("\0", message).split("\0"))


@cache
def template() -> Path:
    """What there is to translate now."""
    house, path = HOME.parent, ".venv/messages.pot"
    with (house / "Makefile").open() as lock:  # not two processes at once
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "--silent", path], cwd=house, check=True)
    return house / path


def pieces(page: str, tag: str) -> list[str]:
    """What stands in each block of a page, without passages marked as foreign."""
    root = html5lib.parse(page)
    said = "".join(_walk(root, tag))
    return [
        line for line in (" ".join(each.split()) for each in said.split("\0")) if line
    ]


def _walk(element: Element, tag: str) -> Iterator[str]:
    name = str(element.tag).removeprefix(XHTML)
    border = "" if name in PHRASES else "\0"
    yield border
    if name not in UNSEEN and not _is_marked(element, tag):
        yield element.text or ""
        for child in element:
            yield from _walk(child, tag)
            yield child.tail or ""
    yield border


def _is_marked(element: Element, tag: str) -> bool:
    """Whether it says that it is in another language, or a name as it was written."""
    told = element.get(LANGUAGE)
    name = element.get("dir") == "auto" or str(element.tag) == f"{XHTML}bdi"
    return told != tag if told is not None else name


def is_foreign(piece: str, tag: str) -> bool:
    """Whether it is a message that was not translated, or reads like another language.

    Where the script is another one, three Latin words in a row are enough.
    """
    with speaking(tag):
        if " " in piece and gettext(piece) != piece:
            return True
    if tag in OTHER_SCRIPTS:
        return bool(LATIN.search(NAMES.sub("", piece)))
    if len(piece) < ENOUGH:
        return False
    found = languages.detect(piece).tag
    return found not in (*languages.fallback(tag), languages.UNKNOWN)
