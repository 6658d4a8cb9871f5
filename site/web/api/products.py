"""Products by name."""

from flask import Blueprint, Response, request

from stories.models import Product
from stories.reading import product as reading
from web.api import shaping
from web.api.answers import answer
from web.api.shapes import ProductList, ProductSummary
from web.db import db
from web.limits import limited

MOST = 20
MOST_LETTERS = 200

api = Blueprint("api_products", __name__)


@api.get("/products")
@limited("suggest")
def search() -> Response:
    """Products with a name that begins like `q`, in any script; the shortest first."""
    typed = request.args.get("q", "")[:MOST_LETTERS]
    items = [summary(row) for row in reading.matching(db, typed, MOST)]
    return answer(ProductList(total=len(items), page=1, items=items))


def summary(row: Product) -> ProductSummary:
    """A product as lists give it."""
    known = shaping.product(row)
    return ProductSummary(**dict(known), company=shaping.company(row.company))
