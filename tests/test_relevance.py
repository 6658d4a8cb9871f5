"""The first ten answers are those that a reader would choose."""

import pytest

from stories.search import open_index
from tests import relevance

FLOOR = 0.8
"""nDCG@10 of every language."""


@pytest.fixture
def index(tmp_path):
    index = open_index("whoosh:", tmp_path)
    yield index
    index.close()


def test_a_sample_story_is_found_by_what_one_would_ask(index):
    documents, asked = relevance.sample()
    index.put(documents)

    figures = relevance.by_language(index, asked)

    poor = {
        tag: found for tag, each in figures.items() if (found := mean(each)) < FLOOR
    }
    assert not poor
    assert len(asked) >= 50


def test_the_best_order_counts_one_and_nothing_found_counts_nothing():
    grades = {1: 3, 2: 1}

    assert relevance.ndcg([1, 2], grades) == 1
    assert 0 < relevance.ndcg([2, 1], grades) < 1
    assert relevance.ndcg([3], grades) == 0


def mean(figures) -> float:
    return relevance.average(figures)
