"""Companies: by name, and one by one."""

from urllib.parse import urlencode

from flask import Blueprint, Response, request

from stories import figures
from stories.models import Company, Representative
from stories.reading import company as reading
from stories.reading import directory
from stories.reading.listing import Page
from stories.reading.records import records
from web.addresses import absolute, natural
from web.api import shaping, taking_part
from web.api.answers import answer
from web.api.reader_shapes import PressedShape, ReportsShape
from web.api.shapes import (
    CompanyList,
    CompanyShape,
    CompanySummary,
    StoryList,
    Voice,
)
from web.cache import cached
from web.db import db
from web.editions import of_company
from web.limits import limited

MOST = 20
LAST_PAGE = 10

api = Blueprint("api_companies", __name__)


@api.get("/companies")
@limited("suggest")
def search() -> Response:
    """Companies with a name that begins like `q`, in any script; the closest first."""
    typed = request.args.get("q", "")[:200]
    page = min(max(request.args.get("page", 1, type=natural), 1), LAST_PAGE)
    found = directory.matching(db, typed, page * MOST + 1)
    shown = found[: page * MOST]
    items = [summary(each.company, each.name) for each in shown[(page - 1) * MOST :]]
    more = len(found) > len(shown) and page < LAST_PAGE
    on = f"/api/v1/companies?{urlencode({'q': typed, 'page': page + 1})}"
    following = absolute(on) if more else None
    total = len(shown)
    return answer(CompanyList(total=total, page=page, items=items, next=following))


@api.get("/companies/<int:company>")
@cached(of_company)
def show(company: int) -> Response:
    """A company with its figures, and its stories from `older` on."""
    older = request.args.get("older", type=natural)
    page = reading.page(db, company, older)
    row, merged = page.company, page.merged_into
    shape = CompanyShape(
        **dict(summary(row)),
        aliases=[alias.name for alias in page.aliases],
        merged_into=shaping.company(merged) if merged else None,
        products=[shaping.product(each) for each in page.products],
        representatives=[voice(each) for each in page.representatives],
        warnings=[taking_part.caution(each) for each in page.cautions],
        pressure=[PressedShape.model_validate(each) for each in page.pressure.notices],
        reports=[ReportsShape.model_validate(each) for each in page.reports],
        same_here={outcome.value: count for outcome, count in page.same},
        figures=shaping.recorded(figures.of_company(db, row)),
        stories=stories(row, page.stories),
    )
    return answer(shape)


def summary(company: Company, match: str | None = None) -> CompanySummary:
    """A company as lists give it."""
    return CompanySummary(
        id=company.id,
        name=company.name,
        address=shaping.company_address(company),
        domain=company.domain,
        wikidata=company.wikidata,
        country=company.country,
        match=match,
    )


def voice(row: Representative) -> Voice:
    """Who speaks for a company, and how that was verified."""
    proof = row.verifications[-1]
    return Voice(
        name=row.name,
        job_title=row.job_title,
        method=proof.method,
        verified_at=proof.verified_at,
        verified_by=proof.verifier,
        good_until=proof.expires_at,
        doubt=row.doubt,
        doubted_at=row.doubted_at,
    )


def stories(company: Company, page: Page) -> StoryList:
    """A page of a company's stories, and where the next one is."""
    ids = [card.story.id for card in page.cards]
    here = f"/api/v1/companies/{company.id}"
    return StoryList(
        items=[shaping.listed(each) for each in records(db, ids)],
        next=absolute(f"{here}?older={page.older}") if page.older else None,
    )
