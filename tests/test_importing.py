"""Old records: read row by row, told to nobody, twice without effect."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from stories import importing
from stories.importing import BadRow, CompanyRow, Directory, Names, StoryRow
from stories.models import (
    Alias,
    Company,
    Errand,
    Mention,
    Response,
    Story,
    TimelineEntry,
    Update,
)
from stories.models.codes import CaseState, Kind, OriginKind, Precision, ResponseKind

COMPLAINT = {
    "source": "gazette",
    "source_id": "17",
    "license": "CC0",
    "lang": "en",
    "title": None,
    "body": "The kettle arrived broken. Nobody answered for weeks.",
    "company": "Tinpot Kettles",
    "product": "Whistler",
    "country": "NL",
    "published_on": "2011-06-03",
    "kind": "complaint",
    "outcome": None,
    "rating": 1,
    "responses": [],
    "url": "https://gazette.example/17",
}


def row(**changes) -> StoryRow:
    return StoryRow.model_validate({**COMPLAINT, **changes})


def bring(db, *rows: StoryRow) -> list[Story]:
    fresh = importing.unknown(db, rows)
    importing.import_stories(db, Names(), [importing.ready(one) for one in fresh])
    db.commit()
    return list(db.scalars(select(Story).order_by(Story.id)))


def test_a_story_keeps_its_source_and_its_original_date(db):
    (story,) = bring(db, row())

    assert story.origin == OriginKind.IMPORTED
    assert story.source_address == "https://gazette.example/17"
    assert story.first_published_at.date().isoformat() == "2011-06-03"
    assert story.first_published_precision == Precision.DAY
    assert story.author_id is None
    assert db.scalars(select(Mention.published_at)).one() == story.published_at


def test_a_missing_title_is_the_first_sentence(db):
    (story,) = bring(db, row())

    assert story.title == "The kettle arrived broken."


def test_a_record_without_text_is_taken_by_its_title(db):
    (story,) = bring(db, row(title="Not delivered", body=None))

    assert (story.title, story.text) == ("Not delivered", "")


def test_a_row_without_title_and_text_says_nothing():
    (bad,) = importing.read_rows(
        [json.dumps({**COMPLAINT, "title": None, "body": None})], StoryRow
    )

    assert isinstance(bad, BadRow)


def test_the_company_is_not_told(db):
    bring(db, row())

    mention = db.scalars(select(Mention)).one()
    assert mention.case_state == CaseState.NOT_TOLD
    assert mention.told_at is None
    assert db.scalars(select(Errand.task)).all() == ["index"]


def test_a_kind_that_the_source_lacks_is_unknown(db):
    (story,) = bring(db, row(kind=None))

    assert story.kind == Kind.UNKNOWN


def test_what_a_source_says_of_the_company_becomes_a_response_not_the_outcome(db):
    (story,) = bring(
        db, row(outcome="relief-monetary", extra={"timely": False, "disputed": None})
    )

    response = db.scalars(select(Response)).one()
    line = db.scalars(select(TimelineEntry)).one()
    assert story.outcome == "open"
    assert response.kind == ResponseKind.RELIEF_MONETARY
    assert response.origin == OriginKind.IMPORTED
    assert line.details == {"timely": False}


def test_updates_inside_the_text_are_lifted_out(db):
    body = "It broke.\n\nUPDATE 16 March: they called at last."
    (story,) = bring(db, row(body=body, published_on="2010-01-05"))

    update = db.scalars(select(Update)).one()
    assert update.text == "they called at last."
    assert update.happened_at.date().isoformat() == "2010-03-16"
    assert "UPDATE" not in story.text


def test_the_same_row_twice_changes_nothing(db):
    bring(db, row())
    stories = bring(db, row(), row())

    assert len(stories) == 1


def test_a_company_is_found_by_its_only_name_in_another_country(db):
    bring(db, row(source_id="1", country="US"), row(source_id="2", country="BE"))

    assert db.scalar(select(func.count()).select_from(Company)) == 1


def test_namesakes_of_other_countries_are_not_mixed_up(db):
    for country in ("US", "DE"):
        db.add(company := Company(name="Union", country=country))
        db.flush()
        db.add(Alias(company_id=company.id, name="Union", folded="union", main=True))
    db.commit()

    bring(db, row(company="Union", country="DE"), row(company="Union", source_id="2"))

    named = db.scalars(
        select(Company.country).join(Mention, Mention.company_id == Company.id)
    )
    assert sorted(named) == ["DE", "NL"]


def test_a_bad_row_is_named_with_its_line_and_reason():
    lines = ["", "no json", json.dumps({**COMPLAINT, "lang": "not a language"})]

    first, second = importing.read_rows(lines, StoryRow)

    assert (first.line, second.line) == (2, 3)
    assert "JSON" in first.why
    assert "lang" in second.why


def company(**told) -> CompanyRow:
    return CompanyRow.model_validate(told)


def take(db, *rows: CompanyRow):
    tally = importing.import_companies(db, Directory(db), rows)
    db.commit()
    return tally


def test_companies_are_found_by_domain_then_by_wikidata_then_by_name(db):
    take(db, company(name="Kito", domain="kito.example", country="IT"))
    take(db, company(name="Kito SpA", domain="kito.example"))
    take(db, company(name="KITO", country="IT", extra={"wikidata": "Q42"}))
    take(db, company(name="Quito", wikidata="Q42"))

    found = db.scalars(select(Company)).one()
    names = set(db.scalars(select(Alias.name)))
    assert (found.domain, found.wikidata) == ("kito.example", "Q42")
    assert names == {"Kito", "Kito SpA", "KITO", "Quito"}


def test_companies_with_other_domains_stay_apart_under_one_name(db):
    tally = take(
        db,
        company(name="Kito", domain="kito.example"),
        company(name="Kito", domain="kito.test"),
    )

    assert tally.added == 2


def test_a_directory_read_twice_changes_nothing(db):
    rows = [
        company(name="Kito", aliases=["キト"], domain="kito.example"),
        company(name="Union", country="DE"),
        company(name="Union", country="US"),
    ]

    first, second = take(db, *rows), take(db, *rows)

    assert (first.added, second.added, second.known) == (3, 0, 3)
    assert db.scalar(select(func.count()).select_from(Alias)) == 4


@given(st.text(max_size=200))
def test_no_line_breaks_the_reader(line):
    for found in importing.read_rows([line], StoryRow):
        assert isinstance(found, (BadRow, StoryRow))


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys([*COMPLAINT, "extra", "other"], anything)
    )
)
def test_no_row_breaks_the_import(told):
    (found,) = importing.read_rows([json.dumps({**COMPLAINT, **told})], StoryRow)

    if not isinstance(found, BadRow):
        assert importing.ready(found).title


@pytest.mark.parametrize(
    "name", ["stories.en", "stories.fr", "stories.th", "structured.en"]
)
def test_real_records_are_read_without_a_bad_row(db, data, name):
    with (data / f"{name}.jsonl").open() as lines:
        rows = list(importing.read_rows(lines, StoryRow))[:400]

    stories = bring(db, *rows)

    assert not [row for row in rows if isinstance(row, BadRow)]
    assert len(stories) == len(rows)


@pytest.mark.parametrize(
    ("source", "title", "issues"),
    [
        ("cfpb", "Fees or interest: Charged too much", ["hidden_cost"]),
        ("cfpb", "Closing an account", ["cancellation_refused"]),
        ("cfpb", "Communication tactics: Frequent calls", ["other"]),
        ("gazette", "Fees or interest", []),
    ],
)
def test_what_went_wrong_is_taken_over_where_the_source_tells(
    db, source, title, issues
):
    (story,) = bring(db, row(source=source, title=title))

    db.refresh(story, ["issues"])
    assert [each.issue for each in story.issues] == issues
