"""How figures are made, worked on a real company."""

from datetime import date

from stories.models import now
from tests.reading_eyes import missing_from, words_of
from tests.test_figures import a_case, the_worked_example


def test_every_figure_has_its_formula(client, engine):
    page = client.get("/en/figures").text

    for anchor in (
        *("told", "answered", "days", "outcomes", "resolved", "interval", "again"),
        *("promises", "effort", "index", "patterns"),
    ):
        assert f'id="{anchor}"' in page, anchor
    assert "Worked" not in page


def test_formulas_are_worked_on_the_company_with_most_decided_cases(
    client, db, kettles
):
    the_worked_example(db, kettles, now())

    page = client.get("/en/figures")

    assert not missing_from(
        page,
        "worked on Kettles & Co",
        "9 / 12 = 75%",
        "6 / 10 = 60%; range 31% to 83%",
        "(9 + 3.5) / (12 + 7) = 66%",
        "(48 + 35) / (8 + 7) = 5.53",
        "divided by 100: 5.8",
    )


def test_numbers_are_those_of_the_readers_language(client, db, kettles):
    the_worked_example(db, kettles, now())

    page = client.get("/it/figures").text

    assert "5.8" not in page
    assert "5,8" in page


def test_few_cases_are_said_to_be_too_few(client, db, kettles):
    a_case(db, kettles, outcome="resolved")

    assert not missing_from(client.get("/en/figures"), "too few for an index")


def test_the_shorter_window_is_named_by_the_day_on_which_it_begins(client, db, kettles):
    the_worked_example(db, kettles, now())
    today = now()
    begins = date(today.year - 1, today.month, 1)
    words = f"{begins.day} {begins:%B} {begins.year}"

    assert not missing_from(client.get("/en/figures"), f"the time since {words}")
    for page in (
        client.get(f"/en/companies/{kettles.id}-kettles-co"),
        client.get(f"/en/compare?company={kettles.id}"),
    ):
        assert not missing_from(page, f"Since {words}")
        assert "12 months" not in words_of(page)
