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
from typing import Any, NamedTuple

from stories.demo import files
from stories.demo.files import Life
from stories.search import Document, Index, Question
from stories.search.analysis import fold

JUDGEMENTS = Path(__file__).with_name("judgements.toml")
BY_LANGUAGE = Path(__file__).with_name("judgements")
"""Ten texts and what is asked of them, told anew in each language."""
FIRST = 10
MORE = 20
ROWS = 400
"""So many real texts of each language are searched."""


@dataclass(frozen=True)
class Judged:
    """A query, and how well each document that answers it does so."""

    language: str
    words: str
    grades: dict[int, int]
    alike: frozenset[int] = frozenset()
    """The same in other languages: neither right nor wrong."""


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


def told_anew() -> tuple[list[Document], list[Judged]]:
    """The same ten stories in many languages, and what is asked of them."""
    files = sorted(BY_LANGUAGE.glob("*.toml"))
    read = {each.stem: tomllib.loads(each.read_text("utf-8")) for each in files}
    told = [(tag, name) for tag in read for name in read[tag]["texts"]]
    numbers = {each: number for number, each in enumerate(told, 1)}
    documents = [
        Document(id=number, language=tag, published_at=1, **read[tag]["texts"][name])
        for (tag, name), number in numbers.items()
    ]
    asked = [
        Judged(
            f"{tag} of {each['of'].partition('-')[2]}" if "of" in each else tag,
            each["words"],
            {
                numbers[each.get("of", tag), one]: grade
                for one, grade in each["answers"].items()
            },
            frozenset(numbers[one] for one in told if one[1] in each["answers"]),
        )
        for tag in read
        for each in read[tag]["asked"]
    ]
    return documents, asked


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
    """The first answers, to a reader of the query's language who reads all others,
    asked for as the search page does."""
    most = MORE + len(judged.alike)
    question = Question(words=judged.words, limit=most, facets=False, loosely=True)
    hits = [hit.id for hit in index.search(question).hits]
    return [hit for hit in hits if hit in judged.grades or hit not in judged.alike]


def recall(answers: list[int], grades: dict[int, int]) -> float:
    """The share of the first answers that could be there that are there."""
    there = len(grades.keys() & set(answers[:MORE]))
    return there / min(len(grades), MORE)


def ndcg(answers: list[int], grades: dict[int, int]) -> float:
    """How much is gained by reading the answers in turn, of what could be gained."""
    best = sorted(grades.values(), reverse=True)[:FIRST]
    return _gain([grades.get(each, 0) for each in answers[:FIRST]]) / _gain(best)


def _gain(grades: Iterable[int]) -> float:
    gains = (2**grade - 1 for grade in grades)
    return sum(gain / math.log2(place + 1) for place, gain in enumerate(gains, 1))


class Figure(NamedTuple):
    """How well a query was answered: nDCG@10, recall@20, and whether a story that
    answers it has all its words."""

    ndcg: float
    recall: float
    at_once: float
    judged: Judged


def at_once(index: Index, judged: Judged) -> bool:
    """Whether some story that answers it has all its words."""
    question = Question(words=judged.words, limit=MORE, facets=False)
    return any(hit.id in judged.grades for hit in index.search(question).hits)


def by_language(index: Index, asked: Iterable[Judged]) -> dict[str, list[Figure]]:
    """Every query with its figures, by language."""
    figures: dict[str, list[Figure]] = defaultdict(list)
    for each in asked:
        assert each.grades, each.words
        answers = found(index, each)
        best, there = ndcg(answers, each.grades), recall(answers, each.grades)
        found_all = float(at_once(index, each))
        figures[each.language].append(Figure(best, there, found_all, each))
    return dict(figures)


def averages(figures: list[Figure]) -> tuple[float, float, float]:
    """Of the queries of one language."""
    ndcgs, recalls, all_at_once, _ = zip(*figures, strict=True)
    return mean(ndcgs), mean(recalls), mean(all_at_once)
