"""What repeats at a company."""

from datetime import UTC, datetime, timedelta

import pytest

from stories.figures import patterns
from stories.models import StoryIssue, now
from tests.lives import a_story, count, later
from tests.reading_eyes import missing_from


@pytest.fixture
def told(db, kettles):
    """One story about what went wrong with a product, of a year."""

    def tell(issue, *, product="Kettle 3000", year=2008, outcome="not_resolved"):
        at = datetime(year, 5, 1, tzinfo=UTC)
        story = a_story(
            db,
            None,
            kettles,
            products=[product] if product else [],
            outcome=outcome,
            happened_at=at,
            happened_precision="year",
            published_at=later(0),
        )
        db.add(StoryIssue(story_id=story.id, issue=issue))
        count(db, story)
        return story

    return tell


def test_stories_are_grouped_by_product_and_what_went_wrong(db, kettles, told):
    for year in (2008, 2008, 2011):
        told("defect", year=year)
    told("defect", outcome="resolved", year=2010)
    told("defect", product="Teapot", year=2012)

    found = patterns.over_time(db, kettles)

    (kettle,) = found.products
    assert (kettle.product.name, kettle.issue, kettle.number) == (
        "Kettle 3000",
        "defect",
        4,
    )
    assert kettle.endings == {"not_resolved": 3, "resolved": 1}
    assert kettle.run == [(2008, 2), (2009, 0), (2010, 1), (2011, 1)]
    (whole,) = found.issues
    assert whole.number == 5


def test_the_last_months_are_counted_month_by_month(db, kettles, told):
    told("long_wait", year=2008)
    story = told("long_wait")
    story.happened_at = now() - timedelta(days=70)
    count(db, story)

    (waits,) = patterns.over_time(db, kettles).issues

    assert [number for _, number in waits.lately if number] == [1]
    assert len(waits.lately) == 24


def test_patterns_are_told_in_one_line_with_their_stories(client, kettles, told):
    for year in (2008, 2009, 2011):
        told("defect", year=year)

    page = client.get(f"/en/companies/{kettles.id}-kettles-co")

    assert not missing_from(
        page, "What repeats", "Kettle 3000", "3 stories, 2008–2011", "Not resolved: 3"
    )
    assert f"/en/search?company={kettles.id}&amp;issue=defect" in page.text


def test_how_patterns_run_over_time_is_a_page_of_its_own(client, kettles, told):
    for year in (2008, 2009, 2009, 2011):
        told("defect", year=year)
    company = f"/en/companies/{kettles.id}"
    assert f'href="{company}/repeats"' in client.get(f"{company}-kettles-co").text

    page = client.get(f"{company}/repeats")

    assert not missing_from(page, "4 stories, 2008–2011", "Not resolved: 4")
    assert '<th scope="row">2009</th><td class="number">2</td>' in page.text


def test_all_patterns_take_two_statements(db, kettles, told, statements):
    for issue in ("defect", "long_wait", "unsafe"):
        told(issue)
        told(issue)
    statements.clear()

    patterns.of_company(db, kettles)

    assert len(statements) == 2
