"""Feeds, as Atom and as JSON Feed: of the site, a company, a product, a member, a
search, and of what followed a story."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from stories.reading import comments, home, listing, members, searching
from stories.reading import company as companies
from stories.reading import product as products
from stories.reading import story as stories
from stories.reading.listing import Page
from web import asking, feeding
from web.addresses import (
    company_url,
    member_url,
    natural,
    page_url,
    product_url,
    search_url,
    story_url,
)
from web.cache import cached
from web.db import db
from web.editions import of_company, of_member, of_product, of_site, of_story
from web.feeding import Feed, tag
from web.finding import index
from web.i18n import gettext as _
from web.limits import limited
from web.understanding import reads, told_apart

FORM = "<any(atom, json):form>"

pages = Blueprint("feeds", __name__)


@pages.get(f"/stories.{FORM}")
@cached(of_site, told_apart=told_apart)
def site(form: str) -> Response:
    """The newest stories."""
    page = home.stories(db, _older(), reads().languages)
    return feeding.sent(_listed("Earshot", "stories", page_url("stories"), page), form)


@pages.get(f"/companies/<int:company>.{FORM}")
@cached(of_company, told_apart=told_apart)
def company(company: int, form: str) -> Response:
    """The newest stories about a company."""
    page = companies.page(db, company, _older(), reads().languages)
    row = page.company
    title = _("Stories about %(company)s", company=row.name)
    feed = _listed(title, f"company/{row.id}", company_url(row), page.stories)
    return feeding.sent(replace(feed, warnings=page.cautions), form)


@pages.get(f"/products/<int:product>.{FORM}")
@cached(of_product, told_apart=told_apart)
def product(product: int, form: str) -> Response:
    """The newest stories about a product."""
    page = products.page(db, product, _older(), reads().languages)
    row = page.product
    title = _("Stories about %(product)s", product=row.name)
    feed = _listed(title, f"product/{row.id}", product_url(row), page.stories)
    return feeding.sent(feed, form)


@pages.get(f"/members/<handle>.{FORM}")
@cached(of_member, told_apart=told_apart)
def member(handle: str, form: str) -> Response:
    """The newest stories that a member told."""
    row = members.find(db, handle)
    page = members.page(db, row, _older(), reads().languages)
    title = _("Stories told by %(name)s", name=row.display_name)
    feed = _listed(title, f"member/{row.id}", member_url(row), page.stories)
    return feeding.sent(feed, form)


@pages.get(f"/stories/<int:story>.{FORM}")
@cached(of_story)
def story(story: int, form: str) -> Response:
    """A story, and what its author, companies and readers added to it."""
    page = stories.page(db, story, None)
    row = page.story
    entries = feeding.of_story(page, comments.newest(db, row))
    feed = Feed(row.title, tag(f"story/{row.id}"), story_url(row), entries)
    return feeding.sent(feed, form)


@pages.get(f"/search.{FORM}")
@limited("search")
def search(form: str) -> Response:
    """The newest stories that fit a search, asked with the words of its page."""
    asked = asking.asked(db, request.args)
    question = replace(asking.uncounted(asked), sort="newest", offset=0)
    found = searching.results(db, index(), question).versions
    words = asked.words.to_dict(flat=False)
    feed = Feed(
        title=_("Search: %(words)s", words=asked.words.get("q", "")),
        id=tag(f"search?{urlencode(words, doseq=True)}"),
        address=search_url(**words),
        entries=feeding.of_cards(listing.cards(db, list(found))),
    )
    return feeding.sent(feed, form)


def _older() -> int | None:
    return request.args.get("older", type=natural)


def _listed(title: str, name: str, address: str, page: Page) -> Feed:
    """A feed of stories in a list, which says where the older ones are."""
    asked = [("language", each) for each in reads().asked]
    rest = [*asked, ("older", page.older)]
    older = feeding.here(urlencode(rest)) if page.older else ""
    return Feed(title, tag(name), address, feeding.of_cards(page.cards), older)
