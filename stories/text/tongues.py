"""Blocks in another language than their text: as their author says, else as they seem
for sure. They get a `lang`, and a `dir` where that changes (WCAG 2.2, 3.1.2).

The author's way is that of Markdown's attribute lists, with this attribute alone:
`{: lang=de}` at the end of a paragraph, heading or item, or in a line of its own below
a quotation, list or table. The text's own language there, or `und`, marks nothing.
"""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from stories import languages
from stories.languages import UNKNOWN
from stories.problems import Invalid

MARKED = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table"}
_HOLD_BLOCKS = {"blockquote", "ul", "ol", "li"}
_NOT_TOLD = {"pre", "hr", "ul", "ol"}
"""What has no words, and lists: short items would follow a long one of them."""
MARK = re.compile(r"\{: ?lang=([\"']?)(?P<tag>[A-Za-z0-9-]{2,35})\1 ?\}")

Told = Callable[[str, str], str | None]
"""What tells the language of words within a text in another, if it is sure."""


def take_marks(parent: Element) -> None:
    """Take what the author says of a block out of its words, into its `lang`."""
    for block in list(parent):
        words, tag = parted(block.text or "")
        if tag is not None:
            _say(parent, block, words, tag)
        if block.tag in _HOLD_BLOCKS:
            take_marks(block)


def parted(words: str) -> tuple[str, str | None]:
    """Words, and the language that their end says they are in.

    >>> parted("Guten Tag! {: lang=de}"), parted("{: lang=?}")
    (('Guten Tag!', 'de'), ('{: lang=?}', None))
    """
    at = words.rfind("{:")
    found = MARK.fullmatch(words[at:].rstrip()) if at >= 0 else None
    if found is None or words[:at].endswith("\\"):
        return words, None
    try:
        return words[:at].rstrip(), languages.tag(found["tag"])
    except Invalid:
        return words, None


def mark(parent: Element, around: str, told: Told) -> None:
    """Mark what is in another language than what is around it. Within what its author
    has spoken of, nothing is guessed."""
    for block in parent:
        said = block.attrib.pop("lang", None)
        tag = said or _seeming(block, around, told)
        if tag and tag not in (around, UNKNOWN):
            _mark(block, tag, around)
        if block.tag in _HOLD_BLOCKS:
            mark(block, tag or around, silent if said else told)


def silent(_words: str, _around: str) -> None:
    """Tells nothing."""


def _say(parent: Element, block: Element, words: str, tag: str) -> None:
    """Of the block itself; where it stands alone, of the one before it or around it."""
    if words.strip():
        block.text = words
        block.set("lang", tag)
    elif block.tag == "p" and (meant := _meant(parent, block)) is not None:
        meant.set("lang", tag)
        parent.remove(block)


def _meant(parent: Element, block: Element) -> Element | None:
    at = list(parent).index(block)
    if at:
        return parent[at - 1] if parent[at - 1].tag in MARKED else None
    return parent if parent.tag in {"blockquote", "li"} else None


def _mark(block: Element, tag: str, around: str) -> None:
    block.set("lang", tag)
    way = languages.direction(tag)
    if around == UNKNOWN or way != languages.direction(around):
        block.set("dir", way)


def _seeming(block: Element, around: str, told: Told) -> str | None:
    if block.tag in _NOT_TOLD:
        return None
    return told(" ".join(block.itertext()), around)
