"""What a company's team did month by month, and its sheets to take away."""

from collections.abc import Iterable

from flask import Blueprint, Response, render_template, stream_with_context

from stories.exporting import sheets
from stories.reading import desk as reading
from web.auth import me, signed_in
from web.db import db
from web.desking import asked_company
from web.limits import limited

pages = Blueprint("sheets", __name__)


@pages.get("/desk/months")
@signed_in
@limited("desk")
def months() -> str:
    """Answers, median days and late ones, for the team itself."""
    role = reading.sits(db, me(), asked_company())
    work = reading.work(db, role.company_id)
    return render_template("desk/months.html", role=role, work=work)


@pages.get("/desk/months.csv")
@signed_in
@limited("desk")
def months_sheet() -> Response:
    """The same as a sheet."""
    role = reading.sits(db, me(), asked_company())
    return _sheet(
        f"months-{role.company_id}", sheets.months(reading.work(db, role.company_id))
    )


@pages.get("/desk/cases.csv")
@signed_in
@limited("desk")
def cases_sheet() -> Response:
    """All stories that name the company, with what its team noted."""
    role = reading.sits(db, me(), asked_company())
    return _sheet(f"cases-{role.company_id}", sheets.cases(db, role))


def _sheet(name: str, lines: Iterable[str]) -> Response:
    answer = Response(stream_with_context(iter(lines)))
    answer.content_type = "text/csv; charset=utf-8; header=present"
    filename = f'attachment; filename="earshot-{name}.csv"'
    answer.headers["Content-Disposition"] = filename
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
