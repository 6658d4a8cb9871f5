"""Search beside SQLite's FTS5 on the same texts: p50 and p95 in milliseconds of the
processor.

    python -m tests.benchmarks search [--stories 10000 30000 100000] [--rounds 60]

The texts are those of EARSHOT_TEST_DATA, put together to about 2 kB each, or made up.
"""

import argparse
import json
import os
import random
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from stories.search import (
    Document,
    Index,
    Question,
    Span,
    Without,
    highlight,
    open_index,
)
from stories.search.stopwords import STOP_WORDS

LETTERS = 2000
COMPANIES = 5000
COMMON = 0.14
SIZES = (10_000, 30_000, 100_000)
KINDS = ("complaint", "praise", "mixed")
OUTCOMES = ("open", "resolved", "partly_resolved", "not_resolved", "no_answer")
WORD = re.compile(r"[a-z]{4,}")
GOALS = {10_000: (10, 20), 30_000: (15, 40), 100_000: (40, 100)}
"""p95 in milliseconds by number of stories: plain cases; phrases."""
PLAIN_CASES = (
    "common word",
    "two words",
    "company + word",
    "word, all facets",
    "filters and spans",
)
ANYWHERE = {"did you mean": 5, "publish until found": 150}
MEMORY_MB = 5

RANKED = " ORDER BY bm25(words, 2, 1, 1) LIMIT 20"
PLAIN = "SELECT rowid FROM words WHERE words MATCH ?" + RANKED
JOINED = (
    "SELECT id FROM words JOIN story ON id = words.rowid"
    " WHERE words MATCH ? AND company = ?" + RANKED
)
GROUPED = " UNION ALL ".join(
    f"SELECT {facet}, count(*) FROM words JOIN story ON id = words.rowid"
    f" WHERE words MATCH ?1 GROUP BY {facet}"
    for facet in ("kind", "outcome", "language")
)
MEMORY = """
import sys
from pathlib import Path
from stories.search import Question, open_index
def private():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(l.split()[1]) for l in lines if l.startswith("Anonymous"))
index = open_index("whoosh:", Path(sys.argv[1]))
before = private()
index.search(Question(words="refund"))
print((private() - before) // 1024)
"""

Deed = Callable[[], object]


class Times(NamedTuple):
    """Milliseconds."""

    p50: float
    p95: float


class Case(NamedTuple):
    """What is measured: ours, and SQLite's where it can do the same."""

    name: str
    ours: list[Deed]
    theirs: Sequence[Deed] = ()


def texts() -> Iterator[tuple[str, str]]:
    """Endless (language, text of about 2 kB)."""
    data = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")
    sources: dict[str, list[str]] = {}
    for path in sorted(data.glob("stories.*.jsonl")):
        rows = map(json.loads, path.read_bytes().splitlines())
        sources[path.name.split(".")[1]] = [row["body"] for row in rows if row["body"]]
    if not sources:
        sources["en"] = list(made_up())
    rest = {language: cycle(bodies) for language, bodies in sources.items()}
    weights = [12 if language == "en" else 1 for language in rest]
    while True:
        (language,) = random.choices(list(rest), weights)
        text = ""
        while len(text) < LETTERS:
            text += next(rest[language]) + "\n\n"
        yield language, text[: LETTERS + 200]


