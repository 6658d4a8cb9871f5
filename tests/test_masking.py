"""Names of persons, masked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I spoke to John Smith.", "I spoke to X."),
        ("JOHN was rude; smith's boss was not.", "X was rude; X's boss was not."),
        ("Mr. Smith, Mr Smith, Mr John J. Smith", "X, X, X"),
        ("Smith, John", "X"),
        ("Johnson and the blacksmith stayed.", "Johnson and the blacksmith stayed."),
    ],
)
def test_every_form_of_a_name_goes(text: str, masked: str) -> None:
    assert mask(text, "John Smith", "X") == masked


@pytest.mark.parametrize(
    ("text", "name", "masked"),
    [
        ("Ha risposto la signora De Luca.", "Maria De Luca", "Ha risposto la X."),
        ("Maria José e MARIA JOSE", "Maria José", "X e X"),
        ("Herr von der Heide, der Hund", "Anna von der Heide", "X, der Hund"),
        ("O’Brien's, O'Brien", "Sean O'Brien", "X's, X"),
        ("田中さんは来ました。田中太郎", "田中 太郎", "Xさんは来ました。X"),
        ("김철수씨가 전화했다", "김철수", "X씨가 전화했다"),
        ("Иван Петров звонил, ПЕТРОВ", "Иван Петров", "X звонил, X"),
        ("Will you call Will? I will.", "Will Turner", "X you call X? I will."),
        ("Li so; Li disse", "Li", "X so; X disse"),
        ("nothing here", "...", "nothing here"),
    ],
)
def test_names_of_many_kinds_go(text: str, name: str, masked: str) -> None:
    assert mask(text, name, "X") == masked


def test_what_stands_instead_is_taken_literally() -> None:
    assert mask("John", "John", r"\1 (.*)") == r"\1 (.*)"


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_name_can_be_masked_in_any_text(text: str, name: str) -> None:
    assert isinstance(mask(text, name, "X"), str)


@settings(deadline=None)
@given(
    st.text(st.sampled_from("ab é.,\n"), max_size=40),
    st.text(st.sampled_from("ABCDEÉF"), min_size=3, max_size=9),
)
def test_a_masked_name_stands_nowhere_alone(text: str, name: str) -> None:
    masked = mask(f"{text} {name} {text} {name.lower()}", name, "…")

    assert name.lower() not in masked.lower().split()
