"""What may stand in HTML, and where a link may lead."""

import re
from html import escape

import nh3

from stories.languages import PATTERN
from stories.text.tongues import MARKED

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"}
TAGS |= {"em", "strong", "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"}
# Neither space, marks that HTML or Markdown may mistake, nor what is not seen.
INNER = r"[^\s<>\\\"`{}|^\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"

_SHAPE = re.compile(rf"(?:https?://[^\s/?#]|mailto:[^\s@]+@){INNER}*", re.IGNORECASE)
_ALIGNED = {"align": {"left", "center", "right"}}
_DIRECTED = {"dir": {"ltr", "rtl"}}
_TAG = re.compile(PATTERN)


def _kept(_element: str, attribute: str, value: str) -> str | None:
    """What looks like no tag of a language is no language."""
    return None if attribute == "lang" and not _TAG.fullmatch(value) else value


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={tag: {"lang"} for tag in MARKED}
    | {"a": {"href", "title"}, "ol": {"start", "lang"}},
    attribute_filter=_kept,
    tag_attribute_values=dict.fromkeys(MARKED, _DIRECTED)
    | {"td": _ALIGNED, "th": _ALIGNED},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="ugc nofollow",
)


def sanitised(html: str) -> str:
    """The HTML with nothing in it but what is allowed."""
    return _CLEANER.clean(html)


def allowed(address: str) -> str | None:
    """The address as it may stand in a link, None where it may not."""
    address = address.strip().replace(" ", "%20")
    if address.lower().startswith("www."):
        address = f"http://{address}"
    if not _SHAPE.fullmatch(address):
        return None
    return address if "href" in sanitised(f'<a href="{escape(address)}">') else None
