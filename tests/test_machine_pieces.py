"""What a machine is given of a text, and how it is put together again."""

import pytest

from stories.translating import pieces

MARKDOWN = [
    "One.\n\n- Two\n- Three",
    "# One\n\n1. a\n   b\n\n\n> quote\n> again\n\n---\n\n    code",
    "**UPDATE**\n\n* one\n\t* two\n\n- [x] done",
    "x" * 12_000,
    "Ein Satz. " * 2_000,
    "文。" * 4_000,
    "",
    "  \n\n a \n",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_what_is_cut_and_joined_is_the_same(text):
    kept, words = pieces.cut(text)

    assert pieces.joined(kept, words) == text
    assert max(map(len, words), default=0) <= pieces.MOST_LETTERS


def test_the_signs_of_markdown_stay_with_us():
    kept, words = pieces.cut("## One\n\n> - Two\n\n---\n\n3. Three")

    assert words == ["One", "Two", "Three"]
    assert pieces.joined(kept, [" uno ", "due", "tre"]) == (
        "## uno\n\n> - due\n\n---\n\n3. tre"
    )
