"""The parts of the look, a story's page and all fields, for development only.

`?dir=rtl` shows them as a language sees them that runs from right to left.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from flask import Blueprint, render_template, request

from stories.cases import Clock, Standing
from stories.effort import Effort, effort
from stories.models import (
    Amount,
    Comment,
    Company,
    Contact,
    Letter,
    Member,
    Mention,
    Offer,
    Point,
    Product,
    Promise,
    Quotation,
    Rejoinder,
    Response,
    Story,
    TimelineEntry,
    Update,
)
from stories.models.codes import (
    Again,
    AmountRole,
    CaseState,
    Channel,
    ClosedWhy,
    CommentState,
    Happening,
    Kind,
    MentionRole,
    OfferState,
    OriginKind,
    Outcome,
    Party,
    Precision,
    PromiseState,
    ResponseKind,
    Rhythm,
    Side,
    Visibility,
)
from stories.models.codes import Method as Way
from stories.reading.listing import Answer
from stories.reading.story import Case
from web.narrowing import Choice, Facet

DEVELOPMENT = True

pages = Blueprint("patterns", __name__)


@dataclass(frozen=True)
class Step:
    """A step of the thread."""

    side: str
    what: str
    thing: Any
    at: datetime | None = None
    precision: str = ""
    hours_after: float | None = None


@pages.get("/patterns")
def show() -> str:
    """Colours, type and all small parts."""
    return render_template("patterns/parts.html", sample=_parts(), **_shared())


@pages.get("/patterns/story")
def story() -> str:
    """A story's page with everything that it can hold."""
    return render_template("patterns/story.html", sample=_story(), **_shared())


@pages.get("/patterns/forms")
def forms() -> str:
    """Every kind of field, filled, empty and wrong."""
    return render_template("patterns/forms.html", **_shared())


def _shared() -> dict[str, str]:
    return {"turned": "rtl" if request.args.get("dir") == "rtl" else ""}


