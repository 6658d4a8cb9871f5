"""The index against a plain reading of every story, on small random worlds."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.search import (
    Damaged,
    Document,
    Found,
    Question,
    Span,
    Without,
    open_index,
)
from stories.search.questions import EFFORTS, FACETS

WORDS = ("pony", "mule", "donkey", "horse")
KINDS = ("complaint", "praise", "mixed")
LANGUAGES = ("it", "en", "pt-BR")
SMALL = st.integers(1, 4)
ROLES = ("subject", "praised", "criticised", "mentioned", "any")

few = st.lists(SMALL, max_size=2, unique=True).map(tuple)
text = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
documents = st.builds(
    Document,
    id=st.integers(1, 12),
    title=text,
    body=text,
    extra=text,
    kind=st.sampled_from(KINDS),
    origin=st.sampled_from(["written", "invited"]),
    language=st.sampled_from(LANGUAGES),
    subjects=few,
    praised=few,
    products=few,
    answered=st.booleans(),
    year=st.sampled_from([None, 2009, 2010]),
    issues=st.lists(st.sampled_from(["delay", "defect"]), unique=True).map(tuple),
    clocks=st.lists(st.sampled_from(["late", "waiting"]), max_size=1).map(tuple),
    minutes=st.sampled_from([0, 29, 30, 200, 480]),
    amounts=st.lists(
        st.tuples(st.sampled_from(["EUR", "JPY"]), st.integers(1, 4)), max_size=2
    ).map(tuple),
    published_at=st.integers(0, 5),
    last_activity_at=st.integers(0, 5),
)
deeds = st.lists(
    st.one_of(st.lists(documents, max_size=4), st.sets(st.integers(1, 12), max_size=3)),
    max_size=12,
)
atoms = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(["po*", "title:mule", '"pony mule"', '"mule pony mule"']),
)
parts = st.one_of(
    atoms, atoms.map("-{}".format), st.tuples(atoms, atoms).map(" OR ".join)
)
spans = st.one_of(
    st.just(Span()), st.builds(Span, st.none() | SMALL, st.none() | SMALL)
)
without = st.builds(
    Without,
    companies=few,
    products=few,
    kinds=st.lists(st.sampled_from(KINDS), max_size=1).map(tuple),
    language=st.lists(st.sampled_from(["it", "pt"]), max_size=1).map(tuple),
    years=st.lists(st.sampled_from([2009, 2011]), max_size=1).map(tuple),
    issues=st.lists(st.just("delay"), max_size=1).map(tuple),
    clocks=st.lists(st.just("late"), max_size=1).map(tuple),
    origins=st.lists(st.just("invited"), max_size=1).map(tuple),
)
questions = st.builds(
    Question,
    words=st.lists(parts, max_size=3).map(" ".join),
    languages=st.just(()),
    companies=few,
    role=st.sampled_from(ROLES),
    products=few,
    kinds=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
    language=st.lists(st.sampled_from(["it", "pt", "pt-BR"]), max_size=1).map(tuple),
    years=st.lists(st.sampled_from([2009, 2011]), max_size=2).map(tuple),
    answered=st.sampled_from([None, None, True, False]),
    issues=st.lists(st.sampled_from(["delay", "defect"]), max_size=1).map(tuple),
    clocks=st.lists(st.sampled_from(["late", "waiting"]), max_size=1).map(tuple),
    origins=st.sampled_from([(), (), ("written",), ("imported",)]),
    without=st.one_of(st.just(Without()), without),
    year_span=st.sampled_from([Span(), Span(2010), Span(None, 2009), Span(2009, 2009)]),
    minutes=st.sampled_from([Span(), Span(), Span(30), Span(None, 29), Span(31, 200)]),
    amount=spans,
    currency=st.sampled_from(["", "", "EUR", "USD"]),
    sort=st.sampled_from(["newest", "activity"]),
    limit=st.just(100),
)


def says(story: Document, atom: str) -> bool:
    if atom.endswith("*"):
        words = f"{story.title} {story.body} {story.extra}".split()
        return any(word.startswith(atom[:-1]) for word in words)
    if atom.startswith("title:"):
        return atom[6:] in story.title.split()
    wanted = f" {atom.strip(chr(34))} "
    return any(wanted in f" {t} " for t in (story.title, story.body, story.extra))


def fits(story: Document, words: str) -> bool:
    for part in _split(words):
        if part.startswith("-"):
            if says(story, part[1:]):
                return False
        elif not any(says(story, atom) for atom in part.split(" OR ")):
            return False
    return True


def _split(words: str) -> list[str]:
    protected = words.replace(" OR ", "\1")
    for phrase in ('"pony mule"', '"mule pony mule"'):
        protected = protected.replace(phrase, phrase.replace(" ", "\2"))
    return [part.replace("\1", " OR ").replace("\2", " ") for part in protected.split()]


def companies(story: Document, role: str) -> set[int]:
    held = {"subject": story.subjects, "praised": story.praised}
    if role == "any":
        return {company for ids in held.values() for company in ids}
    return set(held.get(role, ()))


def passes(story: Document, q: Question) -> dict[str, bool]:
    tags = {story.language, story.language.partition("-")[0]}
    about = companies(story, q.role)
    out = q.without
    years = not q.years and q.year_span == Span()
    sums = [v for currency, v in story.amounts if q.currency in ("", currency)]
    return {
        "words": fits(story, q.words),
        "company": chosen(about, q.companies, out.companies),
        "product": chosen(story.products, q.products, out.products),
        "kind": chosen([story.kind], q.kinds, out.kinds),
        "language": chosen(tags, q.language, out.language),
        "year": story.year not in out.years
        and (
            years
            or story.year in q.years
            or bool(
                q.year_span != Span() and story.year and lies(story.year, q.year_span)
            )
        ),
        "answered": q.answered is None or story.answered == q.answered,
        "issue": chosen(story.issues, q.issues, out.issues),
        "clock": chosen(story.clocks, q.clocks, out.clocks),
        "origin": chosen([story.origin], q.origins, out.origins),
        "effort": q.minutes == Span()
        or bool(story.minutes and lies(story.minutes, q.minutes)),
        "currency": (not q.currency and q.amount == Span())
        or any(lies(value, q.amount) for value in sums),
    }


def chosen(said: Iterable[Any], wanted: tuple[Any, ...], out: tuple[Any, ...]) -> bool:
    values = set(said)
    return (not wanted or bool(values & {*wanted})) and not values & {*out}


def lies(number: int, span: Span) -> bool:
    least, most = span
    return (least is None or number >= least) and (most is None or number <= most)


def values(story: Document, facet: str, role: str) -> list[str]:
    said: dict[str, list[Any]] = {
        "kind": [story.kind],
        "outcome": [],
        "language": [story.language],
        "year": [story.year] if story.year else [],
        "answered": ["yes" if story.answered else "no"],
        "company": list(companies(story, role)),
        "issue": list(story.issues),
        "clock": list(story.clocks),
        "origin": [story.origin],
        "effort": [least for least in EFFORTS if story.minutes >= least],
        "currency": list({currency for currency, _ in story.amounts}),
    }
    return [str(value) for value in said[facet]]


def truth(stories: list[Document], q: Question) -> Found:
    verdicts = {story.id: passes(story, q) for story in stories}
    fit = [story for story in stories if all(verdicts[story.id].values())]
    facets = {}
    for facet in set(FACETS) - {"role"}:
        counts: Counter[str] = Counter()
        for story in stories:
            rest = {k: v for k, v in verdicts[story.id].items() if k != facet}
            if all(rest.values()):
                counts.update(values(story, facet, q.role))
        facets[facet] = dict(counts)
    return Found(len(fit), (), facets)


@given(deeds, st.lists(questions, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_every_answer_is_what_a_plain_reading_gives(happened, asked):
    with TemporaryDirectory() as folder:
        index = open_index("whoosh:", Path(folder))
        there: dict[int, Document] = {}
        for deed in happened:
            if isinstance(deed, set):
                index.remove(deed)
                there = {k: v for k, v in there.items() if k not in deed}
            else:
                index.put(deed)
                there |= {story.id: story for story in deed}
        for question in asked:
            answer = index.search(question)
            expected = truth(list(there.values()), question)
            assert answer.total == expected.total
            found = [there[hit.id] for hit in answer.hits]
            assert sorted(found, key=_order(question), reverse=True) == found
            assert len(found) == expected.total
            assert all(all(passes(story, question).values()) for story in found)
            facets = {k: v for k, v in answer.facets.items() if k != "role"}
            assert facets == expected.facets
        assert index.count() == len(there)


def _order(question: Question) -> Any:
    if question.sort == "activity":
        return lambda s: (s.last_activity_at, s.published_at, s.id)
    return lambda s: (s.published_at, s.id)


class Herd:
    """Stories with a word for each of their versions, and who reads them meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.writing = open_index("whoosh:", folder)
        self.reading = open_index("whoosh:", folder)
        self.versions = dict.fromkeys(range(50), 0)
        self.wrong: list[object] = []
        self.searches = 0
        self.stop = threading.Event()
        self.writing.put(self.story(number) for number in self.versions)

    def story(self, number: int) -> Document:
        body = f"story{number} version{self.versions[number]} common"
        return Document(id=number, body=body)

    def write(self, number: int) -> None:
        self.versions[number] += 1
        self.writing.put([self.story(number)])

    def read(self, reader: int) -> None:
        index = self.reading if reader % 2 else self.writing
        number = reader
        while not self.stop.is_set():
            number = (number + 7) % 50
            gone = self.versions[number] - 2
            now = index.search(Question(words=f"story{number}", facets=False)).hits
            old = index.search(Question(words=f"story{number} version{gone}")).hits
            if [hit.id for hit in now] != [number] or old:
                self.wrong.append((number, gone, now, old))
            self.searches += 1


