"""Hostile text, rendered: nothing runs, nothing leaks, every word comes back."""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stories.text import clean, excerpt, fold, plain, render, slug
from stories.text.sanitising import sanitised

TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"}
TAGS |= {"em", "strong", "a", "br", "hr", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {
    "a": {"href", "rel", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
SPOKEN = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table"}
"""What may say its language and direction."""
# What Markdown and browsers look for; ␣ is a space, ⏎ a new line.
PIECES = """
    #␣ >␣ -␣ 1.␣ ⏎ ⏎⏎ ␣␣ ␣␣␣␣ ```⏎ ~~~⏎ ---⏎ ==⏎ |-|-|⏎ | * ** _ __ ` `` [ ] ![ ]( )
    ( \\ < > " ' & &lt; <b> </p> <!-- http://a.example/b www.a.example
    javascript:alert(1) [a]:␣http://a.example⏎ [a] <a@b.example> <http://a.example>
    é 語 word {:␣lang=de} ⏎{:␣lang=ar}⏎ {: lang= } {:␣lang=de␣onclick=a} \\{:␣lang=fr}
"""
MARKS = st.sampled_from(
    [piece.replace("␣", " ").replace("⏎", "\n") for piece in PIECES.split()]
    + ["\t", "\u202e", "\u2069", "\x02", "\x03"]
)
MARKDOWN = st.lists(MARKS, max_size=60).map("".join)
HOSTILE = "xss.txt xss_bleach.jsonl xss_brs_kb.jsonl markdown_injection.jsonl".split()
HOSTILE += "markdown_it.jsonl blns.jsonl unicode.jsonl csv_injection.jsonl".split()


def fragment(html: str) -> Element:
    """What a browser makes of the HTML."""
    return html5lib.parseFragment(html, namespaceHTMLElements=False)


def check_clean(html: str) -> Element:
    """Only what is allowed, and nothing that a browser would mend."""
    root = fragment(html)
    for element in root.iter():
        if element is root:
            continue
        assert element.tag in TAGS, element.tag
        spoken = {"lang", "dir"} if element.tag in SPOKEN else set()
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()) | spoken
        assert re.fullmatch("[A-Za-z0-9-]{2,35}", element.get("lang", "en"))
        assert element.get("dir", "ltr") in {"ltr", "rtl"}
        if element.tag == "a":
            assert urlsplit(element.attrib["href"]).scheme in {
                "http",
                "https",
                "mailto",
            }
            assert element.attrib["rel"] == "ugc nofollow"
            assert not [inner for inner in element.iter("a") if inner is not element]
    return root


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def shown(root: Element) -> Counter[str]:
    """Words that a reader sees, and those of links: addresses, titles."""
    seen = words("".join(root.itertext())) + words(" ".join(root.itertext()))
    for link in root.iter("a"):
        address = link.attrib["href"]
        seen += words(link.get("title", "")) + words(address) + words(unquote(address))
    return seen


def typed(text: str) -> Counter[str]:
    """Words that have to come back: not numbers of items, not languages of code."""
    text = re.sub(
        r"^[ >*+-]*(?:`{3,}|~{3,})[^`\n]*$", "", clean(text), flags=re.MULTILINE
    )
    numbers = r"^(?:[ >*+-]*[01][.)](?= |$))+"
    return words(re.sub(numbers, "", text, flags=re.MULTILINE))


def rows(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").split("\n"):
        if file.suffix == ".txt":
            yield line
        elif line:
            yield json.loads(line)["text"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_text_runs_and_all_of_it_is_shown(data: Path, name: str) -> None:
    for text in rows(data / "naughty" / name):
        root = check_clean(render(text))

        assert not typed(text) - shown(root), text


def test_hostile_texts_do_not_help_each_other(data: Path) -> None:
    for name in HOSTILE:
        check_clean(render("\n".join(rows(data / "naughty" / name))))
        check_clean(render(" ".join(rows(data / "naughty" / name))))


def test_ordinary_messages_come_back_word_for_word(data: Path) -> None:
    for text in rows(data / "naughty" / "sms_spam.jsonl"):
        root = check_clean(render(text))

        assert not typed(text) - shown(root), text


def test_rude_words_come_back_too(data: Path) -> None:
    for file in (data / "naughty").glob("profanity.*.txt"):
        for text in rows(file):
            assert not typed(text) - shown(fragment(render(text)))


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKDOWN, st.text(max_size=300)))
@example("[![x](javascript:alert(1))](javascript:alert(2))")
@example("![[a](http://b.example)](http://c.example)")
@example("*a **b* c**")
@example("\\`` a ``")
def test_any_text_gives_clean_html(text: str) -> None:
    html = render(text)

    check_clean(html)
    assert sanitised(html) == html


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
@example("1. > 1. # ")
def test_no_word_is_lost(text: str) -> None:
    root = check_clean(render(text))

    defined = re.sub(r"\[[^\[\]]*\]: *http://a.example\S*", "", clean(text))
    told = re.sub(r"\{: lang=\w+\}", " ", defined)
    assert not typed(told) - shown(root)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_cleaning_is_done_once(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", once)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_changes_of_direction_end_with_their_block(text: str) -> None:
    for block in fragment(render(text)).iter():
        if block.tag in {"p", "li", "td", "th", "h3", "h4", "h5", "h6", "pre"}:
            inside = "".join(block.itertext())
            opened = len(re.findall("[\u202a\u202b\u202d\u202e]", inside))

            assert opened == inside.count("\u202c")


@settings(max_examples=200, deadline=None)
@given(st.one_of(MARKDOWN, st.text(max_size=300)))
def test_the_other_forms_of_a_text_hold_no_surprise(text: str) -> None:
    assert len(excerpt(plain(text), 80)) <= 81
    assert "\n" not in excerpt(text)
    assert fold(fold(text)) == fold(text)
    assert len(slug(text)) <= 60
    assert not re.search(r"[\s/?#%<>\"'&]", slug(text))


def longest(pattern: str) -> str:
    return (pattern * (50_000 // len(pattern) + 1))[:50_000]


@pytest.mark.parametrize(
    "text",
    [
        *map(
            longest, ["[", "![", "](", "[a](", "[a](b)", "[[[[a]", "![a](http://b.c)"]
        ),
        *map(longest, ["*", "**a", "*a _b ", "***a ", "*a **b ", "_a*b ", "a**b*c***"]),
        *map(longest, ["`", "`a``b", "```\n", "~~~\n```\n", "> ", ">", "> - ", "- > "]),
        *map(
            longest, ["- a\n", "- a\n\n", "* a\n  * b\n", "1. a\n- b\n", "# a\n", "#"]
        ),
        *map(
            longest,
            ["a\n---\n", "- - ", "---\n", "|", "|a|b\n-|-\n", "`|`|", "\\", "<"],
        ),
        *map(
            longest, ["<http://", "http://a.b ", "www.", "http://a.b/((", "<a@b", "&"]
        ),
        *map(
            longest, ["\n", "a\n\n", "\u202e", "\u2066", "\u0301", '[a]("', "[a](b '"]
        ),
        "[" * 25_000 + "]" * 25_000,
        "[" * 10_000 + "a" + "](http://a.b)" * 3_000,
        "![" * 12_000 + "a" + "](http://a.b)" * 2_100,
        " ".join("`" * n for n in range(1, 315)),
        "\n".join("  " * n + "- a" for n in range(220)),
        "\n".join(">" * n + " a" for n in range(300)),
        "|".join("a" * 500) + "\n" + "|".join("-" * 500) + "\n" + "|\n" * 23_000,
        "\u202a" * 25_000 + "\u2069" * 25_000,
        *(
            mark + " " * 49_000 + "x"
            for mark in ["", "-", "#", "[a]:", "```", "a", "1."]
        ),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    html = render(text)
    taken = time.process_time() - begun

    assert taken < 2  # half a second alone; the machine may be busy
    assert len(html) < 20 * len(text) + 100


def test_time_grows_with_the_length_only() -> None:
    story = (
        "I *called* them **twice**, see [the letter](http://a.example/b).\n\n- one\n"
    )

    def taken(times: int) -> float:
        begun = time.process_time()
        render(story * times)
        return time.process_time() - begun

    taken(10)
    assert taken(800) < 20 * taken(100) + 0.1
