"""Markdown → clean HTML."""

import re
from collections.abc import Iterable
from html import unescape
from threading import local
from typing import cast
from xml.etree.ElementTree import Element, SubElement, tostring

import markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from stories import languages
from stories.languages import UNKNOWN
from stories.text import tongues
from stories.text.blocks import Aside, Tidy
from stories.text.cleaning import balanced, clean
from stories.text.inline import fill
from stories.text.masking import mask
from stories.text.sanitising import sanitised

# Raised whenever the same source may give other HTML.
RENDERER = 3

_CELLS = 5_000
_ROW = 2_000
_MADE = local()
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ABOVE = 2


def render(
    source: str,
    masks: Iterable[tuple[str, str]] = (),
    *,
    language: str | None = None,
) -> str:
    """Clean HTML of Markdown; each of `masks` is a name and the words instead of it.
    Where the text's language is given, passages in another one are told and marked.

    Raw HTML is shown as typed, a picture becomes a link, the outermost heading is h3,
    below the page's own, a new line is a new line. No indented code: letters are
    indented.
    """
    text = clean(source)
    for name, instead in masks:
        text = mask(text, name, instead)
    return sanitised(_made(text, language))


def plain(source: str) -> str:
    """The words of Markdown without its marks, a line for each paragraph."""
    html = re.sub(r"</t[hd]>\s*", " ", render(source))
    return re.sub(r"\s*\n\s*", "\n", unescape(re.sub(r"<[^>]*>", "", html))).strip()


def _made(text: str, language: str | None) -> str:
    """The HTML, by a parser that each thread makes once (it takes a millisecond)."""
    if not hasattr(_MADE, "parser"):
        _MADE.parser = _Parser()
    parser: _Parser = _MADE.parser
    parser.language = language
    return parser.convert(text)


class _Parser(markdown.Markdown):
    """Markdown with lines and inner marks of ours, and no raw HTML."""

    language: str | None = None
    """That of the text; without it, no passage is told to be in another."""

    def __init__(self) -> None:
        self.aside = Aside()
        super().__init__(extensions=[_Ours(), SaneListExtension()])
        self.serializer = _serialized

    def convert(self, source: str) -> str:
        self.aside.code.clear()
        self.aside.addresses.clear()
        self.parser.state.clear()
        return super().convert(source)


class _Ours(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        aside = cast(_Parser, md).aside
        tables = _Tables(md.parser, {"use_align_attribute": True})
        md.parser.blockprocessors.register(tables, "table", 75)
        md.parser.blockprocessors.register(_Code(md.parser, aside), "set_aside", 95)
        for name in ("code", "setextheader", "reference"):
            md.parser.blockprocessors.deregister(name)
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_Lines(aside), "lines", 10)
        md.treeprocessors.deregister("unescape")
        md.treeprocessors.register(_Marks(), "tongue_marks", 25)
        md.treeprocessors.register(_Inline(aside), "inline", 20)
        md.treeprocessors.register(_Tongues(md), "tongues", 15)
        for name in ("raw_html", "amp_substitute"):
            md.postprocessors.deregister(name)


def _serialized(root: Element) -> str:
    return tostring(root, encoding="unicode", method="html")


class _Lines(Preprocessor):
    def __init__(self, aside: Aside) -> None:
        super().__init__()
        self.aside = aside

    def run(self, lines: list[str]) -> list[str]:
        return Tidy(lines, self.aside).run()


class _Code(BlockProcessor):
    """Fenced code, put back in its place."""

    def __init__(self, parser: markdown.blockparser.BlockParser, aside: Aside) -> None:
        super().__init__(parser)
        self.aside = aside

    def test(self, parent: Element, block: str) -> bool:
        return block.startswith("\x02")

    def run(self, parent: Element, blocks: list[str]) -> None:
        code = SubElement(SubElement(parent, "pre"), "code")
        code.text = self.aside.code[int(blocks.pop(0).strip("\x02\x03\n "))]


class _Tables(TableProcessor):
    """Tables of a size that a page can bear; others stand as typed."""

    def test(self, parent: Element, block: str) -> bool:
        rows = block.split("\n")
        if len(rows) < 2 or "|" not in rows[1] or max(map(len, rows)) > _ROW:
            return False
        return rows[1].count("|") * len(rows) <= _CELLS and super().test(parent, block)


def _nest(headings: Iterable[Element]) -> None:
    """The outermost is h3, below the page's own, and no level is left out."""
    above: list[str] = []
    for heading in headings:
        while above and above[-1] >= heading.tag:
            above.pop()
        above.append(heading.tag)
        heading.tag = f"h{min(len(above) + _ABOVE, 6)}"


class _Marks(Treeprocessor):
    """What authors say about the language of a block."""

    def run(self, root: Element) -> None:
        tongues.take_marks(root)


class _Tongues(Treeprocessor):
    """Blocks in another language than the text, marked."""

    def run(self, root: Element) -> None:
        language = cast(_Parser, self.md).language
        told = languages.another_language if language else tongues.silent
        tongues.mark(root, language or UNKNOWN, told)


class _Inline(Treeprocessor):
    """The marks within lines; headings moved below the page's own."""

    def __init__(self, aside: Aside) -> None:
        super().__init__()
        self.aside = aside

    def run(self, root: Element) -> None:
        _nest(element for element in root.iter() if element.tag in _HEADINGS)
        for element in list(root.iter()):
            if element.tag in {"pre", "code"}:
                continue
            for at in range(len(element) - 1, -1, -1):
                element[at].tail = self._insert(element, at + 1, element[at].tail)
            element.text = self._insert(element, 0, element.text)

    def _insert(self, parent: Element, at: int, text: str | None) -> str | None:
        """Put what stands in the text's lines into the element; its leading words."""
        if not text or not text.strip():
            return text
        made = Element("span")
        fill(made, balanced(text.strip()), self.aside.addresses)
        parent[at:at] = list(made)
        return made.text
