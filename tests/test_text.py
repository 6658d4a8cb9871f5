"""Words that people write: rendered, shortened, folded, compared."""

from stories.text import excerpt, first_sentence, fold, plain, render, slug


def test_what_looks_like_html_is_shown_as_typed() -> None:
    assert render("a <b>c</b> & `<i>`") == (
        "<p>a &lt;b&gt;c&lt;/b&gt; &amp; <code>&lt;i&gt;</code></p>"
    )


def test_a_heading_stands_below_the_page_s_own() -> None:
    assert render("# One") == "<h3>One</h3>"


def test_a_link_to_a_script_is_no_link() -> None:
    assert "href" not in render("[x](javascript:alert(1))")


def test_marks_are_not_words() -> None:
    assert plain("# One\n\n*two* <three>") == "One\ntwo <three>"


def test_names_are_found_without_accents_and_case() -> None:
    assert fold("Łódź  SØRENSEN & Fils") == "lodz sorensen fils"


def test_an_address_keeps_its_script() -> None:
    assert slug("Straße 東京!") == "straße-東京"


def test_an_excerpt_ends_between_words() -> None:
    assert excerpt("one two three four", 12) == "one two…"


def test_a_title_is_the_first_sentence() -> None:
    assert first_sentence("Mr. Smith came. He left.") == "Mr. Smith came."
