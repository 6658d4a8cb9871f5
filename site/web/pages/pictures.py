"""The pictures that go with links to stories, companies and products, drawn once for
each of their states."""

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as Answer

from stories import figures, permissions
from stories.models import Company, Product
from stories.problems import Missing
from stories.reading import company as companies
from stories.reading import listing
from stories.reading import product as products
from web import picturing
from web.addresses import drawn_url, picture_url
from web.db import db
from web.drawing import Sheet
from web.i18n import LANGUAGES
from web.limits import limited
from web.rendering.sharing import sheet, sheet_of, version, version_of
from web.rendering.static import FOREVER

WITHOUT_LANGUAGE = True
SPOKEN = f"/pictures/<any({', '.join(f'{tag!r}' for tag in LANGUAGES)}):lang>"
BRIEFLY = "public, max-age=300"

pages = Blueprint("pictures", __name__)


@pages.get("/pictures/stories/<int:story>-<asked>.png")
@limited("shared")
def show(story: int, asked: str) -> Answer:
    """The picture of a story as it stands; an older one leads to it."""
    card = next(iter(listing.cards(db, [story])), None)
    if card is None or not permissions.may_see(None, card.story):
        raise Missing
    current = version(card)
    if asked != current:
        return _elsewhere(picture_url(story, current))
    return _drawn(current, sheet(card))


@pages.get(f"{SPOKEN}/companies/<int:number>-<asked>.png")
@limited("shared")
def of_company(number: int, asked: str) -> Answer:
    """The picture of a company, with words of one language."""
    company = companies.found(db, number)
    return _as_it_is(company, figures.of_company(db, company), asked)


@pages.get(f"{SPOKEN}/products/<int:number>-<asked>.png")
@limited("shared")
def of_product(number: int, asked: str) -> Answer:
    """The picture of a product, with words of one language."""
    product = products.found(db, number)
    return _as_it_is(product, figures.of_product(db, product), asked)


def _as_it_is(thing: Company | Product, record: figures.Record, asked: str) -> Answer:
    drawn = sheet_of(thing, record)
    current = version_of(drawn)
    if asked != current:
        of = "products" if isinstance(thing, Product) else "companies"
        return _elsewhere(drawn_url(of, thing.id, current))
    return _drawn(current, drawn)


def _elsewhere(address: str) -> Answer:
    answer = redirect(address)
    answer.headers["Cache-Control"] = BRIEFLY
    return answer


def _drawn(current: str, drawn: Sheet) -> Answer:
    db.rollback()  # nothing is held while it is drawn
    body = picturing.kept(current) or picturing.drawn(current, drawn)
    return Response(body, mimetype="image/png", headers={"Cache-Control": FOREVER})
