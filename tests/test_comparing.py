"""Two wordings of one text, compared."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.text import Change, diff

WORDS = st.lists(
    st.sampled_from(["a", "b", "they", " ", " ", ". ", "\n", "客", "服", "é", "!"]),
    max_size=40,
).map("".join)


def said(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.op, change.text) for change in changes]


def test_words_come_and_go() -> None:
    assert said(diff("They never called. Bad.", "They called back. Bad.")) == [
        ("same", "They "),
        ("gone", "never "),
        ("same", "called"),
        ("new", " back"),
        ("same", ". Bad."),
    ]


def test_letters_come_and_go_where_words_have_no_spaces() -> None:
    assert said(diff("服务很差。", "服务非常差。")) == [
        ("same", "服务"),
        ("gone", "很"),
        ("new", "非常"),
        ("same", "差。"),
    ]


def test_the_same_text_has_no_change() -> None:
    assert said(diff("one", "one")) == [("same", "one")]
    assert diff("", "") == []


@settings(deadline=None)
@given(WORDS, WORDS)
def test_both_wordings_can_be_read_from_their_changes(old: str, new: str) -> None:
    changes = diff(old, new)

    assert "".join(one.text for one in changes if one.op != "new") == old
    assert "".join(one.text for one in changes if one.op != "gone") == new
    assert all(one.text for one in changes)


def test_one_word_in_a_long_text_is_one_change() -> None:
    words = [f"word{random.Random(n).randrange(900)}" for n in range(7_000)]
    changed = [*words[:5_000], "other", *words[5_001:]]

    ops = [one.op for one in diff(" ".join(words), " ".join(changed))]

    assert ops == ["same", "gone", "new", "same"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a b " * 12_500, "b a " * 12_500),
        ("a. b. " * 8_000, "b. a. " * 8_000),
        ("甲乙" * 25_000, "乙甲甲" * 16_000),
        ("\n" * 50_000, ".\n" * 25_000),
        (
            "".join(f"u{n} " + "a b " * 110 for n in range(110)),
            "".join(f"u{n} " + "b a a " * 75 for n in range(110)),
        ),
    ],
    ids=range(5),
)
def test_no_pair_of_texts_takes_long(old: str, new: str) -> None:
    begun = time.process_time()
    diff(old, new)

    assert time.process_time() - begun < 2  # a quarter of a second alone
