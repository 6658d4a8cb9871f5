"""How figures are made, worked on a real company."""

from stories.models import now
from tests.reading_eyes import missing_from
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
