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
    if request.args.get("product"):
        return _shown(
            "product",
            reading.product_called,
            reading.found_products,
            figures.of_products,
        )
    return _shown(
        "company",
        reading.company_called,
        reading.found_companies,
        figures.of_companies,
    )


def _shown(
    of: str,
    called: Callable[..., Thing | None],
    found: Callable[..., list[Thing]],
    records_of: Callable[..., dict[int, Record]],
) -> str | Response:
    """The things at the address that names just them, in their order."""
    asked = request.args.getlist(of)
    numbers, unknown = _numbers(asked, called)
    things = found(db, numbers)
    ids = [thing.id for thing in things]
    if not unknown and [str(number) for number in ids] != asked:
        return redirect(compare_url(**{of: ids}, window=_window()), 302)
    records = records_of(db, things)
    return _page(of, things, [records[number] for number in ids], unknown)


def _numbers(
    asked: list[str], called: Callable[..., Thing | None]
) -> tuple[list[int], str]:
    """The numbers that were asked for, as such or by name, and the last name that
    nothing is `called` by."""
    numbers: list[int] = []
    unknown = ""
    for value in filter(None, asked):
        name = text.clean(value[:300])
        if value.isdecimal():
            numbers.append(min(int(value[:20]), MOST_ID))
        elif thing := called(db, name, numbers):
            numbers.append(thing.id)
        else:
            unknown = name
    return numbers, unknown


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
