"""Products by name."""

from flask import Blueprint, Response, request

from stories.models import Product
from stories.reading import product as reading
from web.api import shaping
from web.api.answers import answer
from web.api.shapes import ProductList, ProductSummary
from web.asking import values
from web.db import db
from web.limits import limited

MOST = 20
MOST_LETTERS = 200

api = Blueprint("api_products", __name__)


@api.get("/products")
@limited("suggest")
def search() -> Response:
    """Products with a name that begins like `q`, in any script; the shortest first. Of
    a `company` (its number or name) those, too, that have it within their names."""
    typed = request.args.get("q", "")[:MOST_LETTERS]
    of = [each for each in request.args.getlist("company")[:MOST] if each]
    if of:
        found = reading.sold_by(db, values.company_ids(db, of), typed, MOST)
    else:
        found = reading.matching(db, typed, MOST)
    items = [summary(row) for row in found]
    return answer(ProductList(total=len(items), page=1, items=items))


def summary(row: Product) -> ProductSummary:
    """A product as lists give it."""
    known = shaping.product(row)
    return ProductSummary(**dict(known), company=shaping.company(row.company))
