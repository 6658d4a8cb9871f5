"""Companies or products side by side, with the ranges of their figures."""

from typing import TypeVar

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import figures, text
from stories.entries import MOST_ID
from stories.figures import Record
from stories.models import Company, Product
from stories.reading import comparing as reading
from stories.reading import readers
from web.addresses import compare_url, natural
from web.cache import cached
from web.db import db
from web.editions import of_site

pages = Blueprint("comparing", __name__)


Thing = TypeVar("Thing", Company, Product)


@pages.get("/compare")
@cached(of_site)
def show() -> str | Response:
    """Up to four companies (`company`) or products (`product`); a company may be given
    by its name, and one that was merged leads to its successor."""
    if request.args.get("product"):
        return _products()
    asked = request.args.getlist("company")
    known = reading.found_companies(db, [_number(value) for value in asked if value])
    ids = [company.id for company in known]
    if [str(number) for number in ids] != asked:
        return redirect(compare_url(company=ids, window=_window()), 302)
    records = figures.of_companies(db, known)
    return _page("company", known, [records[company.id] for company in known])


def _number(value: str) -> int:
    """The number of a company, given as such or by its name; 0 where there is none."""
    if value.isdecimal():
        number = int(value[:20])
        return number if number <= MOST_ID else 0
    company = reading.company_called(db, text.clean(value[:300]))
    return company.id if company else 0


def _products() -> str:
    asked = request.args.getlist("product", type=natural)
    known = reading.found_products(db, asked)
    records = figures.of_products(db, known)
    return _page("product", known, [records[product.id] for product in known])


def _page(of: str, things: list[Thing], records: list[Record]) -> str:
    lately = bool(_window())
    return render_template(
        "comparing/show.html",
        of=of,
        things=things,
        records=records,
        windows=[record.year if lately else record.ever for record in records],
        lately=lately,
        same=readers.numbers(db, things),
        is_listed=_is_listed(things, records),
    )


def _window() -> str:
    return "year" if request.args.get("window") == "year" else ""


def _is_listed(things: list[Thing], records: list[Record]) -> bool:
    """Whether search engines may show it: two that were told, in one order, and the
    page where one chooses; there are too many others."""
    ids = [thing.id for thing in things]
    two = len(ids) == 2 and all(record.ever.told for record in records)
    return not _window() and (not ids or (two and ids == sorted(ids)))
