"""Search beside SQLite's FTS5 on the same texts: p50 and p95 in milliseconds.

    python -m tests.benchmarks.search [--stories 10000] [--rounds 60]

The texts are those of EARSHOT_TEST_DATA, put together to about 2 kB each, or made up.
"""

import argparse
import json
import os
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from stories.search import Document, Index, Question, highlight, open_index
from stories.search.stopwords import STOP_WORDS

LETTERS = 2000
COMPANIES = 5000
COMMON = 0.14
KINDS = ("complaint", "praise", "mixed")
OUTCOMES = ("open", "resolved", "partly_resolved", "not_resolved", "no_answer")
WORD = re.compile(r"[a-z]{4,}")

Cases = dict[str, tuple[list[Question], list[tuple[str, tuple[object, ...]]]]]


def texts() -> Iterator[tuple[str, str]]:
    """Endless (language, text of about 2 kB)."""
    data = Path(os.environ.get("EARSHOT_TEST_DATA", "../shared/data"))
    sources: dict[str, list[str]] = {}
    for path in sorted(data.glob("stories.*.jsonl")):
        rows = map(json.loads, path.open(encoding="utf-8"))
        bodies = [row["body"] for row in rows if row["body"]]
        sources[path.name.split(".")[1]] = bodies
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
    found = []
    for number, (language, text) in zip(range(1, count + 1), texts(), strict=False):
        company = int(COMPANIES * random.random() ** 2)
        found.append(
            Document(
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
                published_at=1_200_000_000 + number * 1000,
            )
        )
    return found


