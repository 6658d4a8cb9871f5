"""How good the first ten answers are: nDCG@10 by language, over judged queries.

python -m tests.benchmarks relevance [--worst 5]
"""

import argparse
import os
import tempfile
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
    if DATA.is_dir():
        measure("real texts", *relevance.real(DATA), options.worst)
    else:
        print("Without the real texts (EARSHOT_TEST_DATA).")


def measure(
    name: str, documents: list[Document], asked: list[Judged], worst: int
) -> None:
    """One line for each language, then the queries that went worst."""
    print(f"{name}: {len(documents)}, {len(asked)} queries")
    with tempfile.TemporaryDirectory() as folder:
        index = open_index("whoosh:", Path(folder))
        index.put(documents)
        figures = relevance.by_language(index, asked)
        index.close()
    for language, each in figures.items():
        count, figure = len(each), relevance.average(each)
        print(f"  {language:4}{count:4} queries   nDCG@10 {figure:.3f}")
    ranked = sorted((each for all_ in figures.values() for each in all_), key=_figure)
    for figure, judged in ranked[:worst]:
        print(f"  worst: {figure:.2f} {judged.language} {judged.words}")


def _figure(pair: tuple[float, Judged]) -> float:
    return pair[0]
