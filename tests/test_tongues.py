"""Passages in another language than their text are marked in place."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories import languages, wording
from stories.text import blocks, plain, render, respoken
from stories.text.sanitising import sanitised
from tests.test_naughty_text import HOSTILE, MARKDOWN, check_clean, rows

GERMAN = "Wir bedauern die Unannehmlichkeiten und bitten Sie um etwas Geduld."
ENGLISH = "We are sorry for the trouble and ask you to be patient with us."
FRENCH = "Nous sommes désolés pour la gêne occasionnée et demandons votre patience."
ARABIC = "عزيزي العميل، شكرا لتواصلكم معنا وسنرد عليكم في أقرب وقت"
HEBREW = "שלום רב, תודה על פנייתך, אנו נחזור אליך בהקדם האפשרי"
SAID = re.compile(r' (?:lang|dir)="[^"]*"')

TEXTS = st.lists(
    st.one_of(
        MARKDOWN,
        st.sampled_from([GERMAN, ENGLISH, ARABIC, f"> {FRENCH}", f"- {GERMAN}\n- a"]),
    ),
    max_size=6,
).map("\n\n".join)
LANGUAGES = st.sampled_from(["en", "de", "ar", "zh-Hant", "und", "tlh", "ja-Latn"])


def lines(html: str) -> str:
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        (GERMAN, f'<p lang="de">{GERMAN}</p>'),
        (f"# {GERMAN}", f'<h3 lang="de">{GERMAN}</h3>'),
        (f"- {GERMAN}\n- no", f'<ul><li lang="de">{GERMAN}</li><li>no</li></ul>'),
        (f"> {GERMAN}", f'<blockquote lang="de"><p>{GERMAN}</p></blockquote>'),
        (
            f"> {GERMAN}\n>\n> Mit Gruß",
            f'<blockquote lang="de"><p>{GERMAN}</p><p>Mit Gruß</p></blockquote>',
        ),
        (
            f"> {GERMAN}\n> > {FRENCH}",
            f'lang="fr"><p>{FRENCH}</p></blockquote></blockquote>',
        ),
        (ARABIC, f'<p lang="ar" dir="rtl">{ARABIC}</p>'),
        ("不好意思，我们无法处理您的请求。", '<p lang="zh-Hans">不好意思'),
        ("ご迷惑をおかけして申し訳ございません。", '<p lang="ja">ご迷惑を'),
    ],
)
def test_a_block_in_another_language_says_so(typed: str, html: str) -> None:
    assert html in lines(render(f"{ENGLISH}\n\n{typed}", language="en"))


def test_a_direction_is_said_where_it_changes() -> None:
    text = f"{ARABIC}\n\n{ENGLISH}\n\n> {HEBREW}"

    html = render(text, language="ar")

    assert f'<p lang="en" dir="ltr">{ENGLISH}</p>' in html
    assert '<blockquote lang="he">' in html


@pytest.mark.parametrize(
    "typed",
    [
        ENGLISH,
        "Danke, Ihr Team",
        "Samsung Galaxy Tab S7 FE WiFi 64 GB Mystic Black, Galaxy Watch 4 Classic",
        "Samsung Electronics GmbH, Frankfurter Straße 2, 65760 Eschborn",
        f"{ENGLISH} {GERMAN}",
        "https://example.org/Wir-bedauern-die-Unannehmlichkeiten-und-bitten-Sie",
        f"```\n{GERMAN}\n```",
        f"- a\n- b\n\n{ENGLISH}",
    ],
)
def test_what_is_not_surely_another_language_is_left_alone(typed: str) -> None:
    assert "lang=" not in render(typed, language="en")


def test_sorts_of_one_language_are_not_told_apart() -> None:
    simplified = "客服从来没有回复我的邮件，我已经等了三个星期了。" * 2

    assert "lang=" not in render(simplified, language="zh-Hant")
    assert "lang=" not in render(ENGLISH, language="en-GB")


def test_a_text_in_a_language_that_nobody_tells_has_no_guesses() -> None:
    swedish_of_old = "Alla människor äro födda fria och lika i värde och rättigheter."

    assert "lang=" not in render(f"{swedish_of_old}\n\n{GERMAN}", language="tlh")
    assert "lang=" not in render(ENGLISH, language="vi-Hani")


def test_a_text_in_several_languages_says_each_that_is_spoken_here() -> None:
    welsh = "Mae'n ddrwg gennym am y drafferth ac rydym yn gofyn am eich amynedd."

    html = render(f"{GERMAN}\n\n{ENGLISH}\n\n{welsh}", language="und")

    assert re.findall('<p lang="(..)" dir="ltr">', html) == ["de", "en"]


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("Kulanz {: lang=de}", '<p lang="de">Kulanz</p>'),
        ("a\nKulanz\n{: lang=de}", '<p lang="de">a<br>Kulanz</p>'),
        ('Kulanz {: lang="DE-at" }', '<p lang="de-AT">Kulanz</p>'),
        ("# Kulanz {: lang=de}", '<h3 lang="de">Kulanz</h3>'),
        ("- Kulanz {: lang=de}\n- b", '<li lang="de">Kulanz</li><li>b</li>'),
        ("- a\n- b\n\n{: lang=de}", '<ul lang="de"><li>a</li><li>b</li></ul>'),
        ("> a\n{: lang=de}", '<blockquote lang="de"><p>a</p></blockquote>'),
        ("> a\n\n{: lang=ar}", '<blockquote lang="ar" dir="rtl"><p>a</p>'),
        ("> a {: lang=de}\n>\n> b", '<blockquote><p lang="de">a</p><p>b</p>'),
        ("> a\n>\n> {: lang=de}", '<blockquote><p lang="de">a</p></blockquote>'),
        ("|a|\n|-|\n|b|\n\n{: lang=de}", '<table lang="de">'),
        ("```\na\n```\n\n{: lang=de}", '<pre lang="de">'),
    ],
)
def test_the_author_says_which_language_a_block_is_in(typed: str, html: str) -> None:
    assert html in lines(render(typed, language="en"))
    assert "lang" not in plain(typed)


@pytest.mark.parametrize("mark", ["{: lang=en}", "{: lang=und}"])
def test_the_author_says_that_it_is_no_other_language(mark: str) -> None:
    assert "lang=" not in render(f"{GERMAN} {mark}", language="en")
    assert "lang=" not in render(f"> {GERMAN}\n>\n> {FRENCH}\n{mark}", language="en")


@pytest.mark.parametrize(
    "typed",
    [
        "{: lang=de}",
        "a {: lang=}",
        "a {: lang=x}",
        "a {: lang=not-a-tag-of-a-language}",
        "a {: lang=de onclick=alert(1)}",
        "a {: onclick=alert(1)}",
        "a {: dir=rtl}",
        "a {: #id}",
        "a {: lang=de} b",
        "a {: lang='de}",
    ],
)
def test_what_is_no_such_mark_is_shown_as_typed(typed: str) -> None:
    assert plain(typed) == typed
    assert "<p>" in render(typed, language="en")


def test_a_mark_can_be_escaped() -> None:
    assert plain(r"Type \{: lang=de}") == "Type {: lang=de}"
    assert "<code>{: lang=de}</code>" in render("Type `{: lang=de}`")


def test_words_are_kept_with_what_was_told_of_them() -> None:
    words = wording.worded(f"{ENGLISH} {ENGLISH}\n\n> {GERMAN}")

    assert words.language == "en"
    assert '<blockquote lang="de">' in words.html


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGUAGES)
def test_marking_changes_no_word_and_adds_nothing_else(text: str, tag: str) -> None:
    html = render(text, language=tag)

    check_clean(html)
    assert sanitised(html) == html
    assert SAID.sub("", html) == SAID.sub("", render(text))
    for said in re.findall('lang="([^"]*)"', html):
        assert languages.tag(said) == said


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_harmless_when_they_are_told(data: Path, name: str) -> None:
    for text in rows(data / "naughty" / name):
        html = render(f"{text}\n\n{text} {{: lang=ar}}", language="en")

        check_clean(html)
        assert sanitised(html) == html


@pytest.mark.parametrize("html", ['<p lang="x y">', '<p dir="up">', '<b lang="de">'])
def test_no_other_way_leads_to_a_language(html: str) -> None:
    assert "=" not in sanitised(html)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (f"A\n\n{GERMAN}\n\nB", f"A\n\n{GERMAN} {{: lang=nl}}\n\nB"),
        (f"A\n\n{GERMAN} {{: lang=fr}}", f"A\n\n{GERMAN} {{: lang=nl}}"),
        (f"- A\n- {GERMAN}\n- B", f"- A\n- {GERMAN} {{: lang=nl}}\n- B"),
        (f"> {GERMAN}\n\nB", f"> {GERMAN}\n\n{{: lang=nl}}\n\nB"),
        (f"A **b**\n\n*{GERMAN}*", f"A **b**\n\n*{GERMAN}* {{: lang=nl}}\n"),
        (f"# {GERMAN}\nB", f"# {GERMAN} {{: lang=nl}}\nB"),
    ],
)
def test_the_author_has_the_last_word_on_a_passage(typed: str, said: str) -> None:
    marked = [each for each in blocks(render(typed, language="en")) if each.language]

    assert respoken(typed, marked[0].number, "nl") == said


def test_only_the_passage_that_is_meant_is_marked() -> None:
    text = "\n\n".join([GERMAN] * 3)

    said = respoken(text, 1, "en")

    found = [each.language for each in blocks(render(said or "", language="en"))]
    assert found == ["de", "", "de"]


def test_a_passage_that_is_not_there_is_not_marked() -> None:
    assert respoken(GERMAN, 1, "de") is None
    assert respoken("", 0, "de") is None


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 5))
def test_a_word_on_a_passage_changes_no_other_word(text: str, number: int) -> None:
    said = respoken(text, number, "de")

    assert said is None or plain(said) == plain(text)
