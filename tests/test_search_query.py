import json
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stories.search import Document, Index, Question, highlight, open_index
from stories.search.analysis import RUN
from stories.search.questions import MOST_HITS, MOST_LETTERS

DATA = Path(os.environ.get("EARSHOT_TEST_DATA") or "../shared/data")

STORIES = [
    Document(
        id=1,
        title="The customer service oxymoron",
        body="A service that does not serve: an oxymoron. They sent a Vaio NW.",
        extra="Update: the missing kit came.",
        language="en",
        kind="complaint",
        outcome="partly_resolved",
        subjects=(1,),
        praised=(2,),
        products=(7,),
        company_names=("Sony",),
        product_names=("Vaio NW",),
        answered=True,
        year=2009,
        issues=("missing_item",),
        published_at=100,
        last_activity_at=900,
    ),
    Document(
        id=2,
        title="Un servizio da applausi",
        body="Il corriere ha consegnato in anticipo. Nessuna protesta da fare.",
        language="it",
        kind="praise",
        subjects=(2,),
        company_names=("Bartolini",),
        year=2010,
        published_at=200,
        last_activity_at=200,
    ),
    Document(
        id=3,
        title="Pacco perso",
        body="Le proteste non servono. L'assistenza risponde dopo un mese.",
        language="it",
        kind="complaint",
        outcome="open",
        subjects=(2, 3),
        criticised=(1,),
        company_names=("Bartolini", "Trenitalia"),
        answered=True,
        year=2010,
        issues=("long_wait",),
        published_at=300,
        last_activity_at=300,
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    index = open_index("whoosh:", tmp_path_factory.mktemp("search"))
    index.put(STORIES)
    yield index
    index.close()


def found(index: Index, words="", **filters) -> list[int]:
    return [hit.id for hit in index.search(Question(words=words, **filters)).hits]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("service oxymoron", [1]),
        ("service applausi", []),
        ("oxymoron OR applausi", [1, 2]),
        ("oxymoron | applausi", [1, 2]),
        ("oxymoron OR applausi OR perso", [1, 2, 3]),
        ("bartolini -protesta", []),
        ("bartolini -applausi", [3]),
        ("-bartolini", [1]),
        ('"customer service"', [1]),
        ('"service customer"', []),
        ('"missing kit', [1]),
        ("“missing kit”", [1]),
        ('-"missing kit" kit', []),
        ("appl*", [2]),
        ("oxym* serv*", [1]),
        ("title:service", [1]),
        ("title:servono", []),
        ("title:serv*", [1, 2]),
        ("company:bartolini", [2, 3]),
        ("company:vaio", []),
        ('product:"vaio nw"', [1]),
        ("body:vaio", []),
        ("vaio-nw", [1]),
        ("OR", []),
        ("OR oxymoron OR", [1]),
        ("ox-ymoron", []),
        ("!!! oxymoron ???", [1]),
        ("???", []),
        ("the oxymoron", [1]),
        ('"a service that does not serve"', [1]),
        ("trenitalia bartolini", [3]),
    ],
)
def test_what_a_query_finds(index, words, ids):
    assert sorted(found(index, words)) == ids


def test_words_in_the_title_count_more(index):
    index.put([Document(id=8, body="a pony"), Document(id=9, title="a pony")])

    assert found(index, "pony") == [9, 8]

    index.remove([8, 9])


def test_without_words_the_newest_come_first(index):
    assert found(index) == [3, 2, 1]


def test_order_by_last_activity(index):
    assert found(index, sort="activity") == [1, 3, 2]


