"""What readers add and are warned of, as samples to look at, for development only."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request

from stories.models import (
    Caution,
    Corroboration,
    Member,
    Poll,
    Story,
    Translation,
)
from stories.models.codes import Kind, OriginKind, Outcome
from stories.models.readers import Concern, Question
from stories.reading.readers import Added, Same

DEVELOPMENT = True

pages = Blueprint("patterns_readers", __name__)
AT = datetime(2026, 3, 3, 14, tzinfo=UTC)


@pages.get("/patterns/readers")
def show() -> str:
    """Warnings, “same here”, a poll (`?poll=`), and where stories come from."""
    sample, asked = _sample(), request.args.get("poll", "open")
    return render_template(
        "patterns/readers.html",
        sample=sample,
        asked=asked if asked in sample["polls"] else "open",
        turned="rtl" if request.args.get("dir") == "rtl" else "",
    )


def _sample() -> dict[str, Any]:
    story = _story(OriginKind.WRITTEN)
    return {
        "story": story,
        "cautions": _cautions(),
        "polls": _polls(),
        "added": Added(_same(), True, None, []),
        "told": Translation(
            title="Il bollitore che nessuno rivoleva",
            language="it",
            translator=Member(handle="bo", display_name="Bo Lund"),
        ),
        "outcomes": [(Outcome.NOT_RESOLVED, 12), (Outcome.RESOLVED, 1)],
        "origins": [
            story,
            _story(OriginKind.INVITED),
            _story(OriginKind.IMPORTED),
            _story(OriginKind.IMPORTED, claimed_at=AT),
        ],
    }


def _story(origin: OriginKind, **more: Any) -> Story:
    return Story(
        id=1,
        title="The kettle that nobody would take back",
        kind=Kind.COMPLAINT,
        outcome=Outcome.OPEN,
        language="en",
        origin=origin,
        published_at=AT,
        author_name="Ada Moretti",
        comment_count=4,
        **more,
    )


def _cautions() -> list[Caution]:
    return [
        _caution(Concern.UNDER_CHECK, "staff", "We have asked for the receipt."),
        _caution(Concern.AUTHOR_CONTACTED, "staff", "Which shop was it?"),
        _caution(Concern.PRESSURE, "author", "Mi hanno offerto 200 € per tacere."),
    ]


def _caution(concern: Concern, by: str, words: str) -> Caution:
    return Caution(concern=concern, by=by, words=words, since=AT)


def _polls() -> dict[str, Poll]:
    polls = {
        "open": Poll(question=Question.PAID, words="", yes=128, no=31, unsure=9),
        "new": Poll(question=Question.FAIR, words="", yes=0, no=0, unsure=0),
        "closed": Poll(
            question=Question.OWN,
            words="Was it my fault?",
            yes=1,
            no=0,
            unsure=0,
            closed_at=AT,
        ),
    }
    for poll in polls.values():
        poll.opened_at = AT
    return polls


def _same() -> list[Same]:
    def said(
        number: int, outcome: Outcome, text: str = "", **more: Any
    ) -> Corroboration:
        return Corroboration(
            id=number, outcome=outcome, text=text, posted_at=AT, **more
        )

    return [
        Same(
            said(3, Outcome.NOT_RESOLVED, "Twice, even.", language="en", year=2025),
            "Bramble & Sons",
            "Kettle K3",
        ),
        Same(
            said(2, Outcome.RESOLVED, "Sostituito.", language="it", year=2024),
            "Bramble & Sons",
            "Kettle K3 Sport, 1.7 l, brushed steel",
        ),
        Same(said(1, Outcome.NOT_RESOLVED), "Bramble & Sons", ""),
    ]
