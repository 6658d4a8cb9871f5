"""Markdown → clean HTML."""

import re
from collections.abc import Iterable
from html import unescape

import markdown
import nh3

from stories.text.cleaning import clean
from stories.text.masking import mask

RENDERER = 1

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"}
TAGS |= {"em", "strong", "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


def render(source: str, masks: Iterable[tuple[str, str]] = ()) -> str:
    """Clean HTML of Markdown; each of `masks` is a name and the words instead of it."""
    text = clean(source)
    for name, instead in masks:
        text = mask(text, name, instead)
    md = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", "nl2br"])
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")
    html = re.sub(
        r"(</?h)([1-4])\b",
        lambda m: m[1] + str(min(6, int(m[2]) + 2)),
        md.convert(text),
    )
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="ugc nofollow",
    )


def plain(source: str) -> str:
    """The words of Markdown without its marks, a line for each paragraph."""
    html = re.sub(r"</t[hd]>\s*", " ", render(source))
    return re.sub(r"\s*\n\s*", "\n", unescape(re.sub(r"<[^>]*>", "", html))).strip()
