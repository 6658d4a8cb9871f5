"""Words that people write: rendered, shortened, folded."""

import pytest

from stories.text import clean, excerpt, first_sentence, fold, plain, render, slug


def lines(html: str) -> str:
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("*a* **b** ***c*** _d_", "<em>a</em> <strong>b</strong> <em><strong>c"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("**強調「です」**文字", "<strong>強調「です」</strong>文字"),
        ("5*3*2 snake_case_word f***", "<p>5*3*2 snake_case_word f***</p>"),
        ("\\*not\\* so", "<p>*not* so</p>"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("# One\n## Two", "<h3>One</h3><h4>Two</h4>"),
        ("## One\n#### Two\n## Three", "<h3>One</h3><h4>Two</h4><h3>Three</h3>"),
        ("###### Six", "<h3>Six</h3>"),
        ("One\n===\n\nTwo\n---", "<h3>One</h3><h4>Two</h4>"),
        ("# C#", "<h3>C#</h3>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("one\ntwo\n---\nthree", "<p>one<br>two</p><hr><p>three</p>"),
        ("> a\nb\n> > c", "<blockquote><p>a<br>b</p><blockquote><p>c</p></blockquote>"),
        ("They said:\n- a\n- b", "<p>They said:</p><ul><li>a</li><li>b</li></ul>"),
        (
            "- a\n  - b\n    - c\n- d",
            "<li>a<ul><li>b<ul><li>c</li></ul></li></ul></li>",
        ),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("16. März rief ich an", "<p>16. März rief ich an</p>"),
        ("- 16. März: Anruf", "<ul><li>16. März: Anruf</li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("    Dear Sir,\n    no", "<p>Dear Sir,<br>no</p>"),
        ("```\n<b> &amp;\n  x\n```", "<pre><code>&lt;b&gt; &amp;amp;  x</code></pre>"),
        ("~~~ text\na\n~~~", "<pre><code>a</code></pre>"),
        ("```\nnever closed", "<p>```<br>never closed</p>"),
        ("> ```\n> a\n> ```", "<blockquote><pre><code>a</code></pre></blockquote>"),
        ("- a\n\n  ```\n  b\n  ```", "<li><p>a</p><pre><code>b</code></pre></li>"),
        ("|a|b|\n|-|-:|\n|1|`x|y`|", '<td align="right"><code>x|y</code></td>'),
    ],
)
def test_markdown_reads_as_it_was_meant(typed: str, html: str) -> None:
    assert html in lines(render(typed))


@pytest.mark.parametrize(
    "typed",
    ["<b>a</b>", "&lt;b&gt; &amp; &copy;", "<script>alert(1)</script>", "<!-- a -->"],
)
def test_what_looks_like_html_is_shown_as_typed(typed: str) -> None:
    assert plain(typed) == typed
    assert plain(f"`{typed}`") == typed
    assert plain(f"```\n{typed}\n```") == typed


@pytest.mark.parametrize(
    ("typed", "address", "shown"),
    [
        ("[a](http://b.example/c)", "http://b.example/c", "a"),
        ("[a](<http://b.example/c d>)", "http://b.example/c%20d", "a"),
        ("[a](http://b.example/c_(d))", "http://b.example/c_(d)", "a"),
        ("[a](www.b.example)", "http://www.b.example", "a"),
        ("[a]\n\n[A]: http://b.example", "http://b.example", "a"),
        ("[a][b c]\n\n[B c]: <http://b.example>", "http://b.example", "a"),
        ("<http://b.example>", "http://b.example", "http://b.example"),
        ("<ada@b.example>", "mailto:ada@b.example", "ada@b.example"),
        ("(see http://b.example/a_b_(c)).", "http://b.example/a_b_(c)", None),
        ("Siehe http://b.example/c, dann", "http://b.example/c", None),
        ("詳細はhttps://b.example/c。次", None, "詳細はhttps://b.example/c。次"),
        ("**https://b.example/c**", "https://b.example/c", "https://b.example/c"),
        ("www.b.example", "http://www.b.example", "www.b.example"),
        ("![a photo](http://b.example/c.png)", "http://b.example/c.png", "a photo"),
        ("![](http://b.example/c.png)", "http://b.example/c.png", "http://b.example/c"),
        ("[![a](http://b.example/c)](http://d.example)", "http://d.example", "a"),
    ],
)
def test_addresses_become_links(typed: str, address: str | None, shown: str) -> None:
    html = render(typed)

    assert html.count("<a ") == (address is not None)
    assert f'href="{address}"' in html or address is None
    assert (shown or address or "") in plain(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "[a](javascript:alert(1))",
        "[a](data:text/html,b)",
        "[a](/../admin)",
        "[a](//b.example)",
        "[a](b)",
        "[a](http://)",
        "![a](javascript:alert(1))",
        "<javascript:alert(1)>",
        "file:///etc/passwd",
    ],
)
def test_other_addresses_are_shown_as_typed(typed: str) -> None:
    assert "<a" not in render(typed)
    assert plain(typed) == typed


def test_links_are_marked_as_the_reader_s_own() -> None:
    assert 'rel="ugc nofollow"' in render("http://b.example")


def test_a_link_keeps_its_title() -> None:
    assert 'title="c &amp; d"' in render('[a](http://b.example "c & d")')


def test_a_name_is_masked_before_it_is_rendered() -> None:
    html = render("**John** called, said `John`.", masks=[("John Smith", "the clerk")])

    assert html == (
        "<p><strong>The clerk</strong> called, said <code>the clerk</code>.</p>"
    )


def test_a_table_too_large_for_a_page_is_shown_as_typed() -> None:
    table = "|".join("a" * 99) + "\n" + "|".join("-" * 99) + "\n" + "|\n" * 99

    assert "<table" not in render(table)


def test_cleaning_leaves_what_is_seen() -> None:
    assert clean("a\r\nb\x00\x07\rc \t\n\n") == "a\nb\nc"
    assert clean("e\u0301") == "é"
    assert clean("a\u00a0b\tc") == "a\u00a0b\tc"
    assert clean("\ud83d\ude00 \ud800") == "😀"
    assert clean("👨‍👩‍👧‍👦 می‌خواهم") == "👨‍👩‍👧‍👦 می‌خواهم"


def test_changes_of_direction_end_with_their_line() -> None:
    assert clean("a\u202eb\nc") == "a\u202eb\u202c\nc"
    assert clean("a\u202c\u2069b") == "ab"
    assert clean("\u2066a\u202eb\u2069c") == "\u2066a\u202eb\u202c\u2069c"


def test_marks_are_not_words() -> None:
    assert plain("# One\n\n*two* <three>\n\n- a\n- b") == "One\ntwo <three>\na\nb"
    assert plain("|a|b|\n|-|-|\n|c|d|") == "a b\nc d"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two three four", "one two…"),
        ("one two", "one two"),
        ("one\n\ntwo", "one two"),
        ("one two, three four", "one two…"),
        ("一二三四五六七八九十百千万", "一二三四五六七八九十百…"),
        ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦…"),
        ("a\u202ebc def ghi jkl", "a\u202ebc def\u202c…"),
    ],
)
def test_an_excerpt_ends_between_words(text: str, short: str) -> None:
    assert excerpt(text, 12) == short


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Mr. Smith came. He left.", "Mr. Smith came."),
        ("It cost 3.50 euros! No.", "It cost 3.50 euros!"),
        ("Il sig. Rossi non c'era. Poi sì.", "Il sig. Rossi non c'era."),
        ("Am 16. März rief ich an. Nichts.", "Am 16. März rief ich an."),
        ("最初の文です。次の文です。", "最初の文です。"),
        ("A line\nAnother line", "A line"),
        ("no end", "no end"),
        ("He said “no.” Then he left.", "He said “no.”"),
        ("", ""),
    ],
)
def test_a_title_is_the_first_sentence(text: str, title: str) -> None:
    assert first_sentence(text) == title


