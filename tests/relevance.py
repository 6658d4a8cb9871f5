"""How good the first ten answers of a search are, by judgements made by hand."""

import json
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import Any

from stories.demo import files
from stories.demo.files import Life
from stories.search import Document, Index, Question
from stories.search.analysis import fold

JUDGEMENTS = Path(__file__).with_name("judgements.toml")
FIRST = 10
ROWS = 400
"""So many real texts of each language are searched."""


@dataclass(frozen=True)
class Judged:
    """A query, and how well each document that answers it does so."""

    language: str
    words: str
    grades: dict[int, int]


def sample() -> tuple[list[Document], list[Judged]]:
    """The sample stories, and what is asked of them."""
    lives = {life.name: life for life in files.lives()}
    numbers = {name: number for number, name in enumerate(lives, 1)}
    asked = [
        Judged(
            each["language"],
            each["words"],
            {numbers[name]: grade for name, grade in each["answers"].items()},
        )
        for each in _judgements()["sample"]
    ]
    return [_told(numbers[name], life) for name, life in lives.items()], asked


def _told(number: int, life: Life) -> Document:
    entry = life.entry
    mentions = entry.get("mentions", [])
    said = [each["text"] for each in life.then if isinstance(each.get("text"), str)]
    points = [*entry.get("points_good", ()), *entry.get("points_bad", ())]
    return Document(
        id=number,
        title=entry.get("title", ""),
        body=entry["text"],
        extra="\n".join([*said, *points]),
        language=entry.get("language", life.name[:2]),
        company_names=tuple(each["company"] for each in mentions),
        product_names=tuple(
            product for each in mentions for product in each.get("products", [])
        ),
        published_at=number,
    )


def real(data: Path) -> tuple[list[Document], list[Judged]]:
    """Real texts, and what is asked of them."""
    documents: list[Document] = []
    patterns = _judgements()["real"]
    for language in dict.fromkeys(each["language"] for each in patterns):
        path = data / f"stories.{language}.jsonl"
        documents += _rows(path, language, len(documents))
    return documents, [_by_pattern(each, documents) for each in patterns]


def _rows(path: Path, language: str, before: int) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, ROWS), before + 1):
            row = json.loads(line)
            yield Document(
                id=number,
                title=row["title"] or "",
                body=row["body"] or "",
                language=language,
                published_at=number,
            )


def _by_pattern(query: dict[str, Any], told: Iterable[Document]) -> Judged:
    says = re.compile(query["says"])
    grades = {
        each.id: 2 if each.language == query["language"] else 1
        for each in told
        if says.search(fold(f"{each.title}\n{each.body}"))
    }
    return Judged(query["language"], query["words"], grades)


def _judgements() -> Any:
    return tomllib.loads(JUDGEMENTS.read_text(encoding="utf-8"))


def found(index: Index, judged: Judged) -> list[int]:
    """The first answers, to a reader of the query's language who reads all others."""
    question = Question(words=judged.words, limit=FIRST, facets=False)
    return [hit.id for hit in index.search(question).hits]


def ndcg(answers: list[int], grades: dict[int, int]) -> float:
    """How much is gained by reading the answers in turn, of what could be gained."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _gain([grades.get(each, 0) for each in answers[:FIRST]]) / _gain(best)


def _gain(grades: Iterable[int]) -> float:
    gains = (2**grade - 1 for grade in grades)
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


def by_language(
    index: Index, asked: Iterable[Judged]
) -> dict[str, list[tuple[float, Judged]]]:
    """Every query with its figure, by language."""
    figures: dict[str, list[tuple[float, Judged]]] = defaultdict(list)
    for each in asked:
        assert each.grades, each.words
        figures[each.language].append((ndcg(found(index, each), each.grades), each))
    return dict(figures)


def average(figures: list[tuple[float, Judged]]) -> float:
    """Of the queries of one language."""
    return mean(figure for figure, _ in figures)