def test_relevance_gives_way_to_the_newest_where_asked(index):
    assert found(index, "oxymoron OR perso OR applausi", sort="newest") == [3, 2, 1]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"companies": (2,)}, [2, 3]),
        ({"companies": (2,), "role": "praised"}, [1]),
        ({"companies": (2,), "role": "any"}, [1, 2, 3]),
        ({"companies": (1, 3)}, [1, 3]),
        ({"companies": (1,), "role": "criticised"}, [3]),
        ({"companies": (99,)}, []),
        ({"products": (7,)}, [1]),
        ({"kinds": ("praise", "mixed")}, [2]),
        ({"outcomes": ("open", "partly_resolved")}, [1, 3]),
        ({"language": ("it",)}, [2, 3]),
        ({"languages": ("it",)}, [1, 2, 3]),
        ({"languages": ("it",), "only_languages": True}, [2, 3]),
        ({"years": (2009,)}, [1]),
        ({"answered": True}, [1, 3]),
        ({"answered": False}, [2]),
        ({"issues": ("long_wait",)}, [3]),
        ({"kinds": ("complaint",), "years": (2010,)}, [3]),
    ],
)
def test_what_filters_leave(index, filters, ids):
    assert sorted(found(index, **filters)) == ids


def test_a_language_filter_takes_its_countries_in(index):
    index.put([Document(id=8, language="pt-BR"), Document(id=9, language="pt")])

    assert found(index, language=("pt",)) == [9, 8]
    assert found(index, language=("pt-BR",)) == [8]

    index.remove([8, 9])


def test_each_facet_leaves_its_own_filter_out(index):
    answer = index.search(Question(kinds=("praise",), language=("it",)))

    assert answer.total == 1
    assert answer.facets["kind"] == {"complaint": 1, "praise": 1}
    assert answer.facets["language"] == {"it": 1}
    assert answer.facets["year"] == {"2010": 1}
    assert answer.facets["answered"] == {"no": 1}
    assert answer.facets["company"] == {"2": 1}


def test_the_role_is_a_facet_where_a_company_is_asked_for(index):
    assert "role" not in index.search(Question()).facets

    answer = index.search(Question(companies=(2,)))

    assert answer.facets["role"] == {"subject": 2, "praised": 1}
    assert answer.facets["company"] == {"2": 2, "1": 1, "3": 1}


def test_a_page_is_a_part_of_all(index):
    whole = [hit.id for hit in index.search(Question()).hits]

    for offset in range(4):
        for limit in range(4):
            answer = index.search(Question(offset=offset, limit=limit))
            assert [hit.id for hit in answer.hits] == whole[offset : offset + limit]
            assert answer.total == 3


def test_unreasonable_pages_are_small_or_empty(index):
    assert len(found(index, limit=10**9)) <= MOST_HITS
    assert found(index, offset=-5, limit=-5) == []
    assert found(index, offset=10**9) == []


def test_a_query_that_is_too_long_is_cut(index):
    assert found(index, "oxymoron " + "x" * MOST_LETTERS) == []
    assert found(index, "oxymoron " * MOST_LETTERS) == [1]


@given(st.text())
@example('"')
@example("-")
@example("title:")
@example('title:"-*')
@example("a" * 10_000)
@example("\x00 \ud800 \U0010ffff")
@example("ก* 字 -字 title:字 가")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_query_ever_fails(index, words):
    index.search(Question(words=words))
    index.suggest(words)
    highlight(STORIES[0].body, words, "en")


