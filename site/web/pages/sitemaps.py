"""What machines read first: robots.txt, and every address in sitemaps.

Each entry names the page in every language. A story stands there once, by its
canonical address; what is the site's own stands there in each language.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, abort, render_template

from stories.models import Story, Translation
from stories.reading import sitemaps as reading
from web.addresses import (
    absolute,
    company_url,
    original_language,
    page_url,
    product_url,
    story_url,
    translation_url,
)
from web.cache import cached
from web.db import db
from web.editions import of_site
from web.i18n import LANGUAGES

WITHOUT_LANGUAGE = True
ALLOWED = """User-agent: *
Allow: /
Disallow: /*/search?
Disallow: /*/search.
Disallow: /*/flag/

Sitemap: {sitemap}
"""
OURS = (
    "",
    "stories",
    "companies",
    "about",
    "how-it-works",
    "rules",
    "privacy",
    "contact",
    "log",
)
Address = Callable[..., str]
"""Gives the address of a page in `lang`."""

pages = Blueprint("sitemaps", __name__)


@dataclass(frozen=True)
class Entry:
    """A page: its full address, when it changed, and its address in each language."""

    address: str
    changed: datetime | None
    others: list[tuple[str, str]]


@pages.get("/robots.txt")
def robots() -> Response:
    """What may be fetched. Pages not to be found say so themselves (noindex)."""
    words = ALLOWED.format(sitemap=absolute("/sitemap.xml"))
    return Response(words, mimetype="text/plain")


@pages.get("/sitemap.xml")
@cached(of_site)
def sitemap() -> Response:
    """The list of sitemaps."""
    return _xml("list", parts=reading.parts(db))


@pages.get("/sitemap-pages.xml")
@cached(of_site)
def ours() -> Response:
    """The site's own pages."""
    return _sent(
        entry for name in OURS for entry in _in_each_language(partial(page_url, name))
    )


@pages.get("/sitemap-stories-<int:part>.xml")
@cached(of_site)
def stories(part: int) -> Response:
    """Some of the stories, each with its translations behind it."""
    told = reading.translations(db, part)
    return _sent(
        entry
        for story in reading.stories(db, part)
        for entry in _in_every_tongue(story, told.get(story.id, []))
    )


@pages.get("/sitemap-companies-<int:part>.xml")
@cached(of_site)
def companies(part: int) -> Response:
    """Some of the companies."""
    return _sent(
        entry
        for row in reading.companies(db, part)
        for entry in _in_each_language(partial(company_url, row))
    )


@pages.get("/sitemap-products-<int:part>.xml")
@cached(of_site)
def products(part: int) -> Response:
    """Some of the products."""
    return _sent(
        entry
        for row in reading.products(db, part)
        for entry in _in_each_language(partial(product_url, row))
    )


def _in_every_tongue(story: Story, told: Iterable[Translation]) -> Iterator[Entry]:
    """A story by its canonical address, and by that of each of its translations."""
    changed = story.last_activity_at
    at: Address = partial(story_url, story)
    yield _entry(at, original_language(story.language), changed)
    for each in told:
        at = partial(translation_url, story.id, each.title, each.language)
        yield _entry(at, original_language(each.language), changed)


def _in_each_language(at: Address) -> Iterator[Entry]:
    return (_entry(at, tag, None) for tag in LANGUAGES)


def _entry(at: Address, lang: str, changed: datetime | None) -> Entry:
    there = [(tag, absolute(at(lang=tag))) for tag in LANGUAGES]
    return Entry(absolute(at(lang=lang)), changed, [*there, ("x-default", there[0][1])])


def _sent(entries: Iterable[Entry]) -> Response:
    found = list(entries)
    if not found:
        abort(404)
    return _xml("addresses", entries=found)


def _xml(template: str, **places: object) -> Response:
    body = render_template(f"sitemaps/{template}.xml", **places)
    return Response(body, mimetype="application/xml")