def test_eight_readers_and_a_writer_never_see_a_wrong_story(tmp_path):
    herd = Herd(tmp_path)
    readers = [threading.Thread(target=herd.read, args=(n,)) for n in range(8)]
    for reader in readers:
        reader.start()

    end = time.monotonic() + 4
    while time.monotonic() < end and not herd.wrong:
        for number in (1, 2, 3):
            herd.write(number)
    herd.stop.set()
    for reader in readers:
        reader.join()

    assert herd.wrong == []
    assert herd.searches > 50
    assert herd.versions[1] > 1


def files(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.glob(f"*/*.{kind}"))


@pytest.mark.parametrize("kind", ["seg", "toc"])
@pytest.mark.parametrize("where", [0.1, 0.5, 0.95])
def test_a_flipped_bit_is_noticed_and_a_rebuild_heals_it(tmp_path, kind, where):
    story = Document(id=1, body="a pony " * 50)
    index = open_index("whoosh:", tmp_path)
    rebuild = index.rebuild()
    rebuild.put([story])
    rebuild.swap()
    assert open_index("whoosh:", tmp_path).usable()
    (file,) = {path.resolve() for path in files(tmp_path, kind)}
    content = bytearray(file.read_bytes())
    content[int(len(content) * where)] ^= 1
    file.write_bytes(content)

    hurt = open_index("whoosh:", tmp_path)
    assert not hurt.usable()
    with pytest.raises(Damaged):
        hurt.search(Question(words="pony"))
    with pytest.raises(Damaged):
        hurt.put([Document(id=2)])

    rebuild = hurt.rebuild()
    rebuild.put([story])
    rebuild.swap()

    assert hurt.usable()
    assert hurt.search(Question(words="pony")).total == 1


