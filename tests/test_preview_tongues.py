"""The preview of a draft: which passages are in another language, and its author's word
on them.
"""

import re

import pytest

TYPED = {
    "title": "The kettle that never came",
    "kind": "complaint",
    "mentions-0-company": "Acme",
    "mentions-0-role": "subject",
    "language": "en",
}
MIXED = """We waited, and this is what they wrote in the end, and nothing else.

> Wir bedauern die Unannehmlichkeiten und bitten Sie um etwas Geduld."""


def previewed(browser, **more):
    """The address of a draft's preview, and its text."""
    fields = {**TYPED, "text": MIXED, "do": "preview", **more}
    address = browser.post("/en/write", data=fields).location
    return address, browser.get(address).text


def test_the_preview_shows_what_is_in_another_language(browser_of, ada):
    _, page = previewed(browser_of(ada))

    assert '<blockquote lang="de">' in page
    assert "Passages in another language" in page
    assert re.search(r'name="passage" value="1"[^>]*><span>German', page)


def test_a_preview_in_one_language_says_nothing_of_others(browser_of, ada):
    _, page = previewed(browser_of(ada), text="We waited, and nobody ever wrote.")

    assert "Passages in another language" not in page


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ({"do": "none", "language": "de"}, "<blockquote>"),
        ({"do": "change", "language": "nl"}, '<blockquote lang="nl">'),
    ],
)
def test_the_author_overrules_what_was_told(browser_of, db, ada, said, shown):
    browser = browser_of(ada)
    address, _ = previewed(browser)

    answer = browser.post(address, data={"passage": "1", **said})

    assert answer.status_code == 303
    assert shown in browser.get(address).text
    assert "{:" not in browser.get(address).text


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"passage": "1", "do": "change"},
        {"passage": "1", "do": "change", "language": "?"},
        {"passage": "99", "do": "none"},
        {"passage": "x", "do": "none"},
    ],
)
def test_nonsense_about_a_passage_changes_nothing(browser_of, ada, said):
    browser = browser_of(ada)
    address, page = previewed(browser)

    answer = browser.post(address, data=said)

    assert answer.status_code == 422
    assert 'id="error-passage"' in answer.text
    assert browser.get(address).text == page


def test_strangers_say_nothing_about_a_passage(browser_of, ada, bob):
    address, _ = previewed(browser_of(ada))

    answer = browser_of(bob).post(address, data={"passage": "1", "do": "none"})

    assert answer.status_code == 404
