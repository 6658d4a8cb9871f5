"""What people enter: limits, nonsense, and everything told at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stories.entries import MOST_TEXT, MOST_TITLE, When
from stories.entries.story import MentionEntry, StoryEntry
from stories.models import now
from stories.models.codes import Precision
from tests.people import an_entry


def problems(**more: Any) -> dict[str, str]:
    """Where a story is wrong, and what is said about it."""
    with pytest.raises(ValidationError) as found:
        an_entry(**more)
    return {
        ".".join(str(part) for part in error["loc"]): error["msg"]
        for error in found.value.errors()
    }


def test_everything_is_told_at_once_at_its_field():
    told = problems(title="", kind="unknown", mentions=[], visibility="hidden")

    assert set(told) == {"title", "kind", "mentions", "visibility"}


@pytest.mark.parametrize("unseen", ["", "  \n", "\u200b", "\u2060\u200d", "\x00"])
def test_what_cannot_be_seen_is_missing(unseen):
    assert problems(title=unseen, text=unseen) == {
        "title": "Field required",
        "text": "Field required",
    }


def test_a_story_is_about_some_company():
    assert "mentions" in problems(mentions=[{"company": "A", "role": "praised"}])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * (MOST_TITLE + 1)),
        ("text", "x" * (MOST_TEXT + 1)),
        ("language", "Klingon!"),
        ("effort_minutes", -1),
        ("effort_minutes", 10**30),
        ("source_address", "javascript:alert(1)"),
        ("source_address", "https://"),
        ("source_address", "https://[::1"),
        ("source_address", "https://a b.example"),
        ("issues", ["haunted"]),
        ("happened", {"year": 2024, "month": 2, "day": 30}),
        ("happened", {"month": 2}),
        ("happened", {"year": 2099}),
        ("mentions", [{"company": "A", "company_id": 10**30}]),
        ("mentions", [{"company": "A", "domain": "not a domain"}]),
        ("amounts", [{"role": "paid", "value": "NaN", "currency": "EUR"}]),
        ("amounts", [{"role": "paid", "value": "12", "currency": "ZZZ"}]),
        ("amounts", [{"role": "paid", "value": "12"}]),
        ("amounts", [{"role": "in_kind"}]),
        ("offers", [{"what": "a discount", "list_value": "12"}]),
        ("contacts", [{"channel": "smoke signals"}]),
        ("contacts", [{"channel": "phone", "hours_after": "NaN"}]),
        ("evaluation", {"grade": 11}),
        ("series", {"title": "Saga", "part": 0}),
        ("points_good", ["x"] * 51),
        ("names", [{"name": "J"}]),
    ],
)
def test_nonsense_is_refused_at_its_field(field, value):
    assert [name.split(".")[0] for name in problems(**{field: value})] == [field]


def test_too_long_a_title_is_told_in_letters():
    with pytest.raises(ValidationError) as found:
        an_entry(title="x" * (MOST_TITLE + 1))

    assert found.value.errors()[0]["type"] == "string_too_long"


def test_a_fact_is_about_a_company_that_the_story_mentions():
    amounts = [
        {"role": "paid", "value": "1", "currency": "EUR", "company": "Acme"},
        {"role": "paid", "value": "1", "currency": "EUR", "company": "Other"},
    ]

    with pytest.raises(ValidationError) as found:
        an_entry(amounts=amounts)

    assert found.value.errors()[0]["ctx"]["error"].field == "amounts-1-company"


def test_blank_lines_of_a_list_are_left_out():
    entry = an_entry(points_good=["quick", "", " "], issues=["defect", "defect"])

    assert entry.points_good == ["quick"]
    assert entry.issues == ["defect"]


@pytest.mark.parametrize(
    "typed", ["example.com", "www.Example.com", "https://example.com/about?x=1"]
)
def test_a_domain_is_read_from_what_was_pasted(typed):
    mention = MentionEntry(company="Example", domain=typed)

    assert mention.domain == "example.com"


@pytest.mark.parametrize(
    ("typed", "at", "precision"),
    [
        ({}, None, Precision.UNKNOWN),
        ({"year": 2010}, datetime(2010, 1, 1, tzinfo=UTC), Precision.YEAR),
        ({"year": 2010, "month": 3}, datetime(2010, 3, 1, tzinfo=UTC), Precision.MONTH),
        (
            {"year": 2010, "month": 3, "about": True},
            datetime(2010, 3, 1, tzinfo=UTC),
            Precision.ABOUT_MONTH,
        ),
        (
            {"year": 2010, "month": 3, "day": 16, "time": "17:30"},
            datetime(2010, 3, 16, 17, 30, tzinfo=UTC),
            Precision.MINUTE,
        ),
        (
            {"year": 2010, "month": 3, "day": 16, "time": "17:30", "about": True},
            datetime(2010, 3, 16, tzinfo=UTC),
            Precision.ABOUT_DAY,
        ),
    ],
)
def test_a_moment_is_as_exact_as_it_is_known(typed, at, precision):
    when = When.model_validate(typed)

    assert when.at == at
    assert when.precision == precision


def test_it_may_be_tomorrow_already_where_the_author_lives():
    tomorrow = now() + timedelta(hours=13)
    day = {"year": tomorrow.year, "month": tomorrow.month, "day": tomorrow.day}

    assert an_entry(happened=day).happened.day == tomorrow.day


@given(st.text(max_size=300), st.text(max_size=300))
def test_no_text_breaks_an_entry(title, text):
    try:
        entry = an_entry(title=title, text=text)
    except ValidationError:
        return

    assert StoryEntry.model_validate(entry.model_dump(mode="json")) == entry
