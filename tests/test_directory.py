"""Companies found as somebody types, in any script and with slips."""

import random

import pytest

from stories import companies
from stories.reading.directory import matching
from stories.text import begins_with_slip, one_slip
from tests.benchmarks import typeahead

NAMES = {
    "Łódź Tramways": ["MPK Łódź"],
    "Toys R Us": ["トイザらス", "玩具反斗城"],
    "IKEA": ["宜家", "イケア", "이케아", "ИКЕА", "איקאה", "ايكيا"],
    "Добрынинский": ["Dobryninsky"],
    "เซ็นทรัล": ["Central Department Store"],
    "Société Générale": ["SocGen"],
    "Samsung Electronics": ["삼성전자", "三星电子"],
    "Samsonite": [],
    "Sony": ["ソニー"],
    "Sonyx Trading": [],
    "McDonald’s": ["マクドナルド", "麦当劳"],
    "City of Ashland": [],
    "Газпромнефть": [],
    "くまざわ書店": [],
}


@pytest.fixture
def names(db) -> None:
    for name, others in NAMES.items():
        companies.add_aliases(db, companies.add(db, name), others)
    db.commit()


def found(db, typed: str) -> list[str]:
    return [match.company.name for match in matching(db, typed)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lodz tramw", "Łódź Tramways"),
        ("ＭＰＫ　ｌｏｄｚ", "Łódź Tramways"),
        ("toysrus", "Toys R Us"),
        ("toys r us (usa)", "Toys R Us"),
        ("といざら", "Toys R Us"),
        ("ﾄｲｻﾞらす", "Toys R Us"),
        ("газпромнефть", "Газпромнефть"),
        ("gazpromneft", "Газпромнефть"),
        ("uFPGHJVYTANM", "Газпромнефть"),
        ("kumazawa", "くまざわ書店"),
        ("сони", "Sony"),
        ("소니", "Sony"),
        ("そに", "Sony"),
        ("ыщтн", "Sony"),
        ("내ㅜㅛ", "Sony"),
        ("宜家", "IKEA"),
        ("икеа", "IKEA"),
        ("איקא", "IKEA"),
        ("ایکیا", "IKEA"),
        ("добрынински", "Добрынинский"),
        ("dobrininsky", "Добрынинский"),
        ("เซ็นท", "เซ็นทรัล"),
        ("societe generale", "Société Générale"),
        ("sociéte genrale", "Société Générale"),
        ("samsnug", "Samsung Electronics"),
        ("samsung elektro", "Samsung Electronics"),
        ("三星电孑", "Samsung Electronics"),
        ("mcdonalds", "McDonald’s"),
        ("mc donald's", "McDonald’s"),
        ("ctiy of ashland", "City of Ashland"),
        ("city of ashladn", "City of Ashland"),
    ],
)
def test_a_company_is_found_by_what_was_typed(db, names, typed, name):
    assert found(db, typed)[0] == name


def test_the_name_itself_comes_first_and_longer_ones_after(db, names):
    assert found(db, "sony")[:2] == ["Sony", "Sonyx Trading"]
    assert found(db, "sams") == ["Samsonite", "Samsung Electronics"]


def test_what_fits_nothing_finds_nothing(db, names):
    for typed in ("", " ", "zzzzzz", "q", "%", "_", "\x00", "a" * 500):
        assert found(db, typed) == []


def test_the_name_that_fits_is_told(db, names):
    (match, *_) = matching(db, "玩具")

    assert (match.company.name, match.name) == ("Toys R Us", "玩具反斗城")


def test_a_merged_company_leads_to_the_one_it_became(db, names):
    (other, *_) = matching(db, "samsonite")
    (sony, *_) = matching(db, "sony")
    other.company.merged_into_id = sony.company.id
    db.commit()

    assert found(db, "samsonit") == ["Sony"]
    assert found(db, "so").count("Sony") == 1


def test_what_is_typed_takes_few_statements(db, names, statements):
    for typed in ("sony", "samsnug", "toys r us in town"):
        statements.clear()
        found(db, typed)
        assert len(statements) <= 6


@pytest.mark.parametrize("slip", ["substitute", "swap", "drop", "add"])
def test_one_slip_anywhere_is_one_slip(slip):
    words = "electronics"
    for at in range(len(words) - 1):
        said = {
            "substitute": words[:at] + "x" + words[at + 1 :],
            "swap": words[:at] + words[at + 1] + words[at] + words[at + 2 :],
            "drop": words[:at] + words[at + 1 :],
            "add": words[:at] + "x" + words[at:],
        }[slip]
        assert one_slip(words, said)
        assert one_slip(said, words)
        assert begins_with_slip(words + " and more", said)
        assert not one_slip(said, words + "ab")


def test_most_of_the_real_directory_is_found(db, data):
    """A part of it, asked in the ways that the bench asks the whole."""
    random.seed(1)
    asked = typeahead.queries(150)
    for query in asked:
        company = companies.add(db, query["expect"], domain=None, wikidata=None)
        companies.add_aliases(db, company, [query["query"]])
    db.commit()

    for way in typeahead.ways(asked):
        hits = [
            any(typeahead.is_meant(match, query) for match in matching(db, typed)[:5])
            for query in asked
            for typed in [way.typed(query["query"])]
        ]
        assert sum(hits) / len(hits) >= (way.goal or 0.9), way.name


@pytest.mark.parametrize("typed", ["sоny", "Sоny", "ѕony", "sοny"])
def test_a_name_in_letters_that_pass_for_others_finds_nobody(db, names, typed):
    assert found(db, typed) == []


def test_a_company_that_is_written_so_is_found_as_it_is_written(db, names):
    companies.add(db, "Sоny")

    assert found(db, "sоny") == ["Sоny"]