def fts5(stories: list[Document], path: Path) -> sqlite3.Connection:
    """The same stories in SQLite."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, body, extra,"
        " tokenize='porter unicode61 remove_diacritics 2')"
    )
    db.execute(
        "CREATE TABLE story(id INTEGER PRIMARY KEY, company, kind, outcome, language)"
    )
    db.execute("CREATE INDEX by_company ON story(company)")
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


def questions(stories: list[Document], rounds: int) -> Cases:
    """The cases, each as questions of ours and as SQL."""
    common = common_words(stories, rounds)
    pairs = [f"{one} {other}" for one, other in zip(common, common[7:], strict=False)]
    pairs += [f"{common[0]} {word}" for word in common[1:8]]
    phrases = list(said_together(stories, rounds))
    top = [c for c, _ in Counter(s.subjects[0] for s in stories).most_common(rounds)]
    ranked = " ORDER BY bm25(words, 2, 1, 1) LIMIT 20"
    plain = "SELECT rowid FROM words WHERE words MATCH ?" + ranked
    joined = (
        "SELECT id FROM words JOIN story ON id = words.rowid"
        " WHERE words MATCH ? AND company = ?" + ranked
    )
    grouped = " UNION ALL ".join(
        f"SELECT {facet}, count(*) FROM words JOIN story ON id = words.rowid"
        f" WHERE words MATCH ?1 GROUP BY {facet}"
        for facet in ("kind", "outcome", "language")
    )

    def asked(words: list[str], **more: bool) -> list[Question]:
        return [
            Question(words=word, languages=("en",), facets=bool(more)) for word in words
        ]

    return {
        "common word": (asked(common), [(plain, (word,)) for word in common]),
        "two words": (asked(pairs), [(plain, (pair,)) for pair in pairs]),
        "phrase": (asked(phrases), [(plain, (phrase,)) for phrase in phrases]),
        "company + word": (
            [
                Question(words=word, companies=(company,), facets=False)
                for word, company in zip(common, top, strict=False)
            ],
            [
                (joined, (word, company))
                for word, company in zip(common, top, strict=False)
            ],
        ),
        "word + facets": (
            asked(common, facets=True),
            [(grouped, (word,)) for word in common],
        ),
        "any language": ([Question(words=word, facets=False) for word in common], []),
        "prefix": (asked([word[:4] + "*" for word in common]), []),
        "no words, facets": ([Question() for _ in common], []),
    }


def common_words(stories: list[Document], count: int) -> list[str]:
    """Words that are in about 14 % of the stories."""
    seen: Counter[str] = Counter()
    for story in stories[:3000]:
        seen.update(set(WORD.findall(story.body)) - STOP_WORDS["en"])
    goal = COMMON * min(len(stories), 3000)
    return sorted(seen, key=lambda word: abs(seen[word] - goal))[:count]


def said_together(stories: list[Document], count: int) -> Iterator[str]:
    """Two words that follow each other in some story."""
    english = [story for story in stories if story.language == "en"]
    for story in random.sample(english, count):
        words = re.findall(r"[a-z]+ [a-z]+", story.body)
        good = [p for p in words if not set(p.split()) & STOP_WORDS["en"]] or words
        yield f'"{random.choice(good)}"' if good else '"of the"'


def timed(deeds: list[Callable[[], object]]) -> tuple[float, float]:
    """p50 and p95 in milliseconds."""
    times = []
    for deed in deeds:
        start = time.perf_counter()
        deed()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), sorted(times)[int(len(times) * 0.95)]


def publish(index: Index, stories: list[Document]) -> list[Callable[[], object]]:
    """Each story put, then searched for."""

    def one(story: Document) -> None:
        index.put([story])
        answer = index.search(Question(words=f"publishedword{story.id}"))
        assert [hit.id for hit in answer.hits] == [story.id]

    return [lambda story=story: one(story) for story in stories]


def row(
    name: str, ours: tuple[float, float], theirs: tuple[float, float] | None
) -> None:
    """One line of the table."""
    right = f"{theirs[0]:8.2f} /{theirs[1]:8.2f}" if theirs else ""
    print(f"{name:20} {ours[0]:8.2f} /{ours[1]:8.2f}   {right}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    random.seed(2026)
    stories = documents(options.stories)
    with tempfile.TemporaryDirectory() as folder:
        index = open_index("whoosh:", Path(folder) / "index")
        start = time.perf_counter()
        rebuild = index.rebuild()
        rebuild.put(stories)
        filled = time.perf_counter()
        rebuild.swap()
        done = time.perf_counter()
        size = sum(f.stat().st_size for f in Path(folder).rglob("*") if f.is_file())
        print(
            f"{len(stories)} stories: filled in {filled - start:.1f} s, merged in"
            f" {done - filled:.1f} s ({len(stories) / (done - start):.0f} a second),"
            f" {size / 1e6:.0f} MB"
        )
        db = fts5(stories, Path(folder) / "fts5.db")
        measure(index, db, stories, options.rounds)
        index.close()


def measure(
    index: Index, db: sqlite3.Connection, stories: list[Document], rounds: int
) -> None:
    """All cases."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    index.search(Question(words="warm"))
    print(f"first search {(time.perf_counter() - start) * 1000:.0f} ms")
    print(f"{'ms, p50 / p95':20} {'ours':^18}   {'SQLite FTS5':^18}")
    for name, (asked, sql) in questions(stories, rounds).items():
        ours = timed([lambda q=q: index.search(q) for q in asked])
        theirs = (
            timed([lambda s=s, v=v: db.execute(s, v).fetchall() for s, v in sql])
            if sql
            else None
        )
        row(name, ours, theirs)
    words = [q.words for q in questions(stories, rounds)["common word"][0]]
    by_id = {story.id: story for story in stories}

    def page(word: str) -> None:
        for hit in index.search(Question(words=word, languages=("en",), limit=10)).hits:
            highlight(by_id[hit.id].body, word, by_id[hit.id].language)

    row("with 10 snippets", timed([lambda w=w: page(w) for w in words]), None)
    row(
        "did you mean",
        timed([lambda w=w: index.suggest(w[:-1] + "zx"[:1] + w[-1]) for w in words]),
        None,
    )
    fresh = [
        Document(id=10**6 + n, body=story.body + f" publishedword{10**6 + n}")
        for n, story in enumerate(random.sample(stories, min(300, len(stories))))
    ]
    ours = timed(publish(index, fresh))
    theirs = timed(
        [
            lambda s=s: put_fts5(db, s)
            for s in [Document(id=s.id, body=s.body, subjects=(1,)) for s in fresh]
        ]
    )
    row("publish, visible", ours, theirs)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory grew by {(after - before) / 1024:.0f} MB while searching")


if __name__ == "__main__":
    main()
