"""oEmbed: how another site shows a story or a company of ours, asked by its address."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Blueprint, Response, abort, current_app, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException

from stories import permissions
from stories.problems import Missing
from stories.reading import company as companies
from stories.reading import listing
from web.addresses import absolute, card_url, member_url, natural, picture_url
from web.db import db
from web.headers import trusted_hosts
from web.i18n import LANGUAGES, speaking
from web.limits import limited
from web.rendering.sharing import version

WITHOUT_LANGUAGE = True
WIDTH, HEIGHT = 600, 320
PICTURE = 1200, 630
AGE = 3600
FRAME = Markup(
    '<iframe src="{src}" title="{title}" width="{width}" height="{height}"'
    ' frameborder="0" loading="lazy" referrerpolicy="no-referrer"'
    ' sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
)

pages = Blueprint("oembed", __name__)


@dataclass(frozen=True)
class Embedded:
    """What is told about a page; what is empty is left out."""

    title: str
    card: str
    author_name: str = ""
    author_url: str = ""
    thumbnail_url: str = ""


@pages.get("/oembed")
@limited("shared")
def show() -> Response:
    """The page at `url`, no larger than `maxwidth` and `maxheight`."""
    form = request.args.get("format", "json")
    if form not in FORMS:
        abort(501)
    endpoint, number, lang = _meant(request.args.get("url", ""))
    with speaking(lang):
        found = ENDPOINTS[endpoint](number)
    kind, write = FORMS[form]
    answer = Response(write(_said(found)), content_type=kind)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = f"public, max-age={AGE}"
    return answer


def _meant(address: str) -> tuple[str, int, str]:
    """Which view an address of ours leads to, of what, in which language."""
    try:
        parts = urlsplit(address)
        if parts.hostname not in _ours() or parts.scheme not in ("http", "https"):
            raise Missing
        matches = current_app.url_map.bind(parts.netloc)
        endpoint, named = matches.match(parts.path, "GET")
    except (ValueError, HTTPException) as trouble:
        raise Missing from trouble
    if endpoint not in ENDPOINTS or named["lang"] not in LANGUAGES:
        raise Missing
    (number,) = (value for name, value in named.items() if name != "lang")
    return endpoint, int(number), named["lang"]


def _ours() -> list[str]:
    return [name.strip("[]") for name in trusted_hosts(current_app.config["SETTINGS"])]


def _story(number: int) -> Embedded:
    card = next(iter(listing.cards(db, [number])), None)
    if card is None or not permissions.may_see(None, card.story):
        raise Missing
    story = card.story
    return Embedded(
        title=story.title,
        card=absolute(card_url("stories", number)),
        author_name=listing.author(story),
        author_url=absolute(member_url(story.author)) if story.author else "",
        thumbnail_url=absolute(picture_url(number, version(card))),
    )


def _company(number: int) -> Embedded:
    row = companies.found(db, number)
    return Embedded(title=row.name, card=absolute(card_url("companies", row.id)))


def _said(found: Embedded) -> dict[str, str | int]:
    width, height = _size("maxwidth", WIDTH), _size("maxheight", HEIGHT)
    told = asdict(found) | ({} if _has_room_for_picture() else {"thumbnail_url": ""})
    frame = FRAME.format(
        src=told.pop("card"), title=found.title, width=width, height=height
    )
    picture = {"thumbnail_width": PICTURE[0], "thumbnail_height": PICTURE[1]}
    return {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Earshot",
        "provider_url": absolute("/"),
        "cache_age": AGE,
        "width": width,
        "height": height,
        "html": str(frame),
        **{name: value for name, value in told.items() if value},
        **(picture if told["thumbnail_url"] else {}),
    }


def _has_room_for_picture() -> bool:
    """Whether it is no larger than was asked for (oEmbed 1.0, section 2.3.4)."""
    asked = _size("maxwidth", PICTURE[0]), _size("maxheight", PICTURE[1])
    return asked == PICTURE


def _size(name: str, usual: int) -> int:
    return min(request.args.get(name, type=natural) or usual, usual)


def _xml(said: dict[str, str | int]) -> bytes:
    root = Element("oembed")
    for name, value in said.items():
        SubElement(root, name).text = str(value)
    written: bytes = tostring(root, "utf-8", xml_declaration=True)
    return written


ENDPOINTS: dict[str, Callable[[int], Embedded]] = {
    "stories.show": _story,
    "companies.show": _company,
}
"""What can be embedded."""
FORMS: dict[str, tuple[str, Callable[[dict[str, str | int]], str | bytes]]] = {
    "json": ("application/json", json.dumps),
    "xml": ("text/xml; charset=utf-8", _xml),
}
"""Each form with its media type."""
