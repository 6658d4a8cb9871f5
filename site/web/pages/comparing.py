"""Companies or products side by side, with the ranges of their figures."""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import figures, text
from stories.entries import MOST_ID
from stories.figures import Record
from stories.models import Company, Product
from stories.reading import comparing as reading
from stories.reading import readers
from web.addresses import compare_url
from web.cache import cached
from web.db import db
from web.editions import of_site

pages = Blueprint("comparing", __name__)


Thing = TypeVar("Thing", Company, Product)


@pages.get("/compare")
@cached(of_site)
def show() -> str | Response:
    """Up to four companies (`company`) or products (`product`), each by its number or
    its name; one that was merged leads to its successor."""
    return _products() if request.args.get("product") else _companies()


def _companies() -> str | Response:
    asked = request.args.getlist("company")
    numbers, unknown = _numbers(asked, _company_called)
    known = reading.found_companies(db, numbers)
    ids = [company.id for company in known]
    if not unknown and [str(number) for number in ids] != asked:
        return redirect(compare_url(company=ids, window=_window()), 302)
    records = figures.of_companies(db, known)
    shown = [records[company.id] for company in known]
    return _page("company", known, shown, unknown)


def _products() -> str | Response:
    asked = request.args.getlist("product")
    numbers, unknown = _numbers(asked, _product_called)
    known = reading.found_products(db, numbers)
    ids = [product.id for product in known]
    if not unknown and [str(number) for number in ids] != asked:
        return redirect(compare_url(product=ids, window=_window()), 302)
    records = figures.of_products(db, known)
    shown = [records[product.id] for product in known]
    return _page("product", known, shown, unknown)


def _numbers(
    asked: list[str], called: Callable[[str, list[int]], int | None]
) -> tuple[list[int], str]:
    """The numbers that were asked for, as such or by name, and the last name that
    nothing is `called` by."""
    numbers: list[int] = []
    unknown = ""
    for value in filter(None, asked):
        if value.isdecimal():
            numbers.append(min(int(value[:20]), MOST_ID))
            continue
        number = called(text.clean(value[:300]), numbers)
        if number is None:
            unknown = text.clean(value[:300])
        else:
            numbers.append(number)
    return numbers, unknown


def _company_called(name: str, _beside: list[int]) -> int | None:
    company = reading.company_called(db, name)
    return company.id if company else None


def _product_called(name: str, beside: list[int]) -> int | None:
    product = reading.product_called(db, name, beside)
    return product.id if product else None


def _page(of: str, things: list[Thing], records: list[Record], unknown: str) -> str:
    lately = bool(_window())
    return render_template(
        "comparing/show.html",
        of=of,
        things=things,
        records=records,
        windows=[record.year if lately else record.ever for record in records],
        lately=lately,
        unknown=unknown,
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
