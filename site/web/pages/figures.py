"""How figures are made: every formula, worked on a real company of the site."""

from flask import Blueprint, render_template

from stories import figures
from web.cache import cached
from web.db import db
from web.editions import of_site

pages = Blueprint("figures", __name__)


@pages.get("/figures")
@cached(of_site)
def show() -> str:
    """The formulas, worked on the company with the most decided cases."""
    company = figures.most_decided(db)
    record = figures.of_company(db, company) if company else None
    return render_template(
        "figures/show.html",
        company=company,
        record=record,
        example=figures.EXAMPLE,
        window=figures.window_begins(),
    )
