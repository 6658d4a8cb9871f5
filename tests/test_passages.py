"""Passages are found as people quote them, and marked without breaking the text."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.text import Note, marked, plain, quoted, render, replaced

HTML = (
    "<p>The <em>lid</em> &amp; the pot “melt” in\nMay.</p>\n<ul>\n"
    '<li>Two <a href="x?a=1&amp;b=>">days late</a> really</li>\n</ul>'
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the pot", "the pot"),
        ("lid & the", "lid & the"),
        ('pot  "melt"\nin May.', "pot “melt” in May."),
        ("in May. Two days", "in May. Two days"),
        ("The pot", None),
        ("href", None),
        ("", None),
    ],
)
def test_a_passage_is_found_as_readers_see_it(typed, found):
    assert quoted(HTML, typed) == found


def test_each_stretch_of_a_passage_is_marked_and_its_note_follows():
    seen = marked(HTML, [Note("“melt” in May. Two", "[1]"), Note("days", "[2]")])

    assert '<mark class="disputed">“melt” in\nMay.</mark></p>' in seen
    assert '<li><mark class="disputed">Two</mark>[1] ' in seen
    assert (
        '<a href="x?a=1&amp;b=>"><mark class="disputed">days</mark> late</a>[2]' in seen
    )


def test_what_is_not_there_any_more_is_left_alone():
    assert marked(HTML, [Note("a teapot", "[1]")]) == HTML


def test_other_words_take_the_place_of_a_passage():
    assert replaced("I paid\nin May, I think.", "paid in May", "did not") == (
        "I did not, I think."
    )
    assert replaced("I **paid** in May.", "paid in May", "did not") is None


@given(st.text(min_size=1, max_size=80), st.data())
def test_whatever_is_quoted_from_a_text_is_found_and_the_text_stays(text, data):
    source = f"# One\n\n{text} *and* more\n\n- {text}\n- two"
    html, words = render(source), plain(source).replace("\n", " ")
    first = data.draw(st.integers(0, max(len(words) - 2, 0)))
    passage = words[first : data.draw(st.integers(first + 1, len(words)))]

    seen = marked(html, [Note(passage, "")])

    assert "".join(_texts(seen)) == "".join(_texts(html))
    if passage.strip():
        assert quoted(html, passage) is not None


def _texts(html: str) -> list[str]:
    return list(html5lib.parseFragment(html).itertext())
