"""Pictures of figures and what repeats, as samples to look at, for development only."""

from datetime import UTC, date, datetime

from flask import Blueprint, render_template, request

from stories.figures import EXAMPLE, Record, Share
from stories.figures.patterns import Pattern, Patterns
from stories.figures.windows import Numbers, figures
from stories.models import Company, Incident, Product, Representative, Verification
from stories.models.codes import (
    IssueType,
    Kind,
    Measure,
    Method,
    OfferState,
    Outcome,
    PromiseState,
)
from stories.models.speaking import Doubt, Verifier
from stories.reading.listing import Page
from stories.text import disguised

DEVELOPMENT = True
AT = datetime(2026, 3, 3, 14, tzinfo=UTC)
UNTIL = datetime(2027, 3, 3, 14, tzinfo=UTC)
BEGAN = date(2024, 5, 1)

pages = Blueprint("patterns_figures", __name__)


@pages.get("/patterns/figures")
def show() -> str:
    """Many cases, few and none; what repeats; two companies side by side."""
    company = Company(id=1, name="Bramble & Sons")
    return render_template(
        "patterns/figures.html",
        company=company,
        many=Record(figures(MANY, BEGAN), figures(FEW, BEGAN), 31, EXAMPLE),
        few=Record(figures(FEW, BEGAN), figures(FEW, BEGAN), 3, None),
        untold=Record(figures(UNTOLD, None), figures({}, None), 0, None),
        patterns=_patterns(),
        sides=[
            ("Bramble & Sons", Share(27, 31)),
            ("Hollow Electronics", Share(4, 19)),
            ("حلول المنزل", Share(2, 3)),
        ],
        role=_role(),
        incident=Incident(began_on=BEGAN, ended_on=UNTIL.date()),
        asked=request.args,
        list=Page([], unread={"it": 9, "pl": 5}),
        disguised=disguised("ѕony"),  # the first letter is Cyrillic
        turned="rtl" if request.args.get("dir") == "rtl" else "",
    )


MANY: Numbers = {
    Measure.KIND: {Kind.COMPLAINT: 41, Kind.PRAISE: 12, Kind.MIXED: 6},
    Measure.UNTOLD: {Outcome.RESOLVED: 2, Outcome.NOT_RESOLVED: 7},
    Measure.TOLD: {"": 38},
    Measure.ANSWERED: {"": 31},
    Measure.DAYS: {"0": 2, "2": 9, "6": 8, "12": 6, "25": 4, "70": 2},
    Measure.ENDING: {Outcome.RESOLVED: 17, Outcome.NOT_RESOLVED: 9, Outcome.MOOT: 1},
    Measure.WAITING: {"": 5},
    Measure.AGAIN: {"yes": 11, "no": 8, "never": 3},
    Measure.GRADE: {"2": 6, "7": 9, "9": 7},
    Measure.PROMISE: {PromiseState.KEPT: 9, PromiseState.BROKEN: 4},
    Measure.OFFER: {OfferState.ACCEPTED: 4, OfferState.REFUSED: 3},
    Measure.EFFORT: {"": 22},
    Measure.MINUTES: {"": 5640},
    Measure.CONTACTS: {"": 143},
}
FEW: Numbers = {
    Measure.KIND: {Kind.COMPLAINT: 4},
    Measure.TOLD: {"": 4},
    Measure.ANSWERED: {"": 3},
    Measure.DAYS: {"1": 2, "9": 1},
    Measure.ENDING: {Outcome.RESOLVED: 1, Outcome.NOT_RESOLVED: 2},
    Measure.WAITING: {"": 1},
}
UNTOLD: Numbers = {
    Measure.KIND: {Kind.COMPLAINT: 3},
    Measure.UNTOLD: {Outcome.NOT_RESOLVED: 3},
}


def _patterns() -> Patterns:
    kettle = Product(id=1, name="Kettle K3", company_id=1)
    return Patterns(
        issues=[_pattern(IssueType.DEFECT, 19), _pattern(IssueType.LONG_WAIT, 2)],
        products=[_pattern(IssueType.DEFECT, 9, kettle)],
    )


def _pattern(issue: IssueType, number: int, product: Product | None = None) -> Pattern:
    pattern = Pattern(issue, product, number, first=2019, last=2026)
    pattern.endings.update({Outcome.RESOLVED: number // 3, Outcome.NOT_RESOLVED: 1})
    pattern.years = {2019: 1, 2021: number // 2, 2024: 3, 2026: number // 4}
    return pattern


def _role() -> Representative:
    """Somebody whose role is under check."""
    role = Representative(doubt=Doubt.RECORD_LOST, doubted_at=AT)
    proof = Verification(
        method=Method.DNS, verified_at=AT, verifier=Verifier.SITE, expires_at=UNTIL
    )
    role.verifications = [proof]
    return role
