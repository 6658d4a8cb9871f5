"""The first ten answers are those that a reader would choose."""

import pytest

from stories.search import open_index
from tests import relevance

FLOOR = 0.8
"""nDCG@10 of every language; and its share of that of English."""
LANGUAGES = {
    *("ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt-BR", "zh-Hans"),
    *("id", "th", "tr", "zh-Hant", "zh-Hans of Hant", "zh-Hant of Hans"),
}


@pytest.fixture
def index(tmp_path):
    index = open_index("whoosh:", tmp_path)
    yield index
    index.close()


def test_a_sample_story_is_found_by_what_one_would_ask(index):
    documents, asked = relevance.sample()
    index.put(documents)

    figures = relevance.by_language(index, asked)

    poor = {tag: best for tag, each in figures.items() if (best := ndcg(each)) < FLOOR}
    assert not poor
    assert len(asked) >= 50


def test_search_is_as_good_in_every_language_as_in_english(index):
    documents, asked = relevance.told_anew()
    index.put(documents)

    figures = relevance.by_language(index, asked)

    averages = {tag: relevance.averages(each) for tag, each in figures.items()}
    least = [FLOOR * figure for figure in averages["en"][:2]]
    poor = {
        tag: found
        for tag, found in averages.items()
        if found[0] < least[0] or found[1] < least[1]
    }
    assert not poor
    assert figures.keys() >= LANGUAGES
    assert all(len(each) >= 10 for each in figures.values())


def test_the_best_order_counts_one_and_nothing_found_counts_nothing():
    grades = {1: 3, 2: 1}

    assert relevance.ndcg([1, 2], grades) == 1
    assert 0 < relevance.ndcg([2, 1], grades) < 1
    assert relevance.ndcg([3], grades) == 0
    assert relevance.recall([3, 2], grades) == 1 / 2


def ndcg(figures) -> float:
    return relevance.averages(figures)[0]
