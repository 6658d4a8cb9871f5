"""How good the first answers are: nDCG@10 and recall@20 by language, over judged
queries.

python -m tests.benchmarks relevance [--worst 5]
"""

import argparse
import os
import tempfile
from itertools import chain
from pathlib import Path

from stories.search import Document, open_index
from tests import relevance
from tests.relevance import Judged

DATA = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")


def main(words: list[str]) -> None:
    """Measure over the sample stories, and over real texts where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=3, help="queries to name")
    options = parser.parse_args(words)
    measure("sample stories", *relevance.sample(), options.worst)
    measure("the same stories", *relevance.told_anew(), options.worst)
    if DATA.is_dir():
        measure("real texts", *relevance.real(DATA), options.worst)
    else:
        print("Without the real texts (EARSHOT_TEST_DATA).")


def measure(
    name: str, documents: list[Document], asked: list[Judged], worst: int
) -> None:
    """One line for each language, then the queries that went worst. `all words` is
    the share that a story answers which has them all."""
    print(f"{name}: {len(documents)}, {len(asked)} queries")
    with tempfile.TemporaryDirectory() as folder:
        index = open_index("whoosh:", Path(folder))
        index.put(documents)
        figures = relevance.by_language(index, asked)
        index.close()
    for language, each in figures.items():
        ndcg, recall, at_once = relevance.averages(each)
        print(
            f"  {language:16}{len(each):4} queries   nDCG@10 {ndcg:.3f}   "
            f"recall@20 {recall:.3f}   all words {at_once:4.0%}"
        )
    every = chain.from_iterable(figures.values())
    ranked = sorted(every, key=lambda figure: figure[:2])
    for figure in ranked[:worst]:
        judged = figure.judged
        print(f"  worst: {figure.ndcg:.2f} {judged.language} {judged.words}")
