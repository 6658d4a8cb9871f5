import tracemalloc
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from stories.problems import Invalid
from stories.search import Document, Found, Index, Question, open_index
from stories.search.whoosh.engine import NAME
from stories.search.whoosh.indexing import labels, measures, schema
from stories.search.whoosh.writing import Pool


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    index = open_index("whoosh:", tmp_path / "index")
    yield index
    index.close()


def found(index: Index, words: str = "", **filters: Any) -> list[int]:
    answer = index.search(Question(words=words, **filters))
    assert answer.total == len(answer.hits)
    return sorted(hit.id for hit in answer.hits)


def test_an_engine_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Invalid):
        open_index("lucene:", tmp_path)


def test_an_index_that_nobody_filled_is_empty_and_wants_a_rebuild(index: Index) -> None:
    assert index.search(Question(words="pony")).total == 0
    assert index.count() == 0
    assert not index.usable()


def test_what_is_put_is_found_and_what_is_removed_is_not(index: Index) -> None:
    index.put([Document(id=1, body="a pony"), Document(id=2, body="two ponies")])
    assert found(index, "pony", languages=("en",)) == [1]

    index.remove([1])

    assert found(index, "pony") == []
    assert index.count() == 1


def test_what_is_put_again_replaces_what_was_there(index: Index) -> None:
    index.put([Document(id=1, body="a pony")])
    index.put([Document(id=1, body="a donkey"), Document(id=1, body="a mule")])

    assert found(index, "pony") == []
    assert found(index, "donkey") == []
    assert found(index, "mule") == [1]
    assert index.count() == 1


def test_other_processes_see_a_commit_at_once(index: Index, tmp_path: Path) -> None:
    index.put([Document(id=1, body="a pony")])
    other = open_index("whoosh:", tmp_path / "index")
    assert found(other, "pony") == [1]

    index.remove([1])
    index.put([Document(id=2, body="a pony")])

    assert found(other, "pony") == [2]


def test_a_rebuild_serves_the_old_until_the_swap(index: Index, tmp_path: Path) -> None:
    index.put([Document(id=1, body="a pony")])
    other = open_index("whoosh:", tmp_path / "index")
    assert found(other, "pony") == [1]

    rebuild = index.rebuild()
    rebuild.put(Document(id=n, body="a pony") for n in range(2, 5))
    assert found(other, "pony") == [1]
    rebuild.swap()

    assert index.usable()
    assert found(other, "pony") == [2, 3, 4]
    assert found(index, "pony") == [2, 3, 4]
    assert len(list((tmp_path / "index").iterdir())) == 2


def test_an_abandoned_rebuild_leaves_no_trace(index: Index, tmp_path: Path) -> None:
    index.put([Document(id=1, body="a pony")])

    rebuild = index.rebuild()
    rebuild.put([Document(id=2, body="a pony")])
    rebuild.abandon()

    assert found(index, "pony") == [1]
    assert len(list((tmp_path / "index").iterdir())) == 2


def test_nothing_found_is_an_answer(index: Index) -> None:
    assert index.search(Question(words="pony", facets=False)) == Found()


def test_the_format_has_a_new_name_when_other_things_are_written():
    """Where this fails, count on the NAME in the engine, then the digest here."""
    story = Document(
        id=1,
        title="Le proteste",
        body="Una protesta, il 充電器 e แย่มาก",
        extra="L'assistenza",
        language="it",
        kind="complaint",
        origin="invited",
        subjects=(1,),
        company_names=("Trenitalia",),
        year=2010,
        issues=("long_wait",),
        clocks=("late",),
        minutes=45,
        amounts=(("EUR", 250000),),
    )
    german = Document(id=2, body="Heizungsausfall: repariert", language="de")
    pool, file = Pool(), BytesIO()

    for number, each in enumerate((story, german)):
        for key, _, weight, places in schema()["words"].index(each):
            pool.add(("words", key, number, weight, places))
    for block in pool.iter_postings():
        block.write(file)

    facts = repr((labels(story), measures(story))).encode()
    digest = sha256(file.getvalue() + facts).hexdigest()
    assert (NAME, digest[:12]) == ("EARSHOT10", "e29a0b53023d")


def test_who_opens_an_index_holds_little_of_it_in_memory(tmp_path):
    """Labels and columns are read where they lie in the file."""
    issues = tuple(f"issue {number}" for number in range(60))
    stories = [Document(id=number, issues=issues) for number in range(1, 1001)]
    open_index("whoosh:", tmp_path).put(stories)
    labels_alone = len(stories) * len(issues) * 4
    question = Question(issues=issues[:1], facets=False, limit=1)
    open_index("whoosh:", tmp_path).search(question)  # what all of them share

    tracemalloc.start()
    index = open_index("whoosh:", tmp_path)
    found = index.search(question)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found.total == len(stories)
    assert held < labels_alone / 2