@given(
    st.lists(st.sampled_from('a "-*|:OR title company oxymoron 字 การ ’ 가'.split(" ")))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_syntax_ever_fails(index, pieces):
    for words in ("".join(pieces), " ".join(pieces)):
        index.search(Question(words=words))
        index.suggest(words)


def naughty() -> Iterator[str]:
    for path in sorted((DATA / "naughty").glob("*")):
        for line in filter(None, path.read_bytes().decode().split("\n")):
            if path.suffix == ".jsonl":
                yield from (v for v in json.loads(line).values() if isinstance(v, str))
            else:
                yield line


def test_no_naughty_string_ever_fails(index, data):
    for words in set(naughty()):
        index.search(Question(words=words, facets=False))
        highlight(words, words)


def test_did_you_mean_a_word_that_is_there(index):
    assert index.suggest("oxymorron") == "oxymoron"
    assert index.suggest("custommer sevrice") == "customer service"
    assert index.suggest("asistenza -bartolni") == "assistenza -bartolni"


def test_a_slip_that_others_made_too_is_corrected_all_the_same(tmp_path):
    index = open_index("whoosh:", tmp_path)
    index.put(Document(id=n, body="we receive mail daily") for n in range(40))
    index.put([Document(id=99, body="they recieve no mails dairy")])

    assert index.suggest("recieve mail") == "receive mail"
    assert index.suggest("mails", ("en",)) is None
    assert index.suggest("receive mail") is None


def test_words_that_are_there_are_not_corrected(index):
    assert index.suggest("oxymoron service") is None
    assert index.suggest("oxymorons", ("en",)) is None
    assert index.suggest("servizi", ("it",)) is None
    assert index.suggest("proteste", ("it",)) is None
    assert index.suggest("zzzzzzzz") is None


OTHERS = {
    "ru": ("Чайник протекает второй раз", "протикает", "протекает"),
    "el": ("Ο βραστήρας χάλασε", "βραστήρς", "βραστηρασ"),
    "ar": ("الغلاية لا تعمل", "الخلاية", "الغلاية"),
    "he": ("הקומקום דולף", "הקומקים", "הקומקום"),
    "hi": ("केतली टपकती रहती है", "टपकथी", "टपकती"),
    "ka": ("ჩაიდანი ჟონავს", "ჩაიდანჯი", "ჩაიდანი"),
    "hy": ("Թեյնիկը կաթում է", "թեյնկիը", "թեյնիկը"),
    "pl": ("Czajnik przecieka wszędzie", "przceieka", "przecieka"),
    "ko": ("삼성전자 서비스센터 답변이 없습니다", "서비즈센터", "서비스센터"),
    "ja": ("電気ケトルが水漏れしました", "電気ケタル", "電気ケトル"),
    "zh": ("客服中心一直没有回复我的电话", "客服种心", "客服中心"),
    "th": ("กาต้มน้ำรั่วมาสองเดือนแล้ว", "กาต้มน้ำรั่งมา", "กาต้มน้ำรั่วมา"),
}


@pytest.mark.parametrize("language", OTHERS)
def test_did_you_mean_in_every_script(tmp_path, language):
    index = open_index("whoosh:", tmp_path)
    index.put(
        Document(id=number, body=text, language=tag)
        for number, (tag, (text, _, _)) in enumerate(OTHERS.items())
    )
    _, slip, meant = OTHERS[language]

    assert index.suggest(slip) == meant
    assert index.suggest(meant) is None
    index.close()


def test_what_is_suggested_is_found(tmp_path, data):
    """Runs of letters from real texts, each with one letter of another run."""
    index = open_index("whoosh:", tmp_path)
    for language in ("ko", "th"):
        lines = (data / f"stories.{language}.jsonl").read_text().splitlines()[:400]
        bodies = [json.loads(line)["body"] for line in lines]
        index.put(
            Document(id=number, body=body, language=language)
            for number, body in enumerate(bodies)
        )
        runs = [max(RUN.findall(body), key=len)[:8] for body in bodies[:60]]
        slips = [run[:2] + other[0] + run[3:] for run, other in pairwise(runs)]
        found = [each for each in map(index.suggest, slips) if each]
        assert len(found) > 20
        assert all(index.search(Question(words=each)).total for each in found)
    index.close()


def test_a_passage_begins_and_ends_without_marks_of_its_neighbours():
    text = "All of it went on. The kettle sang, " + "and on and on, " * 40

    begun = "".join(piece for piece, _ in highlight(text, "kettle"))
    within = "".join(piece for piece, _ in highlight("x " * 200 + ". " + text, "sang"))

    assert begun.endswith(("on…", "and…"))
    assert within[0] == "…"
    assert within[1] not in " .,"
