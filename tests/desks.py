"""Cases on a company's desk, and what is read there."""

from datetime import timedelta

from stories.models import now
from tests.lives import a_story, mention


def a_case(db, author, company, days, state="awaiting_company", **more):
    """A story of which the company was told so many days ago."""
    at = now() - timedelta(days=days)
    answered = more.pop("answered_at", None)
    changed = more.pop("case_changed_at", at)
    story = a_story(db, author, None, published_at=at, **more)
    mention(
        db,
        story,
        company,
        "subject",
        told_at=at,
        case_state=state,
        case_changed_at=changed,
        answered_at=answered,
    )
    return story


def titles(page) -> list[str]:
    """What lies on the desk, from above."""
    words = page.text.split("<h3>")[1:]
    return [each.split("</a>")[0].rpartition(">")[2] for each in words]