def test_a_long_first_sentence_is_cut_between_words() -> None:
    assert first_sentence("word " * 99) == "word " * 23 + "word…"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź", "lodz"),
        ("SØRENSEN", "sorensen"),
        ("Æther Œuvre", "aether oeuvre"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Ｓｏｎｙ", "sony"),
        ("ソニー", "そにー"),
        ("ｿﾆｰ", "ソニー"),
        ("Lowe's", "Lowe’s"),
        ("Lowe's", "lowes"),
        ("J.P. Morgan", "JP Morgan"),
        ("AT&T", "at & t"),
        ("Müller-Maier", "muller maier"),
        ("Đài", "dai"),
        ("сёмга", "семга"),
        ("مُحَمَّد", "محمد"),
        ("한글", "한글"),
    ],
)
def test_names_are_found_however_they_are_written(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("ไทย", "ไท"), ("हिन्दी", "हन्द"), ("O2", "O3")]
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_name_of_signs_can_be_found_too() -> None:
    assert fold("!!!") == "!!!"


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Vaio NW: kit mai arrivato!", "vaio-nw-kit-mai-arrivato"),
        ("Straße 東京!", "straße-東京"),
        ("Lowe's won't pay", "lowes-wont-pay"),
        ("!!!", ""),
        ("a" * 99, "a" * 60),
        ("word " * 30, "word-" * 11 + "word"),
    ],
)
def test_an_address_keeps_its_script(title: str, end: str) -> None:
    assert slug(title) == end