def made_up() -> Iterator[str]:
    """Texts whose words are as unevenly frequent as those of a language."""
    syllables = ["ba", "co", "di", "fu", "ge", "la", "mi", "no", "pe", "ra", "su", "te"]
    words = ["".join(random.choices(syllables, k=4)) for _ in range(20_000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    for _ in range(3000):
        yield " ".join(random.choices(words, weights, k=90))


def documents(count: int) -> list[Document]:
    """So many stories."""
    return [
        document(number, language, text)
        for number, (language, text) in zip(range(1, count + 1), texts(), strict=False)
    ]


def document(number: int, language: str, text: str) -> Document:
    """A story with facts drawn by lot, some companies far more often than others."""
    company = int(COMPANIES * random.random() ** 2)
    return Document(
        id=number,
        title=text[:50],
        body=text[50:-300],
        extra=text[-300:],
        language=language,
        kind=random.choice(KINDS),
        outcome=random.choice(OUTCOMES),
        subjects=(company,),
        company_names=(f"Company {company}",),
        answered=random.random() < 0.5,
        year=random.randint(2005, 2026),
        clocks=(random.choice(("on_time", "late", "waiting")),),
        issues=(random.choice(("defect", "long_wait", "refund_refused")),),
        minutes=random.choice((0, 20, 90, 600)),
        amounts=((random.choice(("EUR", "USD")), random.randint(1, 900) * 10_000),),
        published_at=1_200_000_000 + number * 1000,
    )


def fts5(stories: list[Document], path: Path) -> sqlite3.Connection:
    """The same stories in SQLite."""
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(
        "PRAGMA journal_mode=WAL;"
        "CREATE VIRTUAL TABLE words USING fts5(title, body, extra,"
        " tokenize='porter unicode61 remove_diacritics 2');"
        "CREATE TABLE story(id INTEGER PRIMARY KEY, company, kind, outcome, language);"
        "CREATE INDEX by_company ON story(company);"
    )
    db.execute("BEGIN")
    for story in stories:
        put_fts5(db, story)
    db.execute("COMMIT")
    return db


def put_fts5(db: sqlite3.Connection, story: Document) -> None:
    """One story in SQLite."""
    db.execute(
        "INSERT INTO words(rowid, title, body, extra) VALUES (?, ?, ?, ?)",
        (story.id, story.title, story.body, story.extra),
    )
    db.execute(
        "INSERT INTO story VALUES (?, ?, ?, ?, ?)",
        (story.id, story.subjects[0], story.kind, story.outcome, story.language),
    )


def common_words(stories: list[Document], count: int) -> list[str]:
    """Words that are in about 14 % of the stories."""
    seen: Counter[str] = Counter()
    for story in stories[:3000]:
        seen.update(set(WORD.findall(story.body)) - STOP_WORDS["en"])
    goal = COMMON * min(len(stories), 3000)
    return sorted(seen, key=lambda word: abs(seen[word] - goal))[:count]


def said_together(stories: list[Document], count: int) -> Iterator[str]:
    """Two words that follow each other in some story, in quotation marks."""
    english = [story for story in stories if story.language == "en"]
    for story in random.sample(english, count):
        pairs = re.findall(r"[a-z]+ [a-z]+", story.body) or ["of the"]
        good = [pair for pair in pairs if not set(pair.split()) & STOP_WORDS["en"]]
        yield f'"{random.choice(good or pairs)}"'


def cases(
    index: Index, db: sqlite3.Connection, stories: list[Document], rounds: int
) -> Iterator[Case]:
    """All that is measured, what changes the index last."""
    common = common_words(stories, rounds)
    pairs = [f"{one} {other}" for one, other in zip(common, common[::-1], strict=True)]
    phrases = list(said_together(stories, rounds))
    companies = Counter(story.subjects[0] for story in stories).most_common(rounds)
    both = [(word, c) for word, (c, _) in zip(common, companies, strict=False)]

    def ours(words: list[str], languages: tuple[str, ...] = ("en",)) -> list[Deed]:
        plain = partial(Question, languages=languages, facets=False)
        return [partial(index.search, plain(words=word)) for word in words]

    def theirs(sql: str, values: list[str] | list[tuple[str, int]]) -> list[Deed]:
        rows = [value if isinstance(value, tuple) else (value,) for value in values]
        return [lambda row=row: db.execute(sql, row).fetchall() for row in rows]

    def asked(**question: object) -> Deed:
        return partial(index.search, Question(**question))  # type: ignore[arg-type]

    yield Case("common word", ours(common), theirs(PLAIN, common))
    yield Case("two words", ours(pairs), theirs(PLAIN, pairs))
    yield Case("phrase", ours(phrases), theirs(PLAIN, phrases))
    yield Case(
        "company + word",
        [asked(words=word, companies=(c,), facets=False) for word, c in both],
        theirs(JOINED, both),
    )
    yield Case(
        "word, all facets",
        [asked(words=word, languages=("en",)) for word in common],
        theirs(GROUPED, common),
    )
    yield Case("no words, all facets", [asked()] * rounds)
    yield Case(
        "filters and spans",
        [
            asked(
                words=word,
                languages=("en",),
                without=Without(kinds=("praise",), companies=(c,)),
                year_span=Span(2010, 2020),
                minutes=Span(60),
                amount=Span(1_000_000),
                currency="EUR",
            )
            for word, c in both
        ],
    )
    yield Case("word in any language", ours(common, ()))
    yield Case("prefix", ours([word[:3] + "*" for word in common]))
    by_id = {story.id: story for story in stories}
    yield Case("with 10 snippets", [partial(page, index, by_id, w) for w in common])
    slips = [word[1] + word[0] + word[2:] for word in common]
    yield Case("did you mean", [partial(index.suggest, slip) for slip in slips])
    fresh = [again(story) for story in random.sample(stories, min(300, len(stories)))]
    yield Case(
        "publish until found",
        [partial(publish, index, story) for story in fresh],
        [partial(put_fts5, db, story) for story in fresh],
    )


def page(index: Index, by_id: dict[int, Document], word: str) -> None:
    """A search with a snippet of each hit."""
    question = Question(words=word, languages=("en",), limit=10, facets=False)
    for hit in index.search(question).hits:
        highlight(by_id[hit.id].body, word, by_id[hit.id].language)


def again(story: Document) -> Document:
    """A story like this one, with a word that no other has."""
    number = 10**6 + story.id
    return Document(id=number, body=f"{story.body} fresh{number}", subjects=(1,))


def publish(index: Index, story: Document) -> None:
    """Put a story, and find it."""
    index.put([story])
    answer = index.search(Question(words=f"fresh{story.id}"))
    assert [hit.id for hit in answer.hits] == [story.id]


def timed(deeds: Sequence[Deed]) -> Times | None:
    """How long each kept the processor, so that what else runs does not count; nothing
    where there is nothing to do."""
    times = []
    for deed in deeds:
        start = time.thread_time()
        deed()
        times.append((time.thread_time() - start) * 1000)
    if not times:
        return None
    return Times(statistics.median(times), sorted(times)[int(len(times) * 0.95)])


def filled(stories: list[Document], folder: Path) -> Index:
    """An index of these stories."""
    index = open_index("whoosh:", folder)
    start = time.perf_counter()
    rebuild = index.rebuild()
    rebuild.put(stories)
    rebuild.swap()
    took = time.perf_counter() - start
    size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    print(
        f"{len(stories)} stories indexed in {took:.0f} s"
        f" ({len(stories) / took:.0f} a second), {size / 1e6:.0f} MB on the disk"
    )
    return index


def main(words: list[str]) -> None:
    """Measure and print, one size after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args(words)
    for count in options.stories:
        random.seed(2026)
        with tempfile.TemporaryDirectory(prefix="earshot-bench-") as folder:
            measure(documents(count), Path(folder), options.rounds)


def measure(stories: list[Document], folder: Path, rounds: int) -> None:
    """Everything at one size."""
    goals = goals_for(len(stories))
    index = filled(stories, folder / "index")
    db = fts5(stories, folder / "fts5.db")
    child = [sys.executable, "-c", MEMORY, str(folder / "index")]
    memory = subprocess.run(child, capture_output=True, text=True, check=True)
    megabytes = int(memory.stdout)
    print(
        f"a further process that searches: {megabytes} MB of its own,"
        f" goal {MEMORY_MB}, {verdict(megabytes, MEMORY_MB)}"
    )
    index.search(Question(words="warm"))
    print(f"{'ms, p50 / p95':22} {'ours':^18} {'SQLite FTS5':^18} {'goal, p95':>10}")
    for case in cases(index, db, stories, rounds):
        ours, theirs = timed(case.ours), timed(case.theirs)
        print(
            f"{case.name:22} {shown(ours)} {shown(theirs)} {judged(case, ours, goals)}"
        )
    index.close()


def goals_for(count: int) -> dict[str, float]:
    """p95 in milliseconds by case: those of the next larger size."""
    size = min((n for n in GOALS if n >= count), default=max(GOALS))
    plain, phrase = GOALS[size]
    return {**dict.fromkeys(PLAIN_CASES, plain), "phrase": phrase, **ANYWHERE}


def judged(case: Case, ours: Times | None, goals: dict[str, float]) -> str:
    """The goal of a case, and whether it is reached."""
    goal = goals.get(case.name)
    if goal is None or ours is None:
        return ""
    return f"{goal:>10}  {verdict(ours.p95, goal)}"


def verdict(figure: float, goal: float) -> str:
    return "reached" if figure <= goal else "MISSED"


def shown(times: Times | None) -> str:
    return f"{times.p50:8.2f} /{times.p95:8.2f}" if times else " " * 18