def test_a_missing_segment_is_noticed(tmp_path):
    open_index("whoosh:", tmp_path).put([Document(id=1, body="a pony")])
    for file in files(tmp_path, "seg"):
        file.unlink(missing_ok=True)

    with pytest.raises(Damaged):
        open_index("whoosh:", tmp_path).search(Question(words="pony"))


def test_many_small_commits_leave_few_segments(tmp_path):
    index = open_index("whoosh:", tmp_path)

    for number in range(80):
        index.put([Document(id=number, body=f"pony number{number}")])
    index.remove(range(0, 80, 2))

    (folder,) = {path.resolve().parent for path in files(tmp_path, "seg")}
    assert len(list(folder.glob("*.seg"))) <= 16
    assert index.search(Question(words="pony")).total == 40
    assert index.search(Question(words="number41")).total == 1
    assert index.search(Question(words="number42")).total == 0


def test_a_rebuild_in_progress_survives_another_swap(tmp_path):
    index = open_index("whoosh:", tmp_path)
    slow = index.rebuild()
    slow.put([Document(id=1, body="a pony")])
    index.put([Document(id=2, body="a pony")])
    fast = index.rebuild()
    fast.put([Document(id=3, body="a pony")])
    fast.swap()
    assert [hit.id for hit in index.search(Question(words="pony")).hits] == [3]

    slow.put([Document(id=4, body="a pony")])
    slow.swap()

    assert [hit.id for hit in index.search(Question(words="pony")).hits] == [4, 1]
