"""A product's page."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import figures
from stories.reading import product as reading
from web.addresses import Slugged, natural, numbered, product_url
from web.cache import cached
from web.db import db
from web.editions import of_product
from web.understanding import reads, told_apart

pages = Blueprint("products", __name__)


@pages.get("/products/<numbered:product>")
@cached(of_product, told_apart=told_apart)
def show(product: Slugged) -> str | Response:
    """The product, its figures and its stories."""
    older = request.args.get("older", type=natural)
    kept = reads()
    page = reading.page(db, product, older, kept.languages)
    if page.merged_into is not None:
        return redirect(product_url(page.merged_into), 301)
    if product.address != numbered(page.product.id, page.product.name):
        more = {"older": older, "language": kept.asked}
        return redirect(product_url(page.product, **more), 301)
    return render_template(
        "products/show.html",
        page=page,
        product=page.product,
        record=figures.of_product(db, page.product),
        older=older,
    )
