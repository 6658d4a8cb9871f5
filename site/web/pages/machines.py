"""What machines read first: robots.txt, and every address in sitemaps.

A page's other languages stand in the page itself; sitemaps name the canonical one.
"""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint, Response, abort, render_template

from stories.reading import machines as reading
from web.addresses import absolute, company_url, original_language, story_url
from web.cache import cached
from web.db import db
from web.editions import of_site
from web.i18n import LANGUAGES

WITHOUT_LANGUAGE = True
ALLOWED = """User-agent: *
Allow: /
Disallow: /*/search
Disallow: /*/flag/

Sitemap: {sitemap}
"""

pages = Blueprint("machines", __name__)


@pages.get("/robots.txt")
def robots() -> Response:
    """What may be fetched. Pages not to be found say so themselves (noindex)."""
    words = ALLOWED.format(sitemap=absolute("/sitemap.xml"))
    return Response(words, mimetype="text/plain")


@pages.get("/sitemap.xml")
@cached(of_site)
def sitemap() -> Response:
    """The list of sitemaps."""
    return _xml("sitemaps", parts=reading.parts(db))


@pages.get("/sitemap-stories-<int:part>.xml")
@cached(of_site)
def stories(part: int) -> Response:
    """Some of the stories."""
    return _addresses(
        (
            story_url(story, lang=original_language(story.language)),
            story.last_activity_at,
        )
        for story in reading.stories(db, part)
    )


@pages.get("/sitemap-companies-<int:part>.xml")
@cached(of_site)
def companies(part: int) -> Response:
    """Some of the companies."""
    return _addresses(
        (company_url(company, lang=LANGUAGES[0]), None)
        for company in reading.companies(db, part)
    )


def _addresses(found: Iterable[tuple[str, datetime | None]]) -> Response:
    addresses = [(absolute(path), changed) for path, changed in found]
    if not addresses:
        abort(404)
    return _xml("addresses", addresses=addresses)


def _xml(template: str, **places: object) -> Response:
    body = render_template(f"machines/{template}.xml", **places)
    return Response(body, mimetype="application/xml")