def _on(year: int, month: int = 1, day: int = 1, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


ADA = Member(id=1, handle="ada", display_name="Ada Moretti", staff=False)
BRAMBLE = Company(id=1, name="Bramble & Sons")
HOLLOW = Company(id=2, name="Hollow Electronics")
KETTLE = Product(id=1, name="Kettle K3", company_id=1)


def _a_story(**more: Any) -> Story:
    usual = {
        "id": 1,
        "title": "The kettle that nobody would take back",
        "kind": Kind.COMPLAINT,
        "outcome": Outcome.OPEN,
        "language": "en",
        "origin": OriginKind.WRITTEN,
        "published_at": _on(2026, 3, 3, 14),
        "author": ADA,
        "comment_count": 4,
        "grade": 3,
        "would_buy_again": Again.NEVER,
        "remedy_sought": "A kettle that boils, or my money.",
        "remedy_received": "",
    }
    return Story(**{**usual, **more})


def _cards() -> list[tuple[Story, str, str, Effort, list[Answer]]]:
    return [
        (
            _a_story(updated_at=_on(2026, 5, 1)),
            "It boiled four times; then the lid stayed shut and the light stayed on.",
            "aacaac",
            Effort(calls=2, messages=1, minutes=155),
            [Answer(BRAMBLE, Clock(47, answered=False))],
        ),
        (
            _a_story(
                title="Riparato in tre giorni, e con una lettera di scuse",
                kind=Kind.PRAISE,
                outcome=Outcome.RESOLVED,
                language="it",
                origin=OriginKind.IMPORTED,
                author=None,
                author_name="Vecchio blog",
                comment_count=0,
            ),
            "Hanno chiamato loro. Non me lo aspettavo, e il lunedì dopo era qui.",
            "acc",
            Effort(),
            [Answer(BRAMBLE, Clock(2, answered=True))],
        ),
        (
            _a_story(
                title="Half of what I paid came back",
                kind=Kind.MIXED,
                outcome=Outcome.PARTLY_RESOLVED,
            ),
            "",
            "aaaacac",
            Effort(messages=4),
            [Answer(BRAMBLE, Clock(21, answered=True)), Answer(HOLLOW, None)],
        ),
    ]


def _parts() -> dict[str, Any]:
    return {
        "cards": _cards(),
        "clocks": [Clock(9, True), Clock(21, True), Clock(47, False)],
        "facets": [
            Facet(
                "kind",
                "Kind",
                [
                    Choice("Complaint", 1204, "#", True, "#"),
                    Choice("Praise", 311, "#", False, "#", True),
                    Choice("Mixed", 87, "#", False, "#"),
                ],
                True,
            ),
            Facet(
                "language",
                "Language",
                [Choice("English", 801, "#"), Choice("Korean", 12, "#")],
                False,
            ),
        ],
        "outcomes": [
            ("Resolved", 41, "praise"),
            ("Partly resolved", 12, "mixed"),
            ("Not resolved", 19, "complaint"),
            ("No word from the author", 30, ""),
        ],
        "today": date(2026, 3, 3),
    }


def _story() -> dict[str, Any]:
    return {
        "story": _a_story(
            comments_closed_why=ClosedWhy.AUTHOR, comments_closed_at=_on(2026, 6, 1)
        ),
        "effort": effort(_contacts()),
        "steps": _steps(),
        **_companies(),
        **_facts(),
        "offers": [_offer()],
        "letter": Letter(
            by=Party.COMPANY,
            sender="Bramble & Sons, customer care",
            at=_on(2026, 3, 9),
            precision=Precision.DAY,
            html="<p>Dear Ms Moretti,</p><p>we have looked at your kettle with great "
            "care and could not find a kettle.</p><p>Kind regards</p>",
            language="en",
        ),
        "quotation": Quotation(
            who="A tea drinker's diary",
            address="https://example.org/tea",
            html="<p>One boils water, or one does not. There is no third thing.</p>",
            language="en",
        ),
        "threads": _threads(),
    }


def _facts() -> dict[str, Any]:
    return {
        "amounts": [
            Amount(role=AmountRole.PAID, value=Decimal(25), currency="EUR", what=""),
            Amount(role=AmountRole.REFUNDED, value=Decimal("12.5"), currency="EUR"),
            Amount(role=AmountRole.IN_KIND, what="a box of filters"),
        ],
        "points": [
            Point(side=Side.GOOD, words="The man in the shop listened"),
            Point(side=Side.BAD, words="Four different answers in one week"),
            Point(
                side=Side.BAD, words="The form asks for a number that is not printed"
            ),
        ],
        "promises": [
            Promise(
                by=Party.COMPANY,
                what="Call back within three hours",
                state=PromiseState.KEPT,
                note="On time, and useless.",
            )
        ],
    }


def _contacts() -> list[Contact]:
    return [
        Contact(
            channel=Channel.PHONE,
            by=Party.AUTHOR,
            at=_on(2026, 1, 20),
            precision=Precision.DAY,
            minutes=35,
            wait_minutes=20,
            people=3,
            numbers_called=2,
            result="A call back within three hours.",
        ),
        Contact(
            channel=Channel.PHONE,
            by=Party.COMPANY,
            hours_after=Decimal(4),
            minutes=60,
            result="They had me descale it while they listened.",
        ),
        Contact(
            channel=Channel.FAX,
            by=Party.AUTHOR,
            rhythm=Rhythm.WEEKLY,
            at=_on(2026, 2),
            precision=Precision.MONTH,
            until=_on(2026, 3),
            until_precision=Precision.MONTH,
            result="Nothing.",
        ),
    ]


def _companies() -> dict[str, Any]:
    mentions = _mentions()
    standing = Standing(CaseState.AWAITING_AUTHOR, _on(2026, 3, 12))
    return {
        "mentions": mentions,
        "cases": [Case(mentions[0], standing, Clock(9, True))],
    }


def _mentions() -> list[Mention]:
    return [
        Mention(
            company_id=1,
            company=BRAMBLE,
            role=MentionRole.SUBJECT,
            products=[KETTLE],
            reason="",
            case_state=CaseState.AWAITING_AUTHOR,
        ),
        Mention(
            company_id=2,
            company=HOLLOW,
            role=MentionRole.PRAISED,
            products=[],
            reason="Lent me theirs for a month",
        ),
    ]


def _steps() -> list[Step]:
    first, second, third = _contacts()
    return [
        Step("author", "contact", first, first.at, Precision.DAY),
        Step("company", "contact", second, hours_after=4),
        Step("author", "contact", third, third.at, Precision.MONTH),
        Step("site", "event", _event(Happening.PUBLISHED), _on(2026, 3, 3, 14)),
        Step("site", "event", _event(Happening.TOLD), _on(2026, 3, 3, 15)),
        *_exchange(),
        Step(
            "author",
            "event",
            _event(Happening.OUTCOME_CHANGED, to="partly_resolved"),
            _on(2026, 5, 20),
        ),
    ]


def _exchange() -> list[Step]:
    update = Update(
        id=1,
        visibility=Visibility.PUBLIC,
        html="<p>Half of it came back today, in coins, in an envelope without a word. "
        "I have put it beside the kettle.</p><p>They look well together.</p>",
        language="en",
    )
    answer = Response(
        id=1,
        visibility=Visibility.PUBLIC,
        kind=ResponseKind.APOLOGISE,
        company_name="Bramble & Sons",
        speaker="Ida Brown",
        job_title="Customer care",
        method=Way.EMAIL,
        verified_on=date(2026, 2, 1),
        posted_at=_on(2026, 3, 12),
        html="<p>We are sorry. The letter of 9 March should never have been sent, and "
        "the person who wrote it agrees. Please tell us where a new kettle may go.</p>",
        language="en",
        origin=OriginKind.WRITTEN,
    )
    rejoinder = Rejoinder(
        id=1,
        visibility=Visibility.PUBLIC,
        html="<p>Thank you. To where the first one went.</p>",
        language="en",
    )
    return [
        Step("company", "response", answer, _on(2026, 3, 12, 9)),
        Step("author", "rejoinder", rejoinder, _on(2026, 3, 12, 18)),
        Step("company", "offer", _offer(), _on(2026, 4, 2)),
        Step("author", "update", update, _on(2026, 5, 1)),
    ]


def _offer() -> Offer:
    return Offer(
        what="A new kettle at half its price",
        value=Decimal("12.5"),
        list_value=Decimal(25),
        currency="EUR",
        state=OfferState.REFUSED,
        why="I have a kettle. I would like one that boils.",
    )


def _event(happening: Happening, **details: Any) -> TimelineEntry:
    return TimelineEntry(happening=happening, details=details)


def _threads() -> list[tuple[Comment, list[Comment]]]:
    def comment(number: int, words: str, **more: Any) -> Comment:
        usual = {"state": CommentState.PUBLIC, "posted_at": _on(2026, 3, 4)}
        usual |= {"html": f"<p>{words}</p>", "language": "en", "author": None}
        return Comment(id=number, **{**usual, **more})

    return [
        (
            comment(1, "The same happened to my toaster.", guest_name="Bo"),
            [
                comment(2, "Was it also in coins?", author=ADA),
                comment(3, "", state=CommentState.TOMBSTONE),
            ],
        ),
        (comment(4, "E il bollitore adesso?", guest_name="Pina", language="it"), []),
    ]
