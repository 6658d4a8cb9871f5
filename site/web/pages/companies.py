"""A company's page: what people told, how it answered, and who speaks for it."""

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from stories import figures, text
from stories.figures import patterns
from stories.models.codes import MentionRole
from stories.reading import companies as listing
from stories.reading import company as reading
from stories.reading import directory, incidents
from stories.reading import products as selling
from web.addresses import Slugged, company_url, natural, numbered, products_url
from web.cache import cached
from web.db import db
from web.editions import of_company, of_site
from web.limits import limited
from web.understanding import reads, told_apart

MOST_FOUND = 40

pages = Blueprint("companies", __name__)


@pages.get("/companies")
@cached(of_site)
def everyone() -> str:
    """All companies that stories are about, by name, from a letter or a name on."""
    begins = request.args.get("from", "")
    after = request.args.get("after", type=natural)
    page = listing.page(db, begins, after)
    return render_template(
        "companies/list.html", page=page, begins=begins, after=after, words=""
    )


@pages.get("/companies/named")
@limited("search")
def named() -> str:
    """Companies by what was typed of a name, with and without stories."""
    words = request.args.get("q", "").strip()
    found = directory.matching(db, words, MOST_FOUND)
    return render_template(
        "companies/named.html",
        words=words,
        found=found,
        disguised=text.disguised(words),
        plain=text.undisguised(words),
    )


@pages.get("/companies/<numbered:company>")
@cached(of_company, told_apart=told_apart)
def show(company: Slugged) -> str | Response:
    """The company, its figures and its stories."""
    older = request.args.get("older", type=natural)
    kept = reads()
    page = reading.page(db, company, older, kept.languages)
    if page.merged_into is not None:
        return redirect(company_url(page.merged_into), 301)
    if company.address != numbered(page.company.id, page.company.name):
        more = {"older": older, "language": kept.asked}
        return redirect(company_url(page.company, **more), 301)
    return render_template(
        "companies/show.html",
        page=page,
        company=page.company,
        record=figures.of_company(db, page.company),
        patterns=patterns.of_company(db, page.company),
        incidents=incidents.of_company(db, page.company),
        older=older,
    )


@pages.get("/companies/<numbered:company>/mentions")
@cached(of_company, told_apart=told_apart)
def mentions(company: Slugged) -> str:
    """Stories about others that name the company in passing; `role` is one of them."""
    older = request.args.get("older", type=natural)
    role = request.args.get("role", type=MentionRole)
    found = reading.found(db, company)
    page = reading.passing(db, found, role, older)
    return render_template(
        "companies/mentions.html",
        company=found,
        page=page,
        said=reading.said(db, found, page.cards),
        role=role,
        older=older,
    )


@pages.get("/companies/<numbered:company>/repeats")
@cached(of_company)
def repeats(company: Slugged) -> str:
    """What goes wrong again and again, over the years and months."""
    found = reading.found(db, company)
    return render_template(
        "companies/repeats.html",
        company=found,
        patterns=patterns.over_time(db, found),
    )


@pages.get("/companies/<numbered:company>/products")
@cached(of_company)
def products(company: Slugged) -> str | Response:
    """All its products; `by` is name or stories."""
    found = reading.found(db, company)
    order = request.args.get("by", type=selling.Order) or selling.Order.NAME
    number = request.args.get("page", 1, type=natural)
    if company.address != numbered(found.id, found.name):
        return redirect(products_url(found, by=request.args.get("by")), 301)
    return render_template(
        "companies/products.html",
        company=found,
        page=selling.page(db, found, order, number),
        order=order.value,
        number=number,
    )
