"""Who asks for a name in letters that only look like it is warned."""

import pytest

from stories.search import Document, Question, open_index
from stories.text import disguised, undisguised

WARNING = "letters of different scripts that look alike"


@pytest.mark.parametrize("page", ["search", "companies/named"])
def test_a_page_warns_of_letters_that_pass_for_others(client, kettles, page):
    html = client.get(f"/en/{page}?q=Kettlеs").text  # with a Cyrillic е

    assert WARNING in html
    assert f"{page}?q=Kettles" in html


@pytest.mark.parametrize("page", ["search", "companies/named"])
def test_a_page_does_not_warn_of_other_names(client, kettles, page):
    assert WARNING not in client.get(f"/en/{page}?q=Kettles+Газпром").text


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("cоny", "cony"),
        ("SONУ TV", "SONY TV"),
        ("Αpple", "Apple"),
        ("Sony Газпром", "Sony Газпром"),
        ("ソニーTV", "ソニーTV"),
        ("Łódź", "Łódź"),
    ],
)
def test_letters_that_look_like_latin_ones_are_told(words, plain):
    found = disguised(words)

    assert undisguised(words) == plain
    assert bool(found) == (words != plain)


@pytest.mark.parametrize(
    ("name", "words"), [("Газпром", "gazprom"), ("ソニー", "soni"), ("ΔΕΗ", "dei")]
)
def test_a_story_is_found_by_a_company_as_it_is_spelled_in_latin_letters(
    tmp_path, name, words
):
    index = open_index("whoosh:", tmp_path)
    index.put([Document(id=1, body="Late", company_names=(name,))])

    assert [hit.id for hit in index.search(Question(words=words)).hits] == [1]
    assert [hit.id for hit in index.search(Question(words=name)).hits] == [1]
