"""A story in Traditional Chinese is found in Simplified, and the other way round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.search import Document, Question, highlight, open_index
from stories.search.analysis import letters_folded
from stories.search.hanzi import simplified

TEXTS = {
    1: ("zh-Hant", "銀行一聲不吭就註銷了我奶奶的帳戶，電話打不通。"),
    2: ("zh-Hans", "银行一声不吭就注销了我奶奶的账户，电话打不通。"),
    3: ("ja", "電話がつながらず、銀行の口座が解約されました。"),
}


@pytest.fixture
def index(tmp_path):
    index = open_index("whoosh:", tmp_path)
    index.put(
        Document(id=number, language=tag, body=body, company_names=("國泰銀行",))
        for number, (tag, body) in TEXTS.items()
    )
    yield index
    index.close()


def found(index, words: str) -> set[int]:
    return {hit.id for hit in index.search(Question(words=words)).hits}


@pytest.mark.parametrize("words", ["註銷", "注销", '"一聲不吭"', '"一声不吭"', "奶奶"])
def test_both_forms_of_a_word_find_both_texts(index, words):
    assert found(index, words) == {1, 2}


@pytest.mark.parametrize("words", ["電話", "电话", "電", "电"])
def test_japanese_writes_the_same_characters(index, words):
    assert found(index, words) == {1, 2, 3}


@pytest.mark.parametrize("words", ["company:國泰", "company:国泰"])
def test_a_company_is_found_in_either_form_of_its_name(index, words):
    assert found(index, words) == {1, 2, 3}


def test_what_was_found_is_shown_as_it_was_written():
    assert highlight("電話打不通。", "电话", "zh-Hant")[0] == ("電話", True)
    assert highlight("电话打不通。", "電話", "zh-Hans")[0] == ("电话", True)


def test_did_you_mean_says_it_in_the_characters_that_were_typed(index):
    assert index.suggest("註銷了我奶奶的帳戶") is None
    assert index.suggest("註銷了我爺奶的帳戶") == "註銷了我奶奶的帳戶"


@given(st.text())
def test_letters_are_put_in_one_form_one_for_one(letters):
    simple = simplified(letters)

    assert len(simple) == len(letters)
    assert simplified(simple) == simple
    assert letters_folded(letters_folded(letters)) == letters_folded(letters)
